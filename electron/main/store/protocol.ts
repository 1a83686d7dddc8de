import type { Failure } from '../../contract/errors.ts'
import type { Migrated } from './migrate.ts'
import type { Role } from './open.ts'

/** What a store worker is started with. It opens nothing until it is told to. */
export interface WorkerStart {
  role: Role
  file: string
  mode: 'read-write' | 'read-only'
}

export type ToWorker =
  | { kind: 'open'; storeId: string; at: number }
  | { kind: 'call'; id: number; name: string; input: unknown }
  | { kind: 'close' }

export type FromWorker =
  | { kind: 'opened'; migrated: Migrated }
  | { kind: 'not-opened'; failure: Failure }
  | { kind: 'answer'; id: number; ok: true; value: unknown }
  | { kind: 'answer'; id: number; ok: false; failure: Failure }
  | { kind: 'slow'; name: string; ms: number }
  | { kind: 'closed' }
