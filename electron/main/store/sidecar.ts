import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Damage } from '../../contract/routes/store.ts'
import type { StoreFacts } from './facts.ts'
import { replaceFile } from './files.ts'

/** What Parley remembers about a store outside of it (`store.json`): a lost or exchanged database is not a first run. */
export interface Sidecar extends StoreFacts {
  /** False from the first write to the clean close. */
  cleanlyClosed: boolean
  /** Milliseconds since 1970. */
  updatedAt: number
}

const sidecarPath = (folder: string) => join(folder, 'store.json')

/** Replaces the sidecar as a whole. Throws what the system says. */
export function writeSidecar(folder: string, sidecar: Sidecar): void {
  replaceFile(sidecarPath(folder), `${JSON.stringify(sidecar, null, 2)}\n`)
}

/** The sidecar, or null when there is none or it says nothing that can be used. */
export function readSidecar(folder: string): Sidecar | null {
  let text: string
  try {
    text = readFileSync(sidecarPath(folder), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
  try {
    const value: unknown = JSON.parse(text)
    return isSidecar(value) ? value : null
  } catch (error) {
    // Damaged itself: the store is then checked as after a crash, and a new one is written.
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/** What is wrong with a store that can be read, going by what was noted about it; null when nothing is. */
export function compareWithSidecar(
  facts: StoreFacts,
  sidecar: Sidecar,
): { damage: Extract<Damage, 'foreign-database' | 'missing-wal'>; detail: string } | null {
  if (facts.storeId !== sidecar.storeId) {
    return { damage: 'foreign-database', detail: `store ${facts.storeId}, expected ${sidecar.storeId}` }
  }
  if (facts.generation < sidecar.generation) return missing('generation', facts.generation, sidecar.generation)
  if (facts.ledgerCount < sidecar.ledgerCount) return missing('ledger entries', facts.ledgerCount, sidecar.ledgerCount)
  // Messages may go, but then a tombstone came.
  if (facts.messageCount < sidecar.messageCount && facts.tombstoneCount <= sidecar.tombstoneCount) {
    return missing('messages', facts.messageCount, sidecar.messageCount)
  }
  return null
}

const missing = (what: string, found: number, expected: number) =>
  ({ damage: 'missing-wal', detail: `${what} ${found}, expected at least ${expected}` }) as const

const counts = [
  'schemaVersion',
  'conversationCount',
  'messageCount',
  'ledgerCount',
  'tombstoneCount',
  'generation',
  'updatedAt',
]

function isSidecar(value: unknown): value is Sidecar {
  if (typeof value !== 'object' || value === null) return false
  const fields = value as Record<string, unknown>
  return (
    typeof fields['storeId'] === 'string' &&
    typeof fields['cleanlyClosed'] === 'boolean' &&
    (fields['ledgerHead'] === null || typeof fields['ledgerHead'] === 'string') &&
    counts.every((name) => Number.isSafeInteger(fields[name]))
  )
}
