// Part of an imitation of the provider, for tests. Shares no code with the application.
import type { ServerResponse } from 'node:http'
import { answerOf, completionOf, metaOf, type Answer } from './answer.ts'
import type { Behaviour, HttpFailure } from './behaviour.ts'
import type { BookRow, Outcome } from './books.ts'
import { isAccepted, keyOf, type House, type Ids, type SeenChat, type SeenRequest } from './house.ts'
import { answerInstead, baseHeaders, breakOff, refuse } from './instead.ts'
import { chargeCredits, usdText } from './money.ts'
import { metaRawOf, streamSteps } from './plan.ts'
import { outOfCredit } from './presets.ts'
import { recordedBytes } from './recorded.ts'
import { completionFault, demandSound } from './schemas.ts'
import { playStream } from './stream.ts'
import { countPrompt } from './tokens.ts'
import { judge, type Ask } from './validate.ts'
import { openWire, type Wire } from './wire.ts'

/** One chat request on its way: where it came from and where the answer goes. */
export interface Arrival {
  house: House
  seen: SeenRequest
  chat: SeenChat
  ids: Ids
  res: ServerResponse
  /** The body was longer than is taken, and is not there. */
  isTooLong: boolean
}

interface Turn extends Arrival {
  row: BookRow
  ask: Ask
  answer: Answer
  behaviour: Behaviour
  wire: Wire
}

/** Answers one chat request: lets it in, judges it, and plays the next scripted behaviour. Writes one row. */
export async function answerChat(arrival: Arrival): Promise<void> {
  const { house, seen, chat, ids } = arrival
  const row = house.books.open({ key: keyOf(seen.headers) ?? '', price: { ...house.settings.price }, ...ids })
  try {
    await admit(arrival, row)
  } finally {
    chat.state = 'ended'
    house.books.settle(row, { ended: 'failure' })
  }
}

async function admit(arrival: Arrival, row: BookRow): Promise<void> {
  const { house, seen, chat, ids, res } = arrival
  const { settings, books } = house
  const key = keyOf(seen.headers)
  const deny = (failure: HttpFailure | undefined): void => {
    const told = failure ?? { status: 500 }
    row.httpStatus = told.status
    books.settle(row, { ended: 'failure' })
    refuse(res, seen, ids, told)
  }
  if (!isAccepted(settings, key)) return deny({ status: 401, message: 'The key is missing or wrong.' })
  if (arrival.isTooLong) return deny({ status: 413 })
  const verdict = judge(seen.body.toString('utf8'), settings.isStrict)
  if ('fault' in verdict) return deny({ status: 400, message: `The imitation refuses this request: ${verdict.fault}` })
  const inputTokens = countPrompt(verdict.ask.messages)
  if (inputTokens > settings.contextLength) {
    return deny({ status: 400, message: `The prompt is longer than the context of ${settings.contextLength} tokens.` })
  }
  const hold = chargeCredits(row.price, inputTokens, verdict.ask.maxTokens ?? 1)
  if (books.balance < hold) return deny(outOfCredit().failure)

  const behaviour = house.script.shift() ?? house.fallback
  const maxTokens = Math.min(verdict.ask.maxTokens ?? settings.outputMax, settings.outputMax)
  const ask = { ...verdict.ask, maxTokens }
  const answer = answerOf(ask, behaviour, inputTokens, row.price, `gen-${ids.inferenceId}`)
  chat.isStream = ask.isStream
  const outcome = await play({ ...arrival, row, ask, answer, behaviour, wire: openWire(res, behaviour) })
  books.settle(row, outcome)
  if (isResetOwed(behaviour, res)) breakOff(res, behaviour.resetBy)
}

async function play(turn: Turn): Promise<Outcome> {
  const { house, seen, ids, res, wire, row, behaviour } = turn
  const instead = await answerInstead(house, seen, ids, res, wire, behaviour)
  row.httpStatus = res.headersSent ? res.statusCode : null
  if (instead === 'client-left') return interrupted(turn, 'client', 0)
  if (instead === 'reset') return interrupted(turn, 'provider', 0)
  if (instead === 'answered') return { ended: 'failure' }

  row.httpStatus = 200
  if (turn.ask.isStream && behaviour.jsonCompletion !== true) return stream(turn)
  const isSent = await complete(turn)
  row.clientSawMeta = isSent && behaviour.meta !== 'absent'
  return isSent ? finished(turn) : interrupted(turn, 'client', turn.answer.outputTokens)
}

async function stream(turn: Turn): Promise<Outcome> {
  const { res, wire, row, answer, behaviour } = turn
  res.writeHead(200, {
    ...baseHeaders(behaviour.omitIds === true ? null : turn.ids),
    'content-type': behaviour.contentType ?? 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
  })
  res.flushHeaders()
  if (behaviour.recorded !== undefined) {
    if (await wire.write(recordedBytes(behaviour.recorded))) res.end()
    return { ended: 'failure' }
  }
  const steps = streamSteps(answer, behaviour, turn.ask.includeUsage)
  const progress = await playStream(turn.house, turn.chat, res, wire, steps, behaviour)
  row.clientSawMeta = progress.metaSent
  if (progress.hasFailed) return { ended: 'failure' }
  if (progress.isFinished) return finished(turn)
  return interrupted(turn, wire.isOpen || res.writableEnded ? 'provider' : 'client', progress.generated)
}

function finished({ answer }: Turn): Outcome {
  return { ended: 'finish', inputTokens: answer.inputTokens, planned: answer.outputTokens }
}

function interrupted({ house, answer, behaviour }: Turn, ended: 'client' | 'provider', generated: number): Outcome {
  const policy = behaviour.billing ?? house.settings.billing
  return { ended, inputTokens: answer.inputTokens, generated, planned: answer.outputTokens, policy }
}

function isResetOwed(behaviour: Behaviour, res: ServerResponse): boolean {
  return behaviour.resetAfter !== undefined && res.headersSent && !res.writableEnded && !res.destroyed
}

/** Sends a completion that is not streamed; resolves to whether all of it went out. */
async function complete({ res, wire, ids, answer, behaviour }: Turn): Promise<boolean> {
  const isPaid = behaviour.meta !== 'absent'
  const raw = isPaid ? metaRawOf(behaviour) : null
  const body = completionOf(answer)
  const whole = isPaid && raw === null ? { ...body, meta: metaOf(answer, behaviour) } : body
  if (isPaid && raw === null && behaviour.finishReason === undefined) demandSound(completionFault(whole))
  const text = JSON.stringify(whole)
  const cost = { 'x-aimlapi-credits-used': `${answer.credits}`, 'x-aimlapi-usd-spent': usdText(answer.credits) }
  res.writeHead(200, {
    ...baseHeaders(behaviour.omitIds === true ? null : ids),
    'content-type': behaviour.contentType ?? 'application/json; charset=utf-8',
    ...(isPaid ? cost : {}),
  })
  const isSent = await wire.write(raw === null ? text : `${text.slice(0, -1)},"meta":{"usage":${raw}}}`)
  if (isSent) res.end()
  return isSent
}
