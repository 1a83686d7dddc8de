import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseAst } from 'vite'
import { expect, test } from 'vitest'

const folder = join(import.meta.dirname, '..', '..', '..', 'renderer', 'src')
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.tsx'))

/** Attributes that are read or heard. */
const spoken = new Set(
  [
    'aria-label',
    'aria-description',
    'aria-roledescription',
    'title',
    'placeholder',
    'alt',
    'label',
    'hint',
    'text',
  ].concat(['legend', 'sentence', 'closeLabel', 'confirmLabel', 'cancelLabel']),
)

interface Part {
  type?: string
  value?: unknown
  name?: unknown
}

/** Every text in JSX, and every attribute for people, that is written out where it is shown. */
function written(source: string): string[] {
  const found: string[] = []
  const visit = (part: unknown) => {
    if (Array.isArray(part)) part.forEach(visit)
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return
    const { type, value, name } = part as Part
    const literal = (value as Part | null)?.value
    if (type === 'JSXText') found.push(String(value).trim())
    if (type === 'JSXAttribute' && spoken.has(String((name as Part).name)) && typeof literal === 'string')
      found.push(literal)
    Object.values(part).forEach(visit)
  }
  visit(parseAst(source, { lang: 'tsx' }))
  return found.filter((text) => /\p{L}{2}/u.test(text))
}

test('the search finds what it should', () => {
  expect(written('const a = <p className="large">Hello there {name}, you</p>')).toEqual(['Hello there', ', you'])
  expect(written('const a = <Button aria-label="Close" look="quiet" />')).toEqual(['Close'])
  expect(written('const a = <p title={t.a}>{t.b} · {1 < 2 ? t.c : null}</p>')).toEqual([])
})

test.each(files)('%s shows no sentence of its own: they live in electron/contract/strings', (file) => {
  expect(written(readFileSync(join(folder, file), 'utf8'))).toEqual([])
})
