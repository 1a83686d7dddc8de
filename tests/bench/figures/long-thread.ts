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
import { percentile, timed, type Figure, type Line, type Measured } from '../harness.ts'

interface Opened {
  db: Database
  folder: string
  conversationId: ConversationId
}

type Body = (opened: Opened) => unknown

interface Reading {
  line: Line
  from: 'long' | 'list'
  body: Body
  floor: Body
}

const fills = {
  long: { messages: 5_000, perConversation: 5_000 },
  list: { messages: 20_000, perConversation: 2 },
}

function open(fill: (typeof fills)['long']): Opened {
  const folder = mkdtempSync(join(tmpdir(), 'parley-bench-'))
  const db = openDatabase({ file: fillForReading(folder, fill), role: 'maintenance', mode: 'read-write' })
  const conversationId = listConversations(db)[0]?.id
  if (conversationId === undefined) throw new Error('the store is empty')
  return { folder, db, conversationId }
}

const lineOf = (name: string, floor: string, atMost: number): Line => ({
  number: '',
  name,
  floor,
  unit: 'ms',
  target: { of: 'value', atMost },
})
const lastPage: Body = ({ db, conversationId }) =>
  readBranch(db, { conversationId, place: { kind: 'end' }, limit: 100 })

const readings: Reading[] = [
  {
    line: lineOf('the store: first page of 5,000 messages', 'last page', 20),
    from: 'long',
    body: ({ db, conversationId }) => readBranch(db, { conversationId, place: { kind: 'from', index: 0 }, limit: 100 }),
    floor: lastPage,
  },
  {
    line: lineOf('the store: find in 5,000 messages', 'last page', 50),
    from: 'long',
    body: ({ db, conversationId }) => findInBranch(db, { conversationId, query: 'ba' }),
    floor: lastPage,
  },
  {
    line: lineOf('the store: list of 10,000 chats', 'their bare rows', 50),
    from: 'list',
    body: ({ db }) => listConversations(db),
    floor: ({ db }) => db.prepare('SELECT id, title FROM conversation ORDER BY activity DESC').all(),
  },
]

let opened: Record<'long' | 'list', Opened> | null = null

function medianOf(body: Body, on: Opened): { wallMs: number; cpuMs: number } {
  const times = Array.from({ length: 9 }, () => timed(() => body(on)))
  const median = (of: 'wallMs' | 'cpuMs') =>
    percentile(
      times.map((each) => each[of]),
      0.5,
    )
  return { wallMs: median('wallMs'), cpuMs: median('cpuMs') }
}

/** Reading a chat of 5,000 messages and a list of 10,000 chats; floors are the cheapest page and the bare rows. */
export const longThreadFigure: Figure = {
  key: 'store',
  lines: readings.map(({ line }) => line),
  measure(): Measured[] {
    const from = (opened ??= { long: open(fills.long), list: open(fills.list) })
    return readings.map((reading) => {
      const { wallMs, cpuMs } = medianOf(reading.body, from[reading.from])
      return { value: wallMs, floor: medianOf(reading.floor, from[reading.from]).wallMs, cpuMs }
    })
  },
  close() {
    for (const { db, folder } of Object.values(opened ?? {})) {
      db.close()
      rmSync(folder, { recursive: true, force: true })
    }
    opened = null
  },
}
