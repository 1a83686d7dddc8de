// Part of an imitation of the provider, for tests. Shares no code with the application.
import type { ServerResponse } from 'node:http'
import type { Behaviour } from './behaviour.ts'
import type { House, SeenChat } from './house.ts'
import type { Step } from './plan.ts'
import { chunkFault, demandSound } from './schemas.ts'
import type { Wire } from './wire.ts'

/** How far an answer got. */
export interface Progress {
  generated: number
  isFinished: boolean
  hasFailed: boolean
  metaSent: boolean
}

const resetPauseMs = 20
const hugeBlock = Buffer.alloc(64 * 1024, 'x')

/** Plays the steps of a stream until they end or the client is gone; ends or resets the connection itself. */
export async function playStream(
  house: House,
  chat: SeenChat,
  res: ServerResponse,
  wire: Wire,
  steps: Iterable<Step>,
  behaviour: Behaviour,
): Promise<Progress> {
  const progress: Progress = { generated: 0, isFinished: false, hasFailed: false, metaSent: false }
  const frame = framer(behaviour)
  chat.state = 'streaming'
  if (behaviour.bom === true) await wire.write('\uFEFF')
  for (const step of steps) {
    if (!wire.isOpen) break
    if (step.do === 'json' || step.do === 'raw') {
      if (step.do === 'json') demandSound(chunkFault(step.value))
      const isSent = await wire.write(frame.data(step.do === 'json' ? JSON.stringify(step.value) : step.text))
      if (!isSent) break
      note(progress, chat, step)
    } else if (!(await other(house, chat, res, wire, frame, step))) {
      return progress
    }
  }
  if (wire.isOpen) res.end()
  return progress
}

function note(progress: Progress, chat: SeenChat, step: Step & { do: 'json' | 'raw' }): void {
  progress.generated += step.tokens
  if (step.isText) chat.chunksSent += 1
  if (step.marks === 'finish') progress.isFinished = true
  if (step.marks === 'failure') progress.hasFailed = true
  if (step.marks === 'meta') progress.metaSent = true
}

async function other(
  house: House,
  chat: SeenChat,
  res: ServerResponse,
  wire: Wire,
  frame: Framer,
  step: Exclude<Step, { do: 'json' | 'raw' }>,
): Promise<boolean> {
  switch (step.do) {
    case 'comment':
      return wire.write(frame.comment(step.text))
    case 'wait':
      return wire.wait(step.ms)
    case 'huge':
      return hugeLine(wire, frame, step.bytes)
    case 'hold': {
      chat.state = 'held'
      const { promise, resolve } = Promise.withResolvers<void>()
      house.held.add(resolve)
      await wire.until(promise)
      house.held.delete(resolve)
      chat.state = 'streaming'
      return wire.isOpen
    }
    case 'stall':
      chat.state = 'stalled'
      await silence(wire, frame, step.ms, step.keepAliveMs)
      chat.state = 'streaming'
      return wire.isOpen
    case 'cut':
      res.end()
      return false
    case 'reset':
      await wire.wait(resetPauseMs)
      return false
  }
}

async function silence(wire: Wire, frame: Framer, ms: number | null, keepAliveMs: number | null): Promise<void> {
  const end = ms === null ? Number.POSITIVE_INFINITY : Date.now() + ms
  while (wire.isOpen && Date.now() < end) {
    const left = end - Date.now()
    if (keepAliveMs === null && ms === null) return wire.gone
    await wire.wait(Math.max(0, Math.min(left, keepAliveMs ?? left)))
    if (keepAliveMs !== null && Date.now() < end) await wire.write(frame.comment('OPENROUTER PROCESSING'))
  }
}

/** One data line of `bytes` bytes, made as it is sent: a chunk whose only text is x. */
async function hugeLine(wire: Wire, frame: Framer, bytes: number): Promise<boolean> {
  const head = frame.head() + 'data: {"id":"gen-imitation-huge","choices":[{"index":0,"delta":{"content":"'
  const tail = '"},"finish_reason":null}]}'
  if (!(await wire.write(head))) return false
  for (let left = bytes; left > 0; left -= hugeBlock.length) {
    if (!(await wire.write(hugeBlock.subarray(0, Math.min(left, hugeBlock.length))))) return false
  }
  return wire.write(tail + frame.tail())
}

interface Framer {
  head(): string
  tail(): string
  data(text: string): string
  comment(text: string): string
}

/**
 * Puts chunks into event-stream form. Where the last blank line is to be missing, every line end that might be the last
 * is held back until there is more to say, so with delays an event is dispatched one chunk late.
 */
function framer(behaviour: Behaviour): Framer {
  const end = behaviour.lineEnd ?? '\n'
  const name = behaviour.eventName === undefined ? '' : `event: ${behaviour.eventName}${end}`
  const shown = { 'blank-line': end + end, newline: end, nothing: '' }[behaviour.ending ?? 'blank-line']
  const owed = (end + end).slice(shown.length)
  let debt = ''
  const take = (): string => {
    const paid = debt
    debt = ''
    return paid
  }
  const close = (): string => {
    debt = owed
    return shown
  }
  return {
    head: () => take() + name,
    tail: close,
    data: (text) => `${take()}${name}data: ${text}${close()}`,
    comment: (text) => `${take()}: ${text}${end}${end}`,
  }
}
