import { createHash, randomUUID } from 'node:crypto'
import type { Database } from '../../electron/main/store/database.ts'
import { rebuildSums } from '../../electron/main/store/sums.ts'

/**
 * Fills the books with many settled attempts quickly, two entries each, chained as the store chains them: about 40 a day, over
 * `conversations` conversations. Every 997th stays unknown. Gives the sum of what is settled.
 */
export function fillBooks(
  db: Database,
  { attempts, conversations }: { attempts: number; conversations: number },
): number {
  const storeId = db.prepare<[], string>('SELECT id FROM store').pluck().get() ?? ''
  db.prepare(`INSERT INTO connection VALUES ('k', 'api', 'https://api.example', 1)`).run()
  const addAttempt = db.prepare(
    `INSERT INTO attempt (id, connection_id, purpose, turn_id, number, conversation_id, message_id, manifest, started_at, day)
     VALUES (?, 'k', 'reply', ?, 1, ?, ?, '{}', ?, ?)`,
  )
  const names =
    'id store_id attempt_id kind source nano_usd credits prompt_tokens completion_tokens reasoning_tokens cached_tokens inference_id request_id outcome first_byte_ms first_token_ms total_ms at previous_hash hash'
  const columns = names.split(' ')
  const addEntry = db.prepare(
    `INSERT INTO ledger_entry (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
  )
  let head = '0'.repeat(64)
  let sum = 0
  const append = (attemptId: string, kind: string, source: string, nanoUsd: number | null, at: number) => {
    const credits = kind === 'reserve' || nanoUsd === null ? null : nanoUsd / 500
    const start = [randomUUID(), storeId, attemptId, kind, source, nanoUsd, credits, 100, 50]
    const row = [...start, null, null, 'gen-1', null, 'stop', 1, 2, 3, at, head]
    head = createHash('sha256').update(JSON.stringify(row)).digest('hex')
    addEntry.run(...row, head)
  }
  db.transaction(() => {
    for (let number = 0; number < attempts; number++) {
      const id = randomUUID()
      const at = Date.UTC(2024, 0, 1) + number * 2_160_000
      const day = new Date(at).toISOString().slice(0, 10)
      addAttempt.run(id, `t${number}`, `c${(number * 7919) % conversations}`, `m${number}`, at, day)
      append(id, 'reserve', 'upper-bound', 1_000_000, at)
      const isUnknown = number % 997 === 0
      const cost = ((number * 31) % 900) * 500
      append(id, 'settle', isUnknown ? 'unknown' : 'billed', isUnknown ? null : cost, at + 5)
      if (!isUnknown) sum += cost
    }
    rebuildSums(db)
  })()
  db.exec('ANALYZE')
  return sum
}
