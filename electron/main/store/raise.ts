import { rmSync, statSync, unlinkSync, watch, writeFileSync, type FSWatcher } from 'node:fs'
import { join } from 'node:path'

/** Between looks where the system does not report changes. Milliseconds. */
const pollMs = 1_000

const requestPath = (folder: string) => join(folder, 'raise')

/** Asks the owner of the profile to raise its window: a file, because Parley has no listening socket. Throws what the system says. */
export function requestRaise(folder: string): void {
  writeFileSync(requestPath(folder), String(process.pid), { mode: 0o600 })
}

/** Calls back, once per request, while this process owns the profile. Returns how to stop. A request from before is dropped. */
export function onRaise(folder: string, listener: () => void): () => void {
  rmSync(requestPath(folder), { force: true })
  const look = () => {
    if (statSync(requestPath(folder), { throwIfNoEntry: false }) === undefined) return
    try {
      unlinkSync(requestPath(folder))
    } catch (error) {
      // Two looks at once: the other one has it.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
      throw error
    }
    listener()
  }
  let watcher: FSWatcher | null = null
  try {
    watcher = watch(folder, (_event, name) => {
      if (name === null || name === 'raise') look()
    })
    // The poll below goes on without it.
    watcher.on('error', () => watcher?.close())
    watcher.unref()
  } catch (error) {
    // Out of watches, or a file system without them: the poll is enough.
    if ((error as NodeJS.ErrnoException).code === undefined) throw error
  }
  const timer = setInterval(look, pollMs)
  timer.unref()
  return () => {
    watcher?.close()
    clearInterval(timer)
  }
}
