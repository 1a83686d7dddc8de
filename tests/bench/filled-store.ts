import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { cjkTerms } from '../../electron/main/core/cjk.ts'
import { searchKey } from '../../electron/main/core/search-key.ts'
import { openStore } from '../../electron/main/store/opening.ts'

const start = Date.UTC(2025, 0, 1)
const cjkWords = ['学习', '天气', '面包', '東京', '音楽', '한국어', '図書館']

/** A generator of numbers from 0 to 1 that always gives the same ones (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const syllables =
  'ba be bi bo da de di do fa fe ka ke ko la le li lo ma me mi mo na ne no pa pe po ra re ri ro sa se so ta te ti to'.split(
    ' ',
  )

/** A made-up language: the word of a rank, shorter for common ones. */
export function wordOf(rank: number): string {
  let rest = rank + syllables.length
  let word = ''
  while (rest > 0) {
    word += syllables[rest % syllables.length]
    rest = Math.floor(rest / syllables.length)
  }
  return word
}

const vocabulary = Array.from({ length: 50_000 }, (_, rank) => wordOf(rank))

/** Words as people use them: few of them most of the time (Zipf), in one text out of fifty with CJK ones. */
function textOf(random: () => number, words: number): string {
  const length = Math.max(4, Math.round(words * (0.4 + 1.2 * random())))
  const text = Array.from({ length }, () => vocabulary[Math.floor(vocabulary.length ** random()) - 1] ?? 'and')
  if (random() < 0.02) text.push(cjkWords[Math.floor(random() * cjkWords.length)] ?? '', '我们今天学习。')
  return text.join(' ')
}

/**
 * A profile whose store holds `messages` finished messages of about `words` words, `perConversation` in each conversation,
 * written past the ledger: for measuring what reads. Made once per folder; returns the file.
 */
export function fillForReading(
  folder: string,
  { messages, perConversation = 20, words = 40 }: { messages: number; perConversation?: number; words?: number },
): string {
  const file = join(folder, 'store.db')
  if (existsSync(file)) return file
  mkdirSync(folder, { recursive: true })
  const opened = openStore({ file, storeId: randomUUID(), at: start, now: () => start, onTrouble: () => undefined })
  opened.keeper.close()
  const db = new BetterSqlite3(file)
  db.pragma('synchronous = OFF')
  db.pragma('foreign_keys = OFF')
  db.pragma('cache_size = -200000')
  db.prepare(`INSERT INTO connection VALUES ('bench', 'api', 'https://api.example', ?)`).run(start)
  const conversation = db.prepare(
    `INSERT INTO conversation (id, connection_id, title, title_key, title_source, leaf_id, message_count, activity, created_at, updated_at)
     VALUES (?, 'bench', ?, ?, 'local', ?, ?, ?, ?, ?)`,
  )
  const message = db.prepare(
    `INSERT INTO message (seq, id, conversation_id, parent_id, depth, turn_id, role, status, created_at, ended_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, 'complete', ?, ?)`,
  )
  const revision = db.prepare(`INSERT INTO message_revision VALUES (?, ?, 1, ?, ?)`)
  const part = db.prepare(
    `INSERT INTO message_part (seq, revision_id, position, kind, text, cjk) VALUES (?, ?, 0, 'text', ?, ?)`,
  )
  const random = createRandom(messages)
  const one = (seq: number, place: { id: string; conversationId: string; parentId: string | null; depth: number }) => {
    const at = start + seq * 1_000
    const role = place.depth % 2 === 0 ? 'user' : 'assistant'
    const revisionId = randomUUID()
    const text = textOf(random, words)
    message.run(seq, place.id, place.conversationId, place.parentId, place.depth, randomUUID(), role, at, at)
    revision.run(revisionId, place.id, role === 'user' ? 'person' : 'model', at)
    part.run(seq, revisionId, text, cjkTerms(text))
  }
  for (let from = 0; from < messages; from += 20_000) {
    db.transaction(() => {
      for (let first = from; first < Math.min(messages, from + 20_000); first += perConversation) {
        const count = Math.min(perConversation, messages - first)
        const ids = Array.from({ length: count }, () => randomUUID())
        const conversationId = randomUUID()
        const title = textOf(random, 5)
        const at = start + first * 1_000
        conversation.run(conversationId, title, searchKey(title), ids.at(-1), count, first + 1, at, at)
        for (const [depth, id] of ids.entries())
          one(first + depth + 1, { id, conversationId, parentId: ids[depth - 1] ?? null, depth })
      }
    })()
  }
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  db.close()
  return file
}
