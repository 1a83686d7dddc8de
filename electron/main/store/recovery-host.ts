import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { Salvage } from '../../contract/routes/store.ts'
import { createConnection } from './connection.ts'

export interface RecoveryHostOptions {
  /** The profile folder. Its store must be closed while anything below runs. */
  folder: string
  workerUrl: URL
  now?: () => number
  newId?: () => string
}

/** Recovery in a thread of its own: large stores take seconds. Rejects with a `FailureError`; then nothing has changed. */
export interface Recovery {
  /** Puts a copy of a backup in the place of the store; `movedTo` is where the present one went, inside the profile. */
  restore(name: string): Promise<{ movedTo: string }>
  /** Reads what can be read into a new store. */
  salvage(): Promise<Salvage>
}

/** Recovery for a profile. A thread is started for each call and ends with it. */
export function createRecovery({
  folder,
  workerUrl,
  now = Date.now,
  newId = randomUUID,
}: RecoveryHostOptions): Recovery {
  async function run(name: string, input: object): Promise<unknown> {
    const thread = createConnection({
      workerUrl,
      start: { role: 'recovery', file: join(folder, 'store.db'), mode: 'read-write' },
      onSlow: () => undefined,
      onFull: () => undefined,
      onTrouble: () => undefined,
      // The call itself rejects.
      onDied: () => undefined,
    })
    try {
      return await thread.call('recovery', name, { folder, at: now(), ...input })
    } finally {
      await thread.close()
    }
  }
  return {
    restore: (name) => run('restore', { name }) as Promise<{ movedTo: string }>,
    salvage: () => run('salvage', { storeId: newId() }) as Promise<Salvage>,
  }
}
