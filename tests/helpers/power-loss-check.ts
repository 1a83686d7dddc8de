import { mkdirSync, writeFileSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { MessageId } from '../../electron/contract/ids.ts'
import { hashFile } from '../../electron/main/store/backup.ts'
import { listBackups } from '../../electron/main/store/backup-files.ts'
import { checkIndex, checkIntegrity } from '../../electron/main/store/checks.ts'
import type { Database } from '../../electron/main/store/database.ts'
import { inspectStore } from '../../electron/main/store/health.ts'
import { acquireLock } from '../../electron/main/store/lock.ts'
import { getMessage, receivedText } from '../../electron/main/store/messages.ts'
import { openStore } from '../../electron/main/store/opening.ts'
import { verifySpend } from '../../electron/main/store/spend.ts'
import { startStore } from '../../electron/main/store/start.ts'
import { recoverTurns } from '../../electron/main/store/turn-end.ts'
import type { CrashState } from './power-loss-disk.ts'
import { pieceCount, questionFor, replyPieces } from './power-loss-words.ts'

/** What was acknowledged before a moment, by what the workload said. */
export interface Acknowledged {
  conversations: Set<string>
  begun: Set<string>
  shown: Map<string, number>
  reserved: Set<string>
  /** Reply and attempt of each turn that ended. */
  ended: Map<string, string>
  corrected: Set<string>
  backups: Set<string>
}

/** Nothing yet. */
export const nothingAcknowledged = (): Acknowledged => ({
  conversations: new Set(),
  begun: new Set(),
  shown: new Map(),
  reserved: new Set(),
  ended: new Map(),
  corrected: new Set(),
  backups: new Set(),
})

/** Notes one line of the workload. */
export function acknowledge(known: Acknowledged, line: string): void {
  const [what, id = '', more = ''] = line.split(' ')
  if (what === 'conversation') known.conversations.add(id)
  else if (what === 'begun') known.begun.add(id)
  else if (what === 'shown') known.shown.set(id, Math.max(Number(more), known.shown.get(id) ?? 0))
  else if (what === 'reserved') known.reserved.add(id)
  else if (what === 'ended') known.ended.set(id, more)
  else if (what === 'corrected') known.corrected.add(id)
  else if (what === 'backup') known.backups.add(id)
}

/** Puts a crash state into an empty folder. A -shm is no file of the state: what is there, SQLite must not trust. */
export function writeState(folder: string, state: CrashState, leftShm: Buffer | null): void {
  for (const name of state.folders) mkdirSync(join(folder, name), { recursive: true })
  for (const [path, bytes] of state.files) writeFileSync(join(folder, path), bytes)
  if (leftShm) writeFileSync(join(folder, 'store.db-shm'), leftShm)
}

const at = Date.UTC(2030, 0, 1)
const failure = { code: 'reply.ended-early', text: 'partly-kept', money: 'unknown' } as const

/** Opens a state in this thread as a start does, and expects everything acknowledged, nothing half, and no alarm. `pairs` are the replies received in common commits. */
export function checkState(folder: string, known: Acknowledged, pairs: readonly (readonly [string, string])[]): void {
  const lock = acquireLock({ folder, pid: process.pid, at })
  if (lock.kind !== 'held') throw new Error(`the profile is ${lock.kind}`)
  const open = () =>
    openStore({
      file: join(folder, 'store.db'),
      storeId: randomUUID(),
      at,
      now: () => at,
      onTrouble: (what, error) => {
        throw new Error(`trouble with ${what}`, { cause: error })
      },
    })
  const { db, keeper } = open()
  expectSound(db)
  expectWhole(db, pairs)
  recoverTurns(db, { failure, at })
  expectAcknowledged(db, known)
  expect(verifySpend(db)).toMatchObject({ brokenEntries: [], wrongConversations: [] })
  expectSound(db)
  expectBackups(folder, known)
  keeper.afterWrite()
  keeper.close()
  expect(inspectStore(folder)).toMatchObject({ kind: 'usable', isClean: true })
  const again = open()
  expectAcknowledged(again.db, known)
  again.keeper.close()
  lock.release()
}

/** The same through the threads, as main starts. */
export async function checkStart(folder: string, known: Acknowledged): Promise<void> {
  const alarms: unknown[] = []
  const { state, store } = await startStore({
    folder,
    workerUrl: new URL('../../electron/main/store/store.worker.ts', import.meta.url),
    onSlow: () => undefined,
    onDied: (death) => void alarms.push(death),
    onTrouble: (trouble) => void alarms.push(trouble),
    onDamage: (detail) => void alarms.push(detail),
  })
  expect(state).toEqual({ kind: 'ready' })
  if (!store) throw new Error('no store')
  await store.write.recoverTurns({ failure, at })
  expect(await store.maintain.checkIntegrity()).toEqual({ isSound: true, problems: [] })
  expect(await store.maintain.verifySpend()).toMatchObject({ brokenEntries: [], wrongConversations: [] })
  for (const [id, length] of known.shown) {
    const { text } = await store.read.getMessage({ messageId: id as MessageId })
    expect(text.length).toBeGreaterThanOrEqual(length)
  }
  await store.close()
  expect(alarms).toEqual([])
}

function expectSound(db: Database): void {
  expect(checkIntegrity(db)).toEqual({ isSound: true, problems: [] })
  expect(checkIndex(db).isSound, 'the search index').toBe(true)
}

interface TurnRow {
  turnId: string
  replyId: MessageId
  status: string
  question: string | null
  attemptId: string | null
  entries: string | null
  rawEvents: number
  foldedEvents: number
  revisions: number
}

/** Before anything is recovered: each transaction is there or not, never a part of it. */
function expectWhole(db: Database, pairs: readonly (readonly [string, string])[]): void {
  const turns = db
    .prepare<[], TurnRow>(
      `SELECT m.turn_id AS turnId, m.id AS replyId, m.status, a.id AS attemptId,
         (SELECT p.text FROM message_revision r JOIN message_part p ON p.revision_id = r.id WHERE r.message_id = m.parent_id) AS question,
         (SELECT group_concat(kind || ':' || source, ' ' ORDER BY seq) FROM ledger_entry WHERE attempt_id = a.id) AS entries,
         (SELECT count(*) FROM attempt_event WHERE attempt_id = a.id AND encoding = 'json') AS rawEvents,
         (SELECT count(*) FROM attempt_event WHERE attempt_id = a.id AND encoding = 'json-deflate') AS foldedEvents,
         (SELECT count(*) FROM message_revision WHERE message_id = m.id) AS revisions
       FROM message m LEFT JOIN attempt a ON a.message_id = m.id WHERE m.role = 'assistant'`,
    )
    .all()
  const pieceOf = new Map<string, number>()
  for (const turn of turns) {
    const name = JSON.stringify(turn)
    expect(turn.question, name).toBe(questionFor(turn.replyId))
    const { text } = getMessage(db, { messageId: turn.replyId })
    const pieces = replyPieces(turn.replyId)
    const piece = pieces.findIndex((_, index) => pieces.slice(0, index).join('') === text)
    const received = text === pieces.join('') ? pieceCount : piece
    expect(received, `whole pieces only: ${text.slice(-40)} in ${name}`).toBeGreaterThanOrEqual(0)
    pieceOf.set(turn.replyId, received)
    const isDone = turn.status === 'complete' || turn.status === 'interrupted'
    expect(turn.revisions, name).toBe(isDone ? 1 : 0)
    expect(receivedText(db, turn.replyId, 'content'), name).toBe(isDone ? '' : text)
    expect(turn.attemptId === null, name).toBe(turn.status === 'queued' || turn.entries === null)
    if (turn.status === 'complete') {
      expect(received, name).toBe(pieceCount)
      expect(turn.entries, name).toMatch(/^reserve:upper-bound settle:(billed|unknown( correct:billed)?)$/)
    } else if (turn.attemptId !== null && !isDone) expect(turn.entries, name).toBe('reserve:upper-bound')
    if (turn.attemptId !== null)
      expect(turn.rawEvents + turn.foldedEvents, name).toBe(isDone ? Math.min(1, received) : received)
  }
  expect(db.prepare(`SELECT count(*) FROM message WHERE role = 'user'`).pluck().get()).toBe(turns.length)
  for (const [first, second] of pairs) {
    if (pieceOf.has(second)) expect(pieceOf.get(first), 'received in one commit').toBe(pieceOf.get(second))
  }
  const wrong = db
    .prepare(
      `SELECT id FROM conversation c WHERE message_count <> (SELECT count(*) FROM message WHERE conversation_id = c.id)
         OR (message_count > 0 AND leaf_id IS NULL)`,
    )
    .all()
  expect(wrong, 'counts of messages').toEqual([])
}

function expectAcknowledged(db: Database, known: Acknowledged): void {
  const has = (text: string) => {
    const statement = db.prepare<[string], number>(text).pluck()
    return (id: string) => statement.get(id) === 1
  }
  const hasConversation = has('SELECT 1 FROM conversation WHERE id = ?')
  for (const id of known.conversations) if (!hasConversation(id)) throw new Error(`conversation ${id} was lost`)
  const hasMessage = has('SELECT 1 FROM message WHERE id = ?')
  for (const id of known.begun) if (!hasMessage(id)) throw new Error(`turn ${id} was lost`)
  const hasEntry = (kind: string) => has(`SELECT 1 FROM ledger_entry WHERE attempt_id = ? AND kind = '${kind}'`)
  const [isReserved, isSettled, isCorrected] = [hasEntry('reserve'), hasEntry('settle'), hasEntry('correct')]
  for (const id of known.reserved) if (!isReserved(id)) throw new Error(`the reservation of ${id} was lost`)
  for (const id of known.corrected) if (!isCorrected(id)) throw new Error(`the correction of ${id} was lost`)
  for (const [id, attemptId] of known.ended) {
    if (!isSettled(attemptId)) throw new Error(`the cost of ${attemptId} was lost`)
    expect(getMessage(db, { messageId: id as MessageId }).status).toBe('complete')
  }
  for (const [id, length] of known.shown) {
    const { text } = getMessage(db, { messageId: id as MessageId })
    if (text.length < length) throw new Error(`${length - text.length} shown characters of ${id} were lost`)
    if (!replyPieces(id).join('').startsWith(text)) throw new Error(`${id} is not what was received`)
  }
}

function expectBackups(folder: string, known: Acknowledged): void {
  const backups = listBackups(folder)
  for (const { name, sha256 } of backups) expect(hashFile(join(folder, 'backups', name)), name).toBe(sha256)
  for (const name of known.backups) expect(backups.map((backup) => backup.name)).toContain(name)
}
