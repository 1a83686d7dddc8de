import { existsSync, readdirSync, rmSync, statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fail } from '../contract/errors.ts'
import type { AppWarning } from '../contract/routes/app.ts'
import type { Backup, Salvage, SetAside, StoreInfo, StoreState } from '../contract/routes/store.ts'
import { profileLayout } from './core/profile-paths.ts'
import { placeWarnings } from './core/profile-place.ts'
import { asBackup, blobsOfBackups, isBackupDue, listBackups, storeInfo } from './store/backup-files.ts'
import { eraseProfile } from './store/erase.ts'
import type { StoreHostOptions } from './store/host.ts'
import { acquireLock } from './store/lock.ts'
import { createRecovery } from './store/recovery-host.ts'
import { onRaise, requestRaise } from './store/raise.ts'
import { purge } from './store/purge.ts'
import { startStore, startStoreReadOnly, type StartedStore } from './store/start.ts'
import { keptInTrashMs } from './store/trash.ts'
import { openWorkspace, type OpenWorkspace, type WorkspaceDeps } from './workspace.ts'

/** How long after the start, and how often then, the daily backup is thought of. Milliseconds. */
const firstBackupMs = 60_000
const backupEveryMs = 60 * 60_000

type Later = Omit<WorkspaceDeps, 'store' | 'isReadOnly' | 'blobFolder' | 'neededByBackups'>

/** The one way to the store of a profile: who owns it, whether it can be opened, and what to do when it cannot. */
export interface StoreDoor {
  kind: 'held'
  /** Looks at the store and opens it, or stays in front of it: `state` says which. */
  open(deps: Later): Promise<void>
  state(): StoreState
  /** Fails with `store.damaged` or `store.future` while nothing is open. */
  workspace(): OpenWorkspace
  warnings(): AppWarning[]
  runningCount(): number
  info(): Promise<StoreInfo>
  backUp(): Promise<Backup>
  openReadOnly(): Promise<StoreState>
  restore(name: string): Promise<{ movedTo: string }>
  salvage(): Promise<Salvage>
  /** Starts rewriting the backups that still hold what was deleted for good; what fails is tried again within the hour. */
  forgetInBackups(): void
  removeSetAside(name: string): StoreInfo
  /** Ends what runs, removes everything but the log, and begins with an empty store. */
  erase(): Promise<void>
  close(graceMs: number): Promise<void>
  /** Gives the profile free, last of all. */
  release(): void
}

export interface DoorOptions {
  profile: string
  workerUrl: URL
  onRaise: () => void
  now: () => number
}

/** Takes the profile, or asks its owner to show its window. Nothing is opened before `open`. */
export function takeStoreDoor(options: DoorOptions): StoreDoor | { kind: 'taken'; pid: number | null } {
  const { profile, workerUrl, now } = options
  const lock = acquireLock({ folder: profile, pid: process.pid, at: now() })
  if (lock.kind === 'taken') {
    requestRaise(profile)
    return lock
  }
  const stopListening = lock.kind === 'held' ? onRaise(profile, options.onRaise) : () => undefined
  let started: StartedStore | null = null
  let open: OpenWorkspace | null = null
  let later: Later | null = null
  let hasFailedToSave = false
  let backupTimer: NodeJS.Timeout | null = null

  const deps = (): Later => {
    if (!later) throw new Error('the store door was never opened')
    return later
  }
  const hostOptions = (): Omit<StoreHostOptions, 'mode'> => {
    const { log, publish } = deps()
    const say = () => publish({ name: 'store.changed' })
    return {
      folder: profile,
      workerUrl,
      now,
      onSlow: (call) => log.warn('slow store call', call),
      onDied: (death) => log.error('a store thread ended', death),
      onTrouble: (trouble) => log.warn('trouble beside the data', trouble),
      onFull() {
        hasFailedToSave = true
        log.error('the disk is full')
        void open?.turns.abortAll({ code: 'store.full', text: 'partly-kept', money: 'unknown' })
        say()
      },
      onDamage(detail) {
        log.error('damaged pages were found', { detail })
        started = started && {
          ...started,
          state: { kind: 'damaged', damage: 'bad-pages', detail, backups: listOfBackups() },
        }
        say()
      },
    }
  }
  const listOfBackups = () => listBackups(profile).map(asBackup)
  const recovery = createRecovery({ folder: profile, workerUrl, now })

  const enter = async (next: StartedStore) => {
    started = next
    if (next.store) {
      open = await openWorkspace({
        ...deps(),
        store: next.store,
        blobFolder: profileLayout(profile, process.platform).blobs,
        neededByBackups: () => blobsOfBackups(profile),
        isReadOnly: next.state.kind !== 'ready',
      })
      if (next.state.kind === 'ready') scheduleBackup(firstBackupMs)
    } else deps().log.error('the store was not opened', { state: next.state })
    return next.state
  }
  const forgetInBackups = async () => {
    const store = open?.store
    if (!store) return
    let rewritten = 0
    while (!(await store.maintain.forgetInBackup()).isDone) rewritten += 1
    if (rewritten === 0) return
    deps().log.info('what was deleted for good left the backups', { rewritten })
    deps().publish({ name: 'store.changed' })
  }
  const info = (): StoreInfo => ({ ...storeInfo(profile), setAside: listSetAside(profile) })
  const leave = async () => {
    if (backupTimer) clearTimeout(backupTimer)
    await open?.close(0)
    open = null
  }
  const reopen = async () => {
    await enter(await startStore(hostOptions()))
    deps().publish({ name: 'store.changed' })
  }

  const scheduleBackup = (waitMs: number) => {
    backupTimer = setTimeout(() => {
      scheduleBackup(backupEveryMs)
      backUpIfDue().catch((error: unknown) => deps().log.warn('the daily backup was not made', { error }))
    }, waitMs)
    backupTimer.unref()
  }
  /** While a copy is made, no file that it may need is removed. */
  const copy = ({ store, documents }: OpenWorkspace, reason: Backup['reason']) =>
    documents.turnstile.pass(() => store.maintain.backUp({ reason, at: now() }))
  const backUpIfDue = async () => {
    if (!open || !isBackupDue(now(), listOfBackups())) return
    await open.store.write.expireEvents({ at: now() })
    const purged = await purge(open.store, { conversationIds: 'all', before: now() - keptInTrashMs, at: now() })
    if (purged > 0) deps().publish({ name: 'conversations.changed' })
    await forgetInBackups()
    if (purged > 0) await open.documents.collector.run()
    const { name, sizeBytes } = await copy(open, 'daily')
    deps().log.info('backed up', { name, sizeBytes })
  }

  return {
    kind: 'held',
    async open(given) {
      later = given
      await enter(await startStore(hostOptions()))
    },
    state: () => started?.state ?? { kind: 'read-only', reason: 'not-writable', unread: null },
    workspace() {
      if (open) return open
      throw fail(started?.state.kind === 'future' ? 'store.future' : 'store.damaged')
    },
    warnings() {
      const { type, bavail, bsize } = statfsSync(profile)
      const place = { path: profile, fileSystemType: type, freeBytes: bavail * bsize, platform: process.platform }
      return [...placeWarnings(place), ...(hasFailedToSave ? (['saving-failed'] as const) : [])]
    },
    runningCount: () => open?.turns.running().length ?? 0,
    info: async () => info(),
    async backUp() {
      const backup = await copy(this.workspace(), 'by-hand')
      deps().publish({ name: 'store.changed' })
      return backup
    },
    async openReadOnly() {
      await leave()
      const state = await enter(await startStoreReadOnly(hostOptions()))
      deps().publish({ name: 'store.changed' })
      return state
    },
    async restore(name) {
      await leave()
      try {
        const restored = await recovery.restore(name)
        deps().log.info('restored', { name, ...restored })
        return restored
      } finally {
        await reopen()
      }
    },
    async salvage() {
      await leave()
      try {
        const salvage = await recovery.salvage()
        deps().log.info('salvaged', { ...salvage })
        return salvage
      } finally {
        await reopen()
      }
    },
    forgetInBackups() {
      forgetInBackups().catch((error: unknown) =>
        deps().log.warn('backups still hold what was deleted for good', { error }),
      )
    },
    removeSetAside(name) {
      if (!listSetAside(profile).some((each) => each.name === name)) throw fail('backup.not-found', { value: name })
      rmSync(join(profile, 'damaged', name), { recursive: true })
      return info()
    },
    async erase() {
      await leave()
      try {
        eraseProfile(profile)
      } finally {
        await reopen()
      }
    },
    async close(graceMs) {
      if (backupTimer) clearTimeout(backupTimer)
      await open?.close(graceMs)
      open = null
    },
    release() {
      stopListening()
      if (lock.kind === 'held') lock.release()
    },
  }
}

function listSetAside(profile: string): SetAside[] {
  const home = join(profile, 'damaged')
  if (!existsSync(home)) return []
  return readdirSync(home).map((name) => {
    const sizes = readdirSync(join(home, name)).map((file) => statSync(join(home, name, file)).size)
    return { name, sizeBytes: sizes.reduce((sum, size) => sum + size, 0) }
  })
}
