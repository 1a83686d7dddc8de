import type { HandlersFor } from '../../contract/registry.ts'
import type { About, AppSnapshot } from '../../contract/routes/app.ts'
import type { KeyTest } from '../../contract/routes/key.ts'
import type { Settings } from '../../contract/routes/settings.ts'
import type { Backup, Salvage, StoreInfo, StoreState } from '../../contract/routes/store.ts'
import type { ParleyEvent } from '../../contract/events.ts'
import type { Turns } from '../chat/turns.ts'
import { monthStart } from '../core/month.ts'
import type { KeyStore } from '../secrets/key-store.ts'
import type { Connection } from '../settings/connection.ts'
import type { Preferences } from '../settings/preferences.ts'
import type { Reconciliation } from '../spend/reconciliation.ts'
import type { Store } from '../store/host.ts'
import { createAccess } from './access.ts'
import { createConversationHandlers } from './conversation-handlers.ts'
import { createMessageHandlers } from './message-handlers.ts'

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
  const { now } = deps
  const access = createAccess(deps)
  const { read, writable } = access

  return {
    ...createConversationHandlers(access, deps),
    ...createMessageHandlers(access, deps),
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

    'turns.send': (input) => writable().turns.send(input),
    'turns.resend': (input) => writable().turns.resend(input),
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
