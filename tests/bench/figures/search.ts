import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from '../../../electron/main/store/database.ts'
import { openDatabase } from '../../../electron/main/store/open.ts'
import { search } from '../../../electron/main/store/search.ts'
import { createRandom, fillForReading, wordOf } from '../filled-store.ts'
import { percentile, timed, type Figure, type Measured } from '../harness.ts'

/** Words typed letter by letter, some after another word, common and rare as people use them; and CJK ones. */
function typedQueries(): string[] {
  const random = createRandom(7)
  const word = () => wordOf(Math.floor(50_000 ** random()) - 1)
  const beginnings = (text: string, from: number) =>
    Array.from({ length: Math.max(0, text.length - from + 1) }, (_, place) => text.slice(0, from + place))
  const queries = ['学', '学习', '天气']
  for (let number = 0; number < 40; number++) {
    const first = word()
    queries.push(...beginnings(first, 2))
    if (number % 4 === 0) queries.push(...beginnings(word(), 1).map((second) => `${first} ${second}`))
  }
  return queries
}

/** The time of a search as one types, titles and messages and snippets, p95; the floor is fetching one row by its key. */
export function searchFigure(messages: number, target: number): Figure {
  let open: { db: Database; folder: string } | null = null
  const queries = typedQueries()
  const prepare = () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-bench-'))
    const file = fillForReading(folder, { messages })
    return { folder, db: openDatabase({ file, role: 'maintenance', mode: 'read-write' }) }
  }
  return {
    key: messages >= 1_000_000 ? 'search-large' : 'search',
    lines: [
      {
        number: '6',
        name: `search query alone, p95, ${messages.toLocaleString('en')} messages`,
        floor: 'one row by its key',
        unit: 'ms',
        target: { of: 'value', atMost: target },
      },
    ],
    measure() {
      const { db } = (open ??= prepare())
      const row = db.prepare('SELECT * FROM message_part WHERE seq = ?')
      const floors = queries.map((_, place) => timed(() => row.get(((place * 7919) % messages) + 1)).wallMs)
      const times = queries.map((query) => timed(() => search(db, { query, limit: 50 })))
      const measured: Measured = {
        value: percentile(
          times.map(({ wallMs }) => wallMs),
          0.95,
        ),
        floor: percentile(floors, 0.95),
        cpuMs: percentile(
          times.map(({ cpuMs }) => cpuMs),
          0.95,
        ),
      }
      return [measured]
    },
    close() {
      open?.db.close()
      if (open) rmSync(open.folder, { recursive: true, force: true })
    },
  }
}
