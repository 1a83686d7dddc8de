import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Database } from '../../electron/main/store/database.ts'
import { exportColumns, exportLedger } from '../../electron/main/store/ledger-export.ts'
import { entryHash } from '../../electron/main/store/ledger.ts'
import { verifyLedger } from '../../scripts/verify-ledger.mjs'
import { fillStore, openHere, temporaryFolder } from '../helpers/store.ts'

function exported(db: Database, format: 'csv' | 'json'): string {
  let text = ''
  let cursor: string | null = null
  do {
    const page = exportLedger(db, { format, cursor })
    expect(Buffer.byteLength(page.text)).toBeLessThan(1024 * 1024)
    text += page.text
    cursor = page.cursor
  } while (cursor !== null)
  return text
}

function books(turns: number): Database {
  const { db } = openHere(temporaryFolder())
  fillStore(db, { turns, words: 2 })
  return db
}

describe.each(['csv', 'json'] as const)('an exported ledger as %s', (format) => {
  it.each([0, 1, 200, 401])('of %i turns is sound, over pages', (turns) => {
    const text = exported(books(turns), format)
    expect(verifyLedger(text)).toMatchObject({ isSound: true, rowCount: 2 * turns })
    if (format === 'json') expect(JSON.parse(text)).toHaveLength(2 * turns)
  })

  it('names the row in which one byte was altered, wherever it is', () => {
    const text = exported(books(6), format)
    const headEnd = text.indexOf('\n') + 1
    for (let place = 0; place < text.length; place += 3) {
      const code = text.charCodeAt(place)
      const altered = text.slice(0, place) + String.fromCharCode(code === 0x31 ? 0x32 : 0x31) + text.slice(place + 1)
      const row = place < headEnd ? 0 : text.slice(headEnd, place).split('\n').length
      const verdict = verifyLedger(altered)
      expect(verdict.isSound).toBe(false)
      if (!verdict.isSound) expect(verdict.row).toBe(Math.min(row, 12))
    }
  })

  it('notices a lost row, and rows that changed places', () => {
    const lines = exported(books(5), format).split('\n')
    expect(verifyLedger(lines.toSpliced(4, 1).join('\n'))).toMatchObject({ isSound: false, row: 4 })
    const swapped = lines.with(3, lines[4] ?? '').with(4, lines[3] ?? '')
    expect(verifyLedger(swapped.join('\n'))).toMatchObject({ isSound: false, row: 3 })
  })

  it('says so on the command line', () => {
    const file = join(temporaryFolder(), `ledger.${format}`)
    const text = exported(books(3), format)
    const run = (content: string) => {
      writeFileSync(file, content)
      return spawnSync(process.execPath, ['scripts/verify-ledger.mjs', file], { encoding: 'utf8' })
    }
    expect(run(text)).toMatchObject({ status: 0, stdout: expect.stringContaining('not a signature') as string })
    const broken = run(text.replace(/(.*\n.*\n.*)500/, '$1501'))
    expect(broken).toMatchObject({ status: 1, stderr: expect.stringContaining('row 2') as string })
  })
})

it('the store and the script hash an entry alike, and a text that a spreadsheet would run is marked', () => {
  const db = books(2)
  const text = exported(db, 'json')
  const [row] = JSON.parse(text) as Record<string, string | number | null>[]
  const values = Object.fromEntries(exportColumns.slice(0, 19).map((name) => [name, row?.[name] ?? null]))
  expect(entryHash(values)).toBe(row?.['hash'])
  db.prepare(`UPDATE connection SET origin = '=cmd|"x"!A1'`).run()
  const csv = exported(db, 'csv')
  expect(csv).toContain(`,"'=cmd|""x""!A1",`)
  expect(verifyLedger(csv)).toMatchObject({ isSound: true })
})
