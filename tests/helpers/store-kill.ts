import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import BetterSqlite3 from 'better-sqlite3'
import { expect } from 'vitest'
import type { MessageId } from '../../electron/contract/ids.ts'
import { hashFile } from '../../electron/main/store/backup.ts'
import { listBackups } from '../../electron/main/store/backup-files.ts'
import { checkIndex, checkIntegrity } from '../../electron/main/store/checks.ts'
import { receivedText } from '../../electron/main/store/messages.ts'
import { verifySpend } from '../../electron/main/store/spend.ts'
import { recoverTurns } from '../../electron/main/store/turn-end.ts'
import { openHere } from './store.ts'

const script = fileURLToPath(new URL('store-writer.ts', import.meta.url))

/** A process of `store-writer.ts` and the lines it said. */
export interface Writer {
  process: ChildProcess
  lines(): string[]
  /** Resolves when a line begins so; rejects when the process ends before. */
  said(prefix: string): Promise<string>
  /** Ends it with SIGKILL; resolves when it is gone. */
  kill(): Promise<void>
}

/** Starts a writer. */
export function startWriter(mode: 'turns' | 'backup' | 'migrate' | 'own', folder: string): Writer {
  const child = spawn(process.execPath, [script, mode, folder], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: '' },
  })
  let text = ''
  let errors = ''
  const waiting = new Set<() => void>()
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    text += piece
    for (const check of waiting) check()
  })
  child.stderr.setEncoding('utf8').on('data', (piece: string) => (errors += piece))
  const closed = once(child, 'close')
  // The last line counts only when it is whole.
  const lines = () => text.split('\n').slice(0, -1)
  return {
    process: child,
    lines,
    async said(prefix) {
      const found = () => lines().find((line) => line.startsWith(prefix))
      const heard = Promise.withResolvers<void>()
      const check = () => void (found() !== undefined && heard.resolve())
      waiting.add(check)
      check()
      await Promise.race([heard.promise, closed])
      waiting.delete(check)
      const line = found()
      if (line === undefined) throw new Error(`ended without saying ${prefix}: ${errors}`)
      return line
    },
    async kill() {
      child.kill('SIGKILL')
      await closed
    },
  }
}

/** Kills a writer `afterMs` after it was ready, opens the store, and expects everything acknowledged to be there. Gives how long opening took. */
export async function killAndVerify(
  folder: string,
  mode: 'turns' | 'backup',
  afterMs: number,
): Promise<{ openMs: number; shownCount: number }> {
  const writer = startWriter(mode, folder)
  await writer.said('ready')
  await new Promise((resolve) => setTimeout(resolve, afterMs))
  await writer.kill()
  const lines = writer.lines().map((line) => line.split(' '))
  expect(lines.filter(([what]) => what === 'error')).toEqual([])

  const begun = performance.now()
  const { db, keeper } = openHere(folder, Date.now())
  const openMs = performance.now() - begun
  const shown = new Map(
    lines.filter(([what]) => what === 'shown').map(([, id = '', length]) => [id as MessageId, Number(length)]),
  )
  for (const [id, length] of shown) {
    const finished = db
      .prepare<[string], string>(
        `SELECT p.text FROM message_part p JOIN message_revision r ON r.id = p.revision_id WHERE r.message_id = ? AND p.kind = 'text'`,
      )
      .pluck()
      .get(id)
    const text = finished ?? receivedText(db, id, 'content')
    expect(text.length, 'everything shown is there').toBeGreaterThanOrEqual(length)
    expect(wholeText.startsWith(text), 'and is an exact prefix').toBe(true)
  }
  const entryOf = db.prepare('SELECT 1 FROM ledger_entry WHERE attempt_id = ? AND kind = ?')
  for (const [what, id] of lines) {
    if (what === 'reserved') expect(entryOf.get(id, 'reserve')).toBeDefined()
    if (what === 'settled') expect(entryOf.get(id, 'settle')).toBeDefined()
  }
  const failure = { code: 'reply.ended-early', text: 'partly-kept', money: 'unknown' } as const
  recoverTurns(db, { failure, at: Date.now() })
  expect(verifySpend(db)).toMatchObject({ brokenEntries: [], wrongConversations: [], wrongDays: [] })
  expect(checkIntegrity(db)).toEqual({ isSound: true, problems: [] })
  expect(checkIndex(db).isSound).toBe(true)
  keeper.afterWrite()
  keeper.close()

  if (mode === 'backup') {
    const backups = listBackups(folder)
    const names = readdirSync(join(folder, 'backups'))
    expect(
      names.filter((name) => name.startsWith('.')),
      'nothing unfinished stays',
    ).toEqual([])
    const acknowledged = lines.filter(([what]) => what === 'backup').map(([, name]) => name)
    // The newest three are kept.
    for (const name of acknowledged.slice(-2)) expect(backups.map((backup) => backup.name)).toContain(name)
    for (const backup of backups) {
      const file = join(folder, 'backups', backup.name)
      expect(hashFile(file)).toBe(backup.sha256)
      const copy = new BetterSqlite3(file, { readonly: true })
      expect(copy.pragma('integrity_check', { simple: true })).toBe('ok')
      copy.close()
    }
  }
  return { openMs, shownCount: shown.size }
}

/** What `store-writer.ts` writes as every reply. */
const wholeText = Array.from({ length: 12 }, (_, piece) => `<${piece}:${'x'.repeat(piece * 37)}>`).join('')
