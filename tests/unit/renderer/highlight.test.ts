import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createHighlighter, type Highlighter } from '../../../renderer/src/features/thread/markdown/code/highlight.ts'
import { createCode } from '../../../renderer/src/features/thread/markdown/code/use-colours.ts'
import {
  highlighterFor,
  languageOf,
  loadLanguage,
} from '../../../renderer/src/features/thread/markdown/code/languages.ts'

const code = `import { a } from 'b'
/* A comment
   of three
   lines. */
export const text = \`one \${a + 1}
two\`

function go(count: number): string {
  return count > 3 ? "x" : text // end
}
`

async function make(language: string): Promise<Highlighter> {
  await loadLanguage(language)
  const hljs = highlighterFor(language)
  if (!hljs) throw new Error(`${language} did not load`)
  return createHighlighter(hljs, language)
}

const written = (highlighter: Highlighter) =>
  highlighter
    .groups()
    .flat()
    .map((line) => `${line.map((run) => run.text).join('')}\n`)
    .join('')

const drawn = (highlighter: Highlighter) => highlighter.groups().flat()

describe('colours', () => {
  test('tell apart what the grammar knows, and keep every character', async () => {
    const highlighter = await make('typescript')
    expect(highlighter.advance(code, true, 1_000)).toBe(true)
    expect(written(highlighter)).toBe(code)
    const kinds = new Set(drawn(highlighter).flatMap((line) => line.map((run) => run.kind)))
    for (const kind of ['keyword', 'string', 'comment', 'number', 'title']) expect(kinds).toContain(kind)
  })

  test('are the same when the code arrives in pieces', async () => {
    const whole = await make('typescript')
    whole.advance(code, true, 1_000)
    const sizes = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 20 })
    const hljs = highlighterFor('typescript')
    if (!hljs) throw new Error('not loaded')
    fc.assert(
      fc.property(sizes, (pieces) => {
        const growing = createHighlighter(hljs, 'typescript')
        for (let at = 0, turn = 0; at < code.length; turn += 1) {
          at += pieces[turn % pieces.length] ?? 1
          growing.advance(code.slice(0, at), false, 1_000)
          expect(code.startsWith(written(growing))).toBe(true)
        }
        growing.advance(code, true, 1_000)
        expect(drawn(growing)).toEqual(drawn(whole))
      }),
      { numRuns: 30 },
    )
  })

  test('of what was taken for whole, and grows after all, lose no line and make none', async () => {
    await loadLanguage('typescript')
    const block = createCode()
    block.read(code.slice(0, code.indexOf('text') + 2), 'typescript', false, 0)
    block.read(code.slice(0, code.indexOf('count') + 2), 'typescript', true, 0)
    const { groups } = block.read(code, 'typescript', false, 0)
    expect(
      groups
        .flat()
        .map((line) => `${line.map(({ text }) => text).join('')}\n`)
        .join(''),
    ).toBe(code)
  })

  test('look at finished lines once: linear in the length', async () => {
    await loadLanguage('python')
    const hljs = highlighterFor('python')
    if (!hljs) throw new Error('not loaded')
    const time = (lines: number) => {
      const highlighter = createHighlighter(hljs, 'python')
      const line = 'def name(a, b): return a + 2 * b  # why\n'
      const started = performance.now()
      for (let count = 1; count <= lines; count += 1) highlighter.advance(line.repeat(count), false, 1_000)
      return (performance.now() - started) / lines
    }
    time(100)
    expect(time(1_200)).toBeLessThan(time(200) * 4 + 0.2)
  })

  test('of embedded languages and of long lines lose nothing', async () => {
    const html = '<script>\nlet a = 1\n</script>\n<style>\nb { color: red }\n</style>\n'
    const page = await make('xml')
    page.advance(html, true, 1_000)
    expect(written(page)).toBe(html)
    expect(drawn(page).flat()).toContainEqual({ text: 'let', kind: 'keyword' })
    const long = `${'a("b");'.repeat(2_000)}\nlet c\n`
    const script = await make('javascript')
    script.advance(long, true, 1_000)
    expect(written(script)).toBe(long)
  })

  test('finished groups keep their identity', async () => {
    const highlighter = await make('python')
    const lines = 'a = 1\n'.repeat(100)
    highlighter.advance(lines, false, 1_000)
    const [first] = highlighter.groups()
    highlighter.advance(`${lines}b = 2\n`, false, 1_000)
    expect(highlighter.groups()[0]).toBe(first)
  })
})

test.each([
  ['TS', 'typescript'],
  ['c++', 'cpp'],
  ['html', 'xml'],
  ['constructor', null],
  ['__proto__', null],
  ['brainfuck', null],
  ['', null],
])('the language %s is %s', (name, language) => {
  expect(languageOf(name)).toBe(language)
})
