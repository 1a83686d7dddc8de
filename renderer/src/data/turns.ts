import type { Failure } from '../../../electron/contract/errors.ts'
import type { ConversationId, MessageId, TurnId } from '../../../electron/contract/ids.ts'
import { call, isUnreachable } from '../ipc/call.ts'
import { keys } from './keys.ts'
import { queryClient } from './query-client.ts'

/** A request of the person: the same again is the same turn, so that nothing is bought twice. */
interface Intent {
  turnId: TurnId
  of: string
}

/** The request that main may or may not have heard, per conversation or message. */
const unheard = new Map<string, Intent>()

function turnFor(place: string, of: string): TurnId {
  const before = unheard.get(place)
  const turnId = before?.of === of ? before.turnId : (crypto.randomUUID() as TurnId)
  unheard.set(place, { turnId, of })
  return turnId
}

function settleIntent(place: string, failure: Failure | null) {
  // Only a request that nobody answered keeps its id: main may have taken it.
  if (!failure || !isUnreachable(failure)) unheard.delete(place)
}

/** Lets one turn, and only this one, go beyond its budgets. */
const passing = (isOverBudget: boolean) => (isOverBudget ? ({ overBudget: true } as const) : {})

/** Sends a message. Gives the failure, or `null` once main has stored it. */
export async function sendMessage(
  conversationId: ConversationId,
  text: string,
  isOverBudget = false,
): Promise<Failure | null> {
  const turnId = turnFor(conversationId, text)
  const result = await call('turns.send', { turnId, conversationId, text, ...passing(isOverBudget) })
  const failure = result.ok ? null : result.failure
  settleIntent(conversationId, failure)
  if (!failure) void queryClient.invalidateQueries({ queryKey: keys.thread(conversationId) })
  return failure
}

/** Asks again, or asks to go on: a new purchase. Gives the failure, or `null` once it has begun. */
export async function repeatTurn(
  route: 'turns.retry' | 'turns.continue',
  conversationId: ConversationId,
  messageId: MessageId,
  isOverBudget = false,
): Promise<Failure | null> {
  const place = `${route}/${messageId}`
  const result = await call(route, { turnId: turnFor(place, route), messageId, ...passing(isOverBudget) })
  const failure = result.ok ? null : result.failure
  settleIntent(place, failure)
  if (!failure) void queryClient.invalidateQueries({ queryKey: keys.thread(conversationId) })
  return failure
}

/** Ends a running reply: at once, or with its price. Gives the failure; one that has ended already is none. */
export async function endReply(route: 'turns.stop' | 'turns.settle', messageId: MessageId): Promise<Failure | null> {
  const result = await call(route, { messageId })
  return result.ok || result.failure.code === 'turn.not-running' ? null : result.failure
}

/** Saves another version of a message of the person and asks for a reply to it: a new purchase. Gives the failure. */
export async function resendMessage(
  conversationId: ConversationId,
  messageId: MessageId,
  text: string,
  isOverBudget = false,
): Promise<Failure | null> {
  const place = `turns.resend/${messageId}`
  const result = await call('turns.resend', { turnId: turnFor(place, text), messageId, text, ...passing(isOverBudget) })
  const failure = result.ok ? null : result.failure
  settleIntent(place, failure)
  if (!failure) void queryClient.invalidateQueries({ queryKey: keys.thread(conversationId) })
  return failure
}
