import { fail } from '../../contract/errors.ts'
import type { AttemptId, ConversationId, MessageId, TurnId } from '../../contract/ids.ts'
import type { DiagnosePlan, DiagnoseReport } from '../../contract/routes/diagnose.ts'
import type { DiagnoseWords } from '../../contract/strings/en-diagnose.ts'
import type { ChatOutcome } from '../api/events.ts'
import type { ApiClient } from '../api/client.ts'
import type { ChatRequest } from '../api/request.ts'
import { computeCost } from '../core/money.ts'
import { upperBound } from '../core/upper-bound.ts'
import { exactUsd } from '../core/statement.ts'
import type { Store } from '../store/host.ts'
import type { NewEntry } from '../store/ledger.ts'
import type { KeptPrice } from '../store/prices.ts'
import { diagnoseSteps, type Step } from './diagnose-steps.ts'

export interface DiagnoseDeps {
  store: Pick<Store, 'read' | 'write'>
  words: () => DiagnoseWords
  /** `null` while there is no key. */
  client: () => Pick<ApiClient, 'chat'> | null
  /** Asks the catalogue now; the price known before where it does not answer. */
  price: () => Promise<KeptPrice | null>
  connectionId: () => Promise<string>
  /** How an attempt is settled from its outcome. */
  settle: (input: { attemptId: AttemptId; outcome: ChatOutcome; price: KeptPrice | null; at: number }) => NewEntry
  reconcile: () => Promise<unknown>
  now: () => number
  newId: <Id extends string>() => Id
  /** How long the log is waited for after a cut. Milliseconds. */
  logWaitMs: number
}

/** What a request of a step came to. */
interface Answer {
  outcome: ChatOutcome
  raws: string[]
  text: string
  attemptId: AttemptId
}

const boundOf = ({ size }: Step, price: KeptPrice | null) => upperBound(size, price)

const planWith = (price: KeptPrice | null, words: DiagnoseWords): DiagnosePlan => {
  const steps = diagnoseSteps.map((step) => ({
    id: step.id,
    question: words.questions[step.id],
    upToNanoUsd: boundOf(step, price),
  }))
  const upToNanoUsd = price === null ? null : steps.reduce((sum, each) => sum + (each.upToNanoUsd ?? 0), 0)
  return { steps, upToNanoUsd }
}

const count = (tokens: number | null, words: DiagnoseWords) =>
  tokens === null ? '?' : tokens.toLocaleString(words.locale)

/** Settles what only a call with a key can settle. Each request is an attempt in the books, with purpose `diagnose`. */
export interface Diagnose {
  plan(): Promise<DiagnosePlan>
  run(agreedNanoUsd: number): Promise<DiagnoseReport>
}

/** Nothing is sent before `run`. Budgets hold here as for any request. */
export function createDiagnose(deps: DiagnoseDeps): Diagnose {
  const { store, now, newId } = deps
  const ask = async (step: Step, price: KeptPrice | null, client: Pick<ApiClient, 'chat'>): Promise<Answer> => {
    const attemptId = newId<AttemptId>()
    await store.write.reserveAttempt({
      attempt: {
        id: attemptId,
        connectionId: await deps.connectionId(),
        purpose: 'diagnose',
        turnId: newId<TurnId>(),
        number: 1,
        conversationId: 'diagnose' as ConversationId,
        messageId: attemptId as string as MessageId,
        priceId: price?.id ?? null,
        manifest: { diagnose: step.id },
        startedAt: now(),
      },
      isDemo: false,
      reservedNanoUsd: boundOf(step, price),
    })
    const answer = await follow(client, step.request, step.isCut, attemptId)
    const entry = deps.settle({ attemptId, outcome: answer.outcome, price, at: now() })
    await store.write.endTurn({ reply: null, attemptId, entry, at: now() })
    return answer
  }

  return {
    plan: async () => planWith(await deps.price(), deps.words()),
    async run(agreedNanoUsd) {
      const client = deps.client()
      if (!client) throw fail('key.missing')
      const price = await deps.price()
      const words = deps.words()
      const { upToNanoUsd } = planWith(price, words)
      if (upToNanoUsd === null) throw fail('budget.unpriced', { money: 'not-charged' })
      if (upToNanoUsd > agreedNanoUsd) throw fail('confirm.declined', { money: 'not-charged' })
      const lines = [words.title, '', priceLine(price, words), '']
      const ids: AttemptId[] = []
      for (const step of diagnoseSteps) {
        const answer = await ask(step, price, client)
        ids.push(answer.attemptId)
        lines.push(
          words.questions[step.id],
          ...describe(answer, words),
          ...(step.isCut ? await lookUp(answer, words) : []),
          '',
        )
      }
      lines.push(words.notAsked)
      const { spentNanoUsd, unknownCount } = await spent(ids)
      return { text: `${lines.join('\n')}\n`, spentNanoUsd, unknownCount }
    },
  }

  async function lookUp({ attemptId }: Answer, words: DiagnoseWords): Promise<string[]> {
    const until = now() + deps.logWaitMs
    for (;;) {
      await deps.reconcile().catch(() => undefined)
      const { row } = await store.read.attemptAccount({ attemptId })
      if (row.state !== 'unknown') return [words.inLog(row.credits ?? 0)]
      if (now() >= until) return [words.notInLog]
      await new Promise((resolve) => setTimeout(resolve, Math.min(1_000, deps.logWaitMs)))
    }
  }

  async function spent(ids: AttemptId[]) {
    const rows = await Promise.all(ids.map((attemptId) => store.read.attemptAccount({ attemptId })))
    return {
      spentNanoUsd: rows.reduce((sum, { row }) => sum + (row.nanoUsd ?? 0), 0),
      unknownCount: rows.filter(({ row }) => row.state === 'unknown').length,
    }
  }
}

async function follow(
  client: Pick<ApiClient, 'chat'>,
  request: ChatRequest,
  isCut: boolean,
  attemptId: AttemptId,
): Promise<Answer> {
  const controller = new AbortController()
  const raws: string[] = []
  let text = ''
  for await (const event of client.chat(request, { attemptId, signal: controller.signal })) {
    if (event.type === 'ended') return { outcome: event.outcome, raws, text, attemptId }
    if (event.type !== 'chunk') continue
    raws.push(event.raw)
    text += event.content
    if (isCut && text !== '') controller.abort()
  }
  throw new Error('a request ended without an outcome')
}

/** What an answer shows, without ids: nothing of a reply but its length in words and the names of its fields. */
function describe({ outcome, raws, text }: Answer, words: DiagnoseWords): string[] {
  const billAt = raws.findIndex((raw) => raw.includes('"meta"'))
  const doneAt = raws.findIndex((raw) => raw.trim() === '[DONE]')
  const order = words.order[doneAt < 0 ? 'none' : billAt < doneAt ? 'before' : 'after']
  const place = billAt < 0 ? words.none : words.place(billAt + 1, raws.length)
  const named = ['reasoning', 'reasoning_content', 'reasoning_details'].filter((name) =>
    raws.some((raw) => raw.includes(`"${name}":"`) || raw.includes(`"${name}":[{`)),
  )
  const { usage, failure } = outcome
  return [
    ...(failure ? [words.failed(failure.code, outcome.status === null ? '' : ` (HTTP ${outcome.status})`)] : []),
    outcome.credits === null ? words.billMissing : words.bill(outcome.creditsSource ?? '', place, order),
    words.tokens(String(usage?.promptTokens ?? '?'), String(usage?.completionTokens ?? '?')),
    words.reasoning(named.join(', ') || words.none),
    words.text(text.replaceAll(/\s+/g, ' ').slice(0, 60)),
  ]
}

function priceLine(price: KeptPrice | null, words: DiagnoseWords): string {
  if (!price) return words.unpriced
  const perMillion = (promptTokens: number, completionTokens: number) =>
    exactUsd(computeCost({ promptTokens, completionTokens, reasoningTokens: null, cachedTokens: null }, price) ?? 0)
  return words.price(
    perMillion(1_000_000, 0),
    perMillion(0, 1_000_000),
    count(price.contextTokens, words),
    count(price.maxOutputTokens, words),
  )
}
