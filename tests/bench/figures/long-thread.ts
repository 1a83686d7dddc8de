import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ConversationId } from '../../../electron/contract/ids.ts'
import { readBranch } from '../../../electron/main/store/branches.ts'
import { listConversations } from '../../../electron/main/store/conversations.ts'
import type { Database } from '../../../electron/main/store/database.ts'
import { findInBranch } from '../../../electron/main/store/find.ts'
import { openDatabase } from '../../../electron/main/store/open.ts'
import { fillForReading } from '../filled-store.ts'
import { percentile, timed, type Figure, type Measured } from '../harness.ts'

type Body = (db: Database, conversationId: ConversationId) => unknown

function figureOf(
  name: string,
  target: number,
  fill: { messages: number; perConversation: number },
  body: Body,
  floor: Body | null,
): Figure {
  let open: { db: Database; folder: string; conversationId: ConversationId } | null = null
  const prepare = () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-bench-'))
    const db = openDatabase({ file: fillForReading(folder, fill), role: 'maintenance', mode: 'read-write' })
    const conversationId = listConversations(db)[0]?.id
    if (conversationId === undefined) throw new Error('the store is empty')
    return { folder, db, conversationId }
  }
  return {
    name,
    unit: 'ms',
    target,
    measure(): Measured {
      const { db, conversationId } = (open ??= prepare())
      const run = (each: Body) => Array.from({ length: 9 }, () => timed(() => each(db, conversationId)))
      const times = run(body)
      const wall = (all: typeof times) =>
        percentile(
          all.map(({ wallMs }) => wallMs),
          0.5,
        )
      const cpuMs = percentile(
        times.map((each) => each.cpuMs),
        0.5,
      )
      return { value: wall(times), floor: floor && wall(run(floor)), cpuMs }
    },
    close() {
      open?.db.close()
      if (open) rmSync(open.folder, { recursive: true, force: true })
    },
  }
}

const long = { messages: 5_000, perConversation: 5_000 }
const end: Body = (db, conversationId) => readBranch(db, { conversationId, place: { kind: 'end' }, limit: 100 })
const start: Body = (db, conversationId) =>
  readBranch(db, { conversationId, place: { kind: 'from', index: 0 }, limit: 100 })

/** Reading a conversation of 5,000 messages and a list of 10,000 conversations; floors are the cheapest page and the bare rows. */
export const threadFigures: Figure[] = [
  figureOf('first page of 5,000 messages (floor: last page)', 20, long, start, end),
  figureOf(
    'find in 5,000 messages (floor: last page)',
    50,
    long,
    (db, conversationId) => findInBranch(db, { conversationId, query: 'ba' }),
    end,
  ),
  figureOf(
    'list of 10,000 conversations (floor: their rows)',
    50,
    { messages: 20_000, perConversation: 2 },
    (db) => listConversations(db),
    (db) => db.prepare('SELECT id, title FROM conversation ORDER BY activity DESC').all(),
  ),
]
