import { randomInt, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { fail } from '../contract/errors.ts'
import type { ParleyEvent } from '../contract/events.ts'
import type { UploadId } from '../contract/ids.ts'
import { settlingEntry } from './chat/settlement.ts'
import { createTurns, type Turns } from './chat/turns.ts'
import { openDocuments } from './documents/documents.ts'
import { createDemoChat } from './demo/chat.ts'
import type { Workspace } from './ipc/handlers.ts'
import type { Logger } from './log/logger.ts'
import type { Ports } from './ports.ts'
import type { KeyStore } from './secrets/key-store.ts'
import { createConnection } from './settings/connection.ts'
import { openPreferences } from './settings/preferences.ts'
import { openBudgetWatch } from './spend/budget-watch.ts'
import { createDiagnose } from './spend/diagnose.ts'
import { openEstimates, type Estimates } from './spend/estimates.ts'
import { createPriceBook } from './spend/price-book.ts'
import { createContactNotes, type ContactNotes } from './spend/contact-notes.ts'
import { createReconciliation } from './spend/reconciliation.ts'
import { readResidual } from './spend/residual.ts'
import type { Store } from './store/host.ts'

/** How long a message waits for the catalogue when no price is known at all. Milliseconds. */
const priceWaitMs = 2_500

/** How long a message sent right after the start waits for the keychain. Milliseconds. */
const keychainWaitMs = 8_000

/** Time between the pieces of a demo answer. Milliseconds. */
const demoPieceMs = 24

export interface WorkspaceDeps {
  store: Store
  /** `blobs/` of the profile. */
  blobFolder: string
  /** Files in `blobs/` that some backup needs. */
  neededByBackups: () => Set<string>
  isReadOnly: boolean
  keys: KeyStore
  ports: Ports
  environment: Readonly<Record<string, string | undefined>>
  /** The origin of `PARLEY_API_URL`, normalised, or `null`. */
  environmentOrigin: string | null
  /** Languages of the system, best first. */
  systemLanguages: readonly string[]
  publish: (event: ParleyEvent) => void
  now: () => number
  log: Logger
}

/** Everything that lives as long as the store is open. */
export interface OpenWorkspace extends Workspace {
  contacts: Pick<ContactNotes, 'flush'>
  /** Ends what runs, waiting up to `graceMs` for replies to finish by themselves, then closes the store. */
  close(graceMs: number): Promise<void>
}

/** Builds the parts over an open store, and mends what a crash left: nothing is sent before somebody asks for it. */
export async function openWorkspace(deps: WorkspaceDeps): Promise<OpenWorkspace> {
  const { store, keys, ports, now, log, isReadOnly } = deps
  if (!isReadOnly) {
    await store.write.fixZone({ at: now() })
    const failure = { code: 'reply.interrupted', text: 'partly-kept', money: 'unknown' } as const
    const recovered = await store.write.recoverTurns({ failure, at: now() })
    if (recovered.interrupted + recovered.unsettled > 0) log.info('recovered after a crash', recovered)
  }
  const budgetWatch = await openBudgetWatch({ store, publish: deps.publish, log })
  const heard = (event: ParleyEvent) => {
    if (event.name === 'spend.changed') void budgetWatch.look()
    estimates?.on(event)
  }
  const publish = (event: ParleyEvent) => {
    deps.publish(event)
    heard(event)
  }
  let estimates: Estimates | null = null
  const preferences = await openPreferences({
    store,
    environmentOrigin: deps.environmentOrigin,
    systemLanguages: deps.systemLanguages,
    publish,
    now,
  })
  const documents = await openDocuments({
    store,
    folder: deps.blobFolder,
    isReadOnly,
    ports,
    limits: () => preferences.current().documentLimits,
    neededByBackups: deps.neededByBackups,
    publish,
    now,
    newId: () => randomUUID() as string as UploadId,
    log,
  })
  const contacts = createContactNotes({ store, now, log })
  const connection = createConnection({
    store,
    preferences,
    ports,
    keyFor: keys.current,
    onOriginChanged: (origin) => keys.useOrigin(origin),
    onContact: contacts.note,
    environment: deps.environment,
    now,
  })
  if (keys.state().origin !== connection.origin()) void keys.useOrigin(connection.origin())
  const prices = createPriceBook({
    store,
    client: () => connection.client(),
    findConnectionId: () => connection.findId('api'),
    connectionId: () => connection.idFor('api'),
    publish,
    now,
    log,
  })
  const opened = await openEstimates({ store, price: () => prices.known(), now, log })
  estimates = opened
  const reconciliation = createReconciliation({
    store,
    client: () =>
      keys.current(connection.origin()) === null
        ? null
        : { logs: connection.client().logs, origin: connection.origin() },
    publish,
    now,
    log,
  })
  const hasKey = () => keys.current(connection.origin()) !== null
  /** Fails with why there is no key; while the keychain is still being asked, waits for it. */
  const demandKey = async () => {
    if (!hasKey()) await Promise.race([keys.answered(), sleep(keychainWaitMs, null, { ref: false })])
    if (hasKey()) return
    const { keychain } = keys.state()
    const code = keychain === 'asking' ? 'keychain.timeout' : keychain === 'locked' ? 'keychain.locked' : 'key.missing'
    throw fail(code, { text: 'kept', money: 'not-charged' })
  }
  const demo = createDemoChat({ script: () => preferences.words().page.demo, pieceMs: demoPieceMs, now })
  const turns: Turns = createTurns({
    store,
    chatFor: async ({ isDemo }) => {
      if (isDemo) return demo
      await demandKey()
      return connection.client().chat
    },
    bytes: {
      stream: documents.blobs.stream,
      verify: documents.blobs.verify,
      limitBytes: () => preferences.current().documentLimits.requestBytes,
    },
    overflow: (branch, turn) => opened.overflow(branch, turn),
    connectionIdFor: ({ isDemo }) => connection.idFor(isDemo ? 'demo' : 'api'),
    priceFor: () => prices.current(priceWaitMs),
    publish,
    onCounted: (counted) => void opened.observe(counted),
    onUnknownCost: () => reconciliation.schedule(),
    now,
    newId: <Id extends string>() => randomUUID() as string as Id,
    // Without word from the provider: 1 s, then 3 s, each up to half as long again so that many clients do not return at once.
    backoffMs: (number, retryAfterMs) => Math.min(retryAfterMs ?? 1_000 * 3 ** (number - 1), 60_000) + randomInt(500),
    continueSentence: (lastWords) => preferences.words().page.questions.continueFrom(lastWords),
    log,
  })
  const diagnose = createDiagnose({
    store,
    words: () => preferences.words().diagnose,
    client: () => (keys.current(connection.origin()) === null ? null : connection.client()),
    price: () => prices.refresh().catch(() => prices.known()),
    connectionId: () => connection.idFor('api'),
    settle: settlingEntry,
    reconcile: reconciliation.run,
    now,
    newId: <Id extends string>() => randomUUID() as string as Id,
    logWaitMs: 10_000,
  })
  const stopPower = ports.onPower(() => void turns.abortAll('sleep'))
  if (!isReadOnly) reconciliation.schedule()
  const stopPrices = isReadOnly ? () => undefined : prices.keepDaily()

  return {
    store,
    turns,
    preferences,
    connection,
    reconciliation,
    prices,
    estimates: opened,
    documents,
    heard,
    diagnose,
    residual: (since) =>
      readResidual(
        {
          store,
          client: () => (keys.current(connection.origin()) === null ? null : connection.client()),
          connectionId: () => connection.idFor('api'),
          now,
        },
        since,
      ),
    contacts,
    isReadOnly,
    demandWritable() {
      if (isReadOnly) throw fail('store.read-only', { text: 'not-kept' })
    },
    async close(graceMs) {
      stopPower()
      stopPrices()
      reconciliation.stop()
      await documents.close()
      await Promise.race([turns.idle(), new Promise((resolve) => setTimeout(resolve, graceMs).unref())])
      await turns.abortAll('quit')
      await turns.idle()
      await contacts.flush()
      await connection.close()
      await store.close()
    },
  }
}
