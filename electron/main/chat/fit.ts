import { fail, type ContextOverflow } from '../../contract/errors.ts'
import type { ConversationId, MessageId, TurnId } from '../../contract/ids.ts'
import { requestBytes } from '../api/request.ts'
import { decideFit, fittingMaxTokens, type BudgetUse } from '../core/budget.ts'
import { outputBound, upperBound } from '../core/upper-bound.ts'
import type { TurnGround } from '../store/conversations.ts'
import type { Store } from '../store/host.ts'
import type { SentMessage } from '../store/messages.ts'
import type { KeptPrice } from '../store/prices.ts'
import type { SentAttachment, ToBeSent } from '../store/sent-attachments.ts'
import { buildPrompt, type Prompt, type StreamBytes } from './prompt.ts'

/** What a turn needs of the files that are sent with it. */
export interface SentBytes {
  stream: StreamBytes
  /** Fails with `document.refused` for bytes that are not what was taken in. */
  verify(input: { hash: string; name: string }): Promise<void>
  /** Of one request as it is sent. */
  limitBytes(): number
}

export interface FitDeps {
  read: Store['read']
  bytes: SentBytes
  /** How a prompt is certainly too long for the model; `null`: it may fit. */
  overflow: (branch: SentMessage[], wanted: Wanted) => Promise<ContextOverflow | null>
}

interface Wanted {
  turnId: TurnId
  conversationId: ConversationId
  parentId: MessageId | null
  /** The person's new message; `null` for another reply to one that is stored. */
  text: string | null
  /** The attachments of the new message. */
  attachments: ToBeSent | null
  ground: TurnGround
  price: KeptPrice | null
  mayExceedBudget: boolean
  at: number
}

/** A turn that may begin. */
export interface Fitting {
  /** What the request must say while a budget applies: a limit of the reply, always. */
  defaults: { max_tokens?: number }
  /** What is sent with the new message, each in the mode it is sent in. */
  attachments: SentAttachment[]
}

const kept = { text: 'kept', money: 'not-charged' } as const

/**
 * Refuses a turn that cannot be sent or does not fit before anything of it is stored, so that its text and its files stay
 * where they are; the reservation decides again in its own transaction. Fails with `document.refused`, `request.too-large`,
 * `context.exceeded`, and `budget.exceeded`, `budget.unpriced` or `budget.unmeasured`.
 */
export async function demandFit(deps: FitDeps, wanted: Wanted): Promise<Fitting> {
  const { read, bytes } = deps
  const { turnId, conversationId, parentId, text, ground, price, at } = wanted
  const { isKnownTurn, uses } = await read.budgetsBefore({ turnId, conversationId, at })
  if (isKnownTurn) return { defaults: {}, attachments: [] }
  const attachments = wanted.attachments && (await read.sendable({ from: wanted.attachments, question: text ?? '' }))
  if (text === '' && !attachments?.some(({ mode }) => mode.kind !== 'off'))
    throw fail('input.invalid', { ...kept, field: 'text' })
  const history = parentId === null ? [] : await read.readPrompt({ leafId: parentId })
  const own: SentMessage = {
    messageId: '' as MessageId,
    revisionId: '',
    role: 'user',
    text: text ?? '',
    isOff: false,
    attachments: attachments ?? [],
  }
  const branch = text === null ? history : [...history, own]
  const defaults = uses.length === 0 || ground.isDemo || !price ? {} : { max_tokens: outputBound(null, price) }
  const prompt = buildPrompt(branch, ground.parameters, defaults, bytes.stream)
  const sent = branch.filter(({ isOff }, place) => !isOff || place === branch.length - 1)
  await demandWhole(bytes, prompt, sent)
  if (ground.isDemo) return { defaults, attachments: attachments ?? [] }
  const overflow = await deps.overflow(sent, wanted)
  if (overflow) throw fail('context.exceeded', { ...kept, overflow })
  if (!wanted.mayExceedBudget) demandBudget(uses, prompt, price)
  return { defaults, attachments: attachments ?? [] }
}

/** Everything that is to be sent is stored, is what was taken in, and is not too much for one request. */
async function demandWhole(bytes: SentBytes, { request }: Prompt, sent: readonly SentMessage[]): Promise<void> {
  const attachments = sent.flatMap((message) => message.attachments).filter(({ mode }) => mode.kind !== 'off')
  for (const { name, isMissing, isUnreadable } of attachments)
    if (isMissing) throw fail('document.refused', { ...kept, refusal: { reason: 'not-ready', name, isUnreadable } })
  const [givenBytes, limitBytes] = [requestBytes(request), bytes.limitBytes()]
  if (givenBytes > limitBytes) throw fail('request.too-large', { ...kept, size: { givenBytes, limitBytes } })
  for (const { name, images, file } of attachments) {
    for (const each of file ? [...images, file] : images)
      if ('hash' in each) await bytes.verify({ hash: each.hash, name })
  }
}

function demandBudget(uses: BudgetUse[], { size }: Prompt, price: KeptPrice | null): void {
  if (uses.length === 0) return
  if (price === null) throw fail('budget.unpriced', kept)
  if (size.fileTokens === null) throw fail('budget.unmeasured', kept)
  const fit = decideFit(uses, upperBound(size, price))
  if (fit.kind !== 'exceeded') return
  const left = Math.min(...fit.refusals.map(({ limitNanoUsd, usedNanoUsd }) => limitNanoUsd - usedNanoUsd))
  const fitting = fittingMaxTokens(size, price, left)
  const budgets = fit.refusals.map((refusal) => ({ ...refusal, fittingMaxTokens: fitting }))
  throw fail('budget.exceeded', { ...kept, budgets })
}
