import { fail } from '../../contract/errors.ts'
import { limits } from '../../contract/limits.ts'
import type { HandlersFor } from '../../contract/registry.ts'
import type { About, AppSnapshot } from '../../contract/routes/app.ts'
import type { ConversationSummary, Message, MessagePage } from '../../contract/routes/conversations.ts'
import type { KeyTest } from '../../contract/routes/key.ts'
import type { Settings } from '../../contract/routes/settings.ts'
import type { Backup, Salvage, StoreInfo, StoreState } from '../../contract/routes/store.ts'
import type { ParleyEvent } from '../../contract/events.ts'
import type { Turns } from '../chat/turns.ts'
import { parseParameters } from '../chat/prompt.ts'
import { monthStart } from '../core/month.ts'
import type { KeyStore } from '../secrets/key-store.ts'
import type { Connection } from '../settings/connection.ts'
import type { Preferences } from '../settings/preferences.ts'
import type { Reconciliation } from '../spend/reconciliation.ts'
import type { StoredConversation } from '../store/conversations.ts'
import type { Store } from '../store/host.ts'
import type { readBranch } from '../store/messages.ts'
import { createThreadHandlers } from './thread-handlers.ts'

/** What exists while the store is open. */
export interface Workspace {
  store: Store
  turns: Turns
  preferences: Preferences
  connection: Connection
  reconciliation: Reconciliation
  /** Fails when the store was opened to be read only. */
  demandWritable(): void
}

export interface HandlerDeps {
  /** Fails with `store.damaged` or `store.future` while there is none. */
  workspace: () => Workspace
  snapshot: () => Promise<AppSnapshot>
  about: () => Promise<About>
  keys: KeyStore
  testKey: (key: string | undefined) => Promise<KeyTest>
  openLink: (url: string) => Promise<void>
  recovery: {
    info(): Promise<StoreInfo>
    backUp(): Promise<Backup>
    openReadOnly(): Promise<StoreState>
    restore(name: string): Promise<{ movedTo: string }>
    salvage(): Promise<Salvage>
  }
  publish: (event: ParleyEvent) => void
  now: () => number
}

/** Every route's handler: one line each where there is nothing to decide. */
export function createHandlers(deps: HandlerDeps): HandlersFor {
  const { now, publish } = deps
  const read = () => deps.workspace().store.read
  const writable = () => {
    const workspace = deps.workspace()
    workspace.demandWritable()
    return workspace
  }
  const write = () => writable().store.write

  const summary = (stored: StoredConversation): ConversationSummary => ({
    ...stored,
    isRunning: deps.workspace().turns.isRunning(stored.id),
  })
  const saying = <Value>(event: ParleyEvent, value: Value): Value => {
    publish(event)
    return value
  }
  const branch = async (input: Parameters<typeof readBranch>[1]): Promise<MessagePage> => {
    const { messages, ...place } = await read().readBranch(input)
    return { messages: messages.map(withTruth), ...place }
  }
  /** A reply that is unfinished in the store while nothing runs: its end could not be written yet. */
  const withTruth = (message: Message): Message => {
    const isUnfinished = message.status === 'queued' || message.status === 'sending' || message.status === 'streaming'
    if (!isUnfinished || deps.workspace().turns.isRunning(message.conversationId)) return message
    return { ...message, status: 'interrupted', failure: { code: 'store.full', text: 'partly-kept', money: 'unknown' } }
  }
  const page = { isExclusive: false, limit: limits.pageMessages }

  return {
    ...createThreadHandlers(),
    'app.snapshot': () => deps.snapshot(),
    'app.about': () => deps.about(),

    'settings.set': (input): Promise<Settings> => writable().preferences.set(withoutAbsent(input)),
    'connection.set': (input) => writable().connection.change(withoutAbsent(input)),
    'connection.setCertificates': ({ pem }) => writable().connection.trust(pem),

    'key.test': ({ key }) => deps.testKey(key),
    'key.set': ({ key, keep }) => deps.keys.set(key, keep),
    'key.remove': () => deps.keys.remove(),
    'key.reload': async () => {
      await deps.keys.load()
      return deps.keys.state()
    },

    'conversations.list': async () => (await read().listConversations()).map(summary),
    'conversations.create': async ({ isDemo }) => {
      const { connection } = writable()
      const connectionId = await connection.idFor(isDemo ? 'demo' : 'api')
      const made = await write().createConversation({ connectionId, at: now() })
      return saying({ name: 'conversations.changed' }, summary(made))
    },
    'conversations.open': async ({ conversationId }) => {
      const [conversation, draft, ground] = await Promise.all([
        read().getConversation({ conversationId }),
        read().readDraft({ conversationId }),
        read().turnGround({ conversationId }),
      ])
      return {
        conversation: summary(conversation),
        draft,
        ...(await branch({ leafId: ground.leafId, ...page })),
      }
    },
    'conversations.page': (input) => {
      if (!('before' in input)) throw fail('route.unknown')
      return branch({ leafId: input.before, ...page, isExclusive: true })
    },
    'conversations.pin': () => {
      throw fail('route.unknown')
    },
    'conversations.rename': async (input) =>
      saying({ name: 'conversations.changed' }, summary(await write().renameConversation(input))),
    'conversations.delete': async ({ conversationId }) => {
      const { turns } = writable()
      if (turns.isRunning(conversationId)) throw fail('turn.running')
      await write().trashConversation({ conversationId, deletedAt: now() })
      return saying({ name: 'conversations.changed' }, null)
    },
    'conversations.restore': async ({ conversationId }) =>
      saying(
        { name: 'conversations.changed' },
        summary(await write().trashConversation({ conversationId, deletedAt: null })),
      ),
    'conversations.show': async (input) =>
      saying({ name: 'conversation.changed', conversationId: await write().showBranch(input) }, null),
    'conversations.configure': async ({ conversationId, parameters }) => {
      parseParameters(parameters)
      await write().writeParameters({ conversationId, parameters })
      return saying({ name: 'conversation.changed', conversationId }, null)
    },
    'conversations.search': ({ query }) =>
      deps.workspace().store.maintainLatest('search', 'search', { query, limit: 50 }),
    'drafts.save': async (input) => {
      await write().saveDraft({ ...input, at: now() })
      return null
    },

    'turns.send': (input) => writable().turns.send(input),
    'turns.resend': () => {
      throw fail('route.unknown')
    },
    'turns.retry': (input) => writable().turns.retry(input),
    'turns.continue': (input) => writable().turns.continue(input),
    'turns.stop': (input) => {
      deps.workspace().turns.stop(input)
      return null
    },
    'turns.settle': async (input) => {
      await deps.workspace().turns.settle(input)
      return null
    },
    'turns.running': () => deps.workspace().turns.running(),

    'spend.summary': async ({ conversationId }) => {
      const from = monthStart(now())
      const [conversation, month] = await Promise.all([
        conversationId === null ? null : read().conversationCost({ conversationId }),
        read().periodCost({ from, to: Number.MAX_SAFE_INTEGER }),
      ])
      return { conversation, month, monthStart: from }
    },
    'spend.reconcile': () => writable().reconciliation.run(),

    'store.info': () => deps.recovery.info(),
    'store.backUp': () => deps.recovery.backUp(),
    'store.openReadOnly': () => deps.recovery.openReadOnly(),
    'store.restore': ({ name }) => deps.recovery.restore(name),
    'store.salvage': () => deps.recovery.salvage(),

    'links.open': async ({ url }) => {
      await deps.openLink(url)
      return null
    },
  }
}

/** An input as the code wants it: keys that were not given are absent, not `undefined`. */
function withoutAbsent<Input extends object>(input: Input): { [Key in keyof Input]?: Exclude<Input[Key], undefined> } {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Input]?: Exclude<Input[Key], undefined>
  }
}
