import type { Logger } from '../log/logger.ts'
import type { Store } from '../store/host.ts'
import type { BlobFiles } from './blob-files.ts'
import type { Turnstile } from './turnstile.ts'

/** How long something that nobody owns stays: long enough to take a removal back. Milliseconds. */
export const forgottenAfterMs = 24 * 60 * 60 * 1000
/** When it is looked for first, and how often then. Milliseconds. */
const firstMs = 30_000
const everyMs = 60 * 60_000

/** Removes bytes that nobody owns. */
export interface Collector {
  /** Removes what was forgotten before a day, or, `isNow`, right now. Gives the bytes freed in the store. */
  run(input?: { isNow: boolean }): Promise<number>
  /** Looks every hour. Returns how to stop. */
  keepRunning(): () => void
}

export interface CollectorDeps {
  store: Pick<Store, 'read' | 'write'>
  files: BlobFiles
  turnstile: Turnstile
  /** Files that some backup needs. */
  neededByBackups: () => Set<string>
  now: () => number
  log: Pick<Logger, 'warn'>
}

/** The rows go first: a kill in between leaves a file without a row, which goes a day later. */
export function createCollector({ store, files, turnstile, neededByBackups, now, log }: CollectorDeps): Collector {
  const run: Collector['run'] = ({ isNow } = { isNow: false }) =>
    turnstile.pass(async () => {
      const before = isNow ? Number.MAX_SAFE_INTEGER : now() - forgottenAfterMs
      const collected = await store.write.collectBlobs({ before })
      const old = await files.listSince(now() - forgottenAfterMs)
      const needed = new Set([...neededByBackups(), ...(await store.read.neededFiles({ hashes: old }))])
      await files.remove([...collected.files, ...old].filter((hash) => !needed.has(hash)))
      return collected.freedBytes
    })
  const look = () => void run().catch((error: unknown) => log.warn('unused files were not removed', { error }))
  return {
    run,
    keepRunning() {
      const timers = [setTimeout(look, firstMs), setInterval(look, everyMs)]
      for (const timer of timers) timer.unref()
      return () => {
        for (const timer of timers) clearTimeout(timer)
      }
    },
  }
}
