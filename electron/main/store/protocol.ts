import type { Failure } from '../../contract/errors.ts'
import type { Unread } from '../../contract/routes/store.ts'
import type { Finding } from './health.ts'
import type { Migrated } from './migrate.ts'
import type { Role } from './open.ts'

/** What a store worker is started with. It opens nothing until it is told to. */
export interface WorkerStart {
  /** `recovery` has no connection: its calls open and close what they need. */
  role: Role | 'recovery'
  file: string
  mode: 'read-write' | 'read-only'
}

/** The lists of calls a worker knows. */
export type CallList = Role | 'recovery'

export type ToWorker =
  | { kind: 'open'; storeId: string; at: number }
  | { kind: 'call'; id: number; list: CallList; name: string; input: unknown }
  | { kind: 'close' }

export type FromWorker =
  | { kind: 'opened'; migrated: Migrated; isCheckDue: boolean; unread: Unread | null }
  | { kind: 'not-opened'; failure: Failure; finding: Finding | null }
  | { kind: 'answer'; id: number; ok: true; value: unknown }
  | { kind: 'answer'; id: number; ok: false; failure: Failure }
  | { kind: 'slow'; name: string; ms: number }
  /** The disk was full and the ballast is spent: what ran has been tried again, what writes much must end. */
  | { kind: 'full' }
  /** Something beside the data failed (a checkpoint, the sidecar); it is tried again. */
  | { kind: 'trouble'; what: string; failure: Failure }
  | { kind: 'closed' }
