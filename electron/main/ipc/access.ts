import { limits } from '../../contract/limits.ts'
import type { ParleyEvent } from '../../contract/events.ts'
import type { ConversationId, MessageId } from '../../contract/ids.ts'
import type { ConversationSummary, Message, MessagePage } from '../../contract/routes/conversations.ts'
import type { BranchPlace } from '../store/branches.ts'
import type { StoredConversation } from '../store/conversations.ts'
import type { Store } from '../store/host.ts'
import type { HandlerDeps, Workspace } from './handlers.ts'

/** How handlers reach what is open: for reading always, for writing only where writing is possible. */
export interface Access {
  read(): Store['read']
  /** Fails with `store.read-only`. */
  write(): Store['write']
  /** Fails with `store.read-only`. */
  writable(): Workspace
  /** Publishes, then answers. */
  saying<Value>(event: ParleyEvent, value: Value): Value
  /** A stored conversation with what only main knows. */
  summary<Stored extends StoredConversation>(stored: Stored): Stored & ConversationSummary
  /** A stored message as it truly stands. */
  truth(message: Message): Message
  branch(conversationId: ConversationId, place: BranchPlace): Promise<MessagePage>
  /** Shows the branch through a message from now on; of a store that is only read, until it is closed. */
  show(messageId: MessageId): Promise<ConversationId>
}

/** The ways to the open workspace that all handlers share. */
export function createAccess(deps: Pick<HandlerDeps, 'workspace' | 'publish'>): Access {
  const read = () => deps.workspace().store.read
  const writable = () => {
    const workspace = deps.workspace()
    workspace.demandWritable()
    return workspace
  }
  /** A reply that is unfinished in the store while nothing runs: its end could not be written yet. */
  const truth = (message: Message): Message => {
    const isUnfinished = message.status === 'queued' || message.status === 'sending' || message.status === 'streaming'
    if (!isUnfinished || deps.workspace().turns.isRunning(message.conversationId)) return message
    return { ...message, status: 'interrupted', failure: { code: 'store.full', text: 'partly-kept', money: 'unknown' } }
  }
  /** The branches shown of a store that is only read, where another one is stored. */
  const leaves = new WeakMap<Workspace, Map<ConversationId, MessageId>>()
  const leavesOf = (workspace: Workspace) => {
    const known = leaves.get(workspace) ?? new Map<ConversationId, MessageId>()
    leaves.set(workspace, known)
    return known
  }
  return {
    read,
    writable,
    write: () => writable().store.write,
    saying(event, value) {
      deps.publish(event)
      return value
    },
    summary: (stored) => ({ ...stored, isRunning: deps.workspace().turns.isRunning(stored.id) }),
    truth,
    async branch(conversationId, place) {
      const leafId = leavesOf(deps.workspace()).get(conversationId)
      const input = { conversationId, place, limit: limits.pageMessages, leafId }
      const { messages, ...rest } = await read().readBranch(input)
      return { messages: messages.map(truth), ...rest }
    },
    async show(messageId) {
      const workspace = deps.workspace()
      if (!workspace.isReadOnly) return workspace.store.write.showBranch({ messageId })
      const { conversationId, isShown } = await read().placeOf({ messageId })
      if (isShown) leavesOf(workspace).delete(conversationId)
      else leavesOf(workspace).set(conversationId, await read().newestBelow({ messageId }))
      return conversationId
    },
  }
}
