import type { HandlersFor } from '../../contract/registry.ts'
import type { About, AppSnapshot } from '../../contract/routes/app.ts'
import type { KeyTest } from '../../contract/routes/key.ts'
import type { Settings } from '../../contract/routes/settings.ts'
import type { Backup, Salvage, StoreInfo, StoreState } from '../../contract/routes/store.ts'
import type { ParleyEvent } from '../../contract/events.ts'
import type { Turns } from '../chat/turns.ts'
import { createBudgetHandlers } from './budget-handlers.ts'
import { createContextHandlers } from './context-handlers.ts'
import type { Documents } from '../documents/documents.ts'
import { createDocumentHandlers } from './document-handlers.ts'
import { createDiagnoseHandlers } from './diagnose-handlers.ts'
import { createPriceHandlers } from './price-handlers.ts'
import { createSpendHandlers } from './spend-handlers.ts'
import type { KeyStore } from '../secrets/key-store.ts'
import type { Connection } from '../settings/connection.ts'
import type { Preferences } from '../settings/preferences.ts'
import type { Residual } from '../../contract/routes/residual.ts'
import type { Diagnose } from '../spend/diagnose.ts'
import type { Estimates } from '../spend/estimates.ts'
import type { PriceBook } from '../spend/price-book.ts'
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
  prices: PriceBook
  diagnose: Diagnose
  estimates: Estimates
  documents: Documents
  /** Told of every event that a handler says, as parts of the workspace go by them. */
  heard(event: ParleyEvent): void
  /** Compares the account with the books since a moment. */
  residual(since: number): Promise<Residual>
  isReadOnly: boolean
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
    /** Starts rewriting the backups that still hold what was deleted for good. */
    forgetInBackups(): void
    removeSetAside(name: string): StoreInfo
  }
  erase: () => Promise<void>
  publish: (event: ParleyEvent) => void
  now: () => number
}

/** Every route's handler: one line each where there is nothing to decide. */
export function createHandlers(given: HandlerDeps): HandlersFor {
  const { now } = given
  const publish = (event: ParleyEvent) => {
    given.publish(event)
    given.workspace().heard(event)
  }
  const deps = { ...given, publish }
  const access = createAccess(deps)
  const { read, writable } = access
  const { write } = access

  return {
    ...createConversationHandlers(access, deps),
    ...createMessageHandlers(access, deps),
    ...createDocumentHandlers(access, deps),
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

    ...createSpendHandlers({
      read,
      write,
      reconciliation: () => writable().reconciliation,
      residual: (since) => writable().residual(since),
      statementWords: () => deps.workspace().preferences.words().statement,
      publish,
      now,
    }),
    ...createContextHandlers({
      estimates: () => deps.workspace().estimates,
      turns: () => deps.workspace().turns,
      write,
      publish,
      now,
    }),
    ...createDiagnoseHandlers({ diagnose: () => writable().diagnose, publish }),
    ...createPriceHandlers({ prices: () => deps.workspace().prices, writable }),
    ...createBudgetHandlers({ read, write, publish, now }),

    'store.info': () => deps.recovery.info(),
    'store.backUp': () => deps.recovery.backUp(),
    'store.openReadOnly': () => deps.recovery.openReadOnly(),
    'store.restore': ({ name }) => deps.recovery.restore(name),
    'store.salvage': () => deps.recovery.salvage(),
    'store.removeSetAside': ({ name }) => deps.recovery.removeSetAside(name),
    'store.erase': async () => {
      await deps.erase()
      return null
    },

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
