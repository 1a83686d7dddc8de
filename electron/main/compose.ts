import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { fail, FailureError, type Result } from '../contract/errors.ts'
import type { ParleyEvent } from '../contract/events.ts'
import type { KeyTest } from '../contract/routes/key.ts'
import { normaliseOrigin, defaultOrigin, model } from './core/origin.ts'
import { decideLink } from './core/link-policy.ts'
import { profileLayout } from './core/profile-paths.ts'
import { wordsFor } from './core/words.ts'
import { createHandlers } from './ipc/handlers.ts'
import { createRouter } from './ipc/router.ts'
import { readComponents } from './licences.ts'
import { createLogger } from './log/logger.ts'
import type { Ports } from './ports.ts'
import { parseKey } from './secrets/api-key.ts'
import { takeEnvironment } from './secrets/environment.ts'
import { createKeyStore } from './secrets/key-store.ts'
import { createKeychain } from './secrets/keychain.ts'
import { takeStoreDoor } from './store-door.ts'

/** How long quitting waits for running replies before it marks them as interrupted. Milliseconds. */
const quitGraceMs = 5_000

/** A running Parley, as a shell sees it. */
export interface Parley {
  /** Answers one call of a page. Never rejects. */
  call(name: unknown, input: unknown): Promise<Result<unknown>>
  /** Gives every event from now on. Returns how to stop. */
  onEvent(listener: (event: ParleyEvent) => void): () => void
  /** Replies that are being written, for the question before quitting. */
  runningCount(): number
  /** Ends everything in order: replies, store, log, lock. May be called twice. */
  stop(): Promise<void>
}

export type Start = { kind: 'started'; parley: Parley } | { kind: 'already-running'; pid: number | null }

export interface StartOptions {
  ports: Ports
  /** Folder of the profile. Made, for this person only, when it is missing. */
  profile: string
  environment: Readonly<Record<string, string | undefined>>
  /** Languages of the system as BCP 47 tags, best first. */
  systemLanguages: readonly string[]
  version: string
  shell: 'browser' | 'desktop'
  isDemo: boolean
  isDevelopment: boolean
  /** Where the built workers and helpers are: dist/main. */
  helperFolder: string
}

/** Builds everything, in the order of the lines below; `stop` goes the other way. The only place that builds things. */
export async function startParley(options: StartOptions): Promise<Start> {
  const { ports, profile, version, shell, systemLanguages } = options
  const now = Date.now
  const environment = { ...options.environment }
  const taken = takeEnvironment(environment)
  const environmentOrigin = taken.apiUrl === null ? null : normaliseOrigin(taken.apiUrl)
  const layout = profileLayout(profile, process.platform)
  mkdirSync(profile, { recursive: true, mode: 0o700 })

  const listeners = new Set<(event: ParleyEvent) => void>()
  const publish = (event: ParleyEvent) => {
    for (const listener of listeners) listener(event)
  }

  const door = takeStoreDoor({
    profile,
    workerUrl: pathToFileURL(join(options.helperFolder, 'store-worker.js')),
    onRaise: () => ports.raiseWindow(),
    now,
  })
  if (door.kind === 'taken') return { kind: 'already-running', pid: door.pid }

  const log = createLogger({ folder: layout.logs, now })
  if (taken.environmentKey) log.redact(taken.environmentKey.value)
  log.info('started', { version, shell, node: process.versions.node, platform: process.platform })
  for (const problem of taken.problems) log.warn(problem)

  const keychain = createKeychain({
    forkHelper: ports.forkHelper,
    service: options.isDevelopment ? 'Parley (development)' : 'Parley',
    env: environment,
  })
  const keys = createKeyStore({
    keychain,
    environmentKey: taken.environmentKey,
    origin: environmentOrigin ?? defaultOrigin,
    redact: log.redact,
    onChanged: () => publish({ name: 'key.changed' }),
  })
  // The page is drawn meanwhile; `key.changed` tells it how the keychain answered.
  void keys.load()

  await door.open({ keys, ports, environment, environmentOrigin, systemLanguages, publish, now, log })
  const workspace = () => door.workspace()
  const isOpen = () => ['ready', 'read-only'].includes(door.state().kind)

  const testKey = async (candidate: string | undefined): Promise<KeyTest> => {
    const { connection, prices } = workspace()
    const key = candidate === undefined ? keys.current(connection.origin()) : parseKey(candidate)
    if (key === null) throw fail('key.missing')
    log.redact(key)
    const [balance, price] = await Promise.all([connection.clientWith(key).billing(), prices.refresh()]).catch(
      (error: unknown) => {
        // Whoever tests a key wants to hear that it cost nothing, above all when it failed.
        throw error instanceof FailureError
          ? fail(error.failure.code, { ...error.failure, money: 'not-charged' })
          : error
      },
    )
    return { model, price, balanceNanoUsd: balance.nanoUsd }
  }

  const words = () => (isOpen() ? workspace().preferences.words() : wordsFor('system', systemLanguages))

  const openLink = async (address: string) => {
    const decision = decideLink(address)
    if (decision.kind === 'refuse') throw fail('link.refused', { detail: decision.reason })
    const { language, page } = words()
    const { title, confirm, cancel, web, mail } = page.questions.link
    const detail = decision.scheme === 'mailto' ? mail(decision.host) : web(decision.host, decision.url)
    if (!(await ports.confirm({ language, title, detail, confirmLabel: confirm, cancelLabel: cancel })))
      throw fail('confirm.declined')
    await ports.openExternal(decision.url)
  }

  const erase = async () => {
    const { language, page } = words()
    const { title, detail, confirm, cancel } = page.questions.erase
    if (!(await ports.confirm({ language, title, detail, confirmLabel: confirm, cancelLabel: cancel })))
      throw fail('confirm.declined')
    const origins = await workspace().store.read.listOrigins()
    await keys.forget(origins)
    await door.erase()
    await ports.forgetWindow()
    log.erase()
    log.info('everything was erased')
  }

  const components = readComponents(options.helperFolder)
  const router = createRouter(
    createHandlers({
      workspace,
      snapshot: async () => {
        return {
          version,
          shell,
          platform: process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux',
          isDemoStart: options.isDemo,
          store: door.state(),
          settings: isOpen() ? workspace().preferences.view() : null,
          key: keys.state(),
          price: isOpen() ? await workspace().prices.known() : null,
          warnings: door.warnings(),
        }
      },
      about: async () => {
        const { contacts, store } = workspace()
        await contacts.flush()
        return { version, licence: 'MIT', components, hosts: await store.read.listContacts() }
      },
      keys,
      testKey,
      openLink,
      recovery: door,
      erase,
      publish,
      now,
    }),
    log,
  )

  let stopping: Promise<void> | null = null
  const stop = async () => {
    keychain.close()
    await door.close(quitGraceMs)
    log.info('stopped')
    log.close()
    door.release()
  }
  return {
    kind: 'started',
    parley: {
      call: router,
      onEvent(listener) {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
      runningCount: () => door.runningCount(),
      stop: () => (stopping ??= stop()),
    },
  }
}
