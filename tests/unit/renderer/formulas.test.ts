import type { Token } from 'marked'
import { describe, expect, test } from 'vitest'
import { finishedBlocks } from '../../../renderer/src/features/thread/markdown/blocks.ts'
import { tableCsv } from '../../../renderer/src/features/thread/markdown/csv.ts'
import { decodeEntities, loadEntities } from '../../../renderer/src/features/thread/markdown/entities.ts'
import { createLiveBlocks } from '../../../renderer/src/features/thread/markdown/live-blocks.ts'

function formulas(tokens: readonly Token[]): string[] {
  return tokens.flatMap((token) => {
    if (token.type === 'math') return [`${token.isDisplay ? 'D' : 'I'} ${String(token.tex).trim()}`]
    return [
      ...('tokens' in token && token.tokens ? formulas(token.tokens) : []),
      ...(token.type === 'list' ? formulas(token.items) : []),
      ...(token.type === 'table' ? formulas([...token.header, ...token.rows.flat()] as Token[]) : []),
    ]
  })
}

const inText = (text: string) => formulas((finishedBlocks(text) ?? []).flatMap(({ token }) => token ?? []))

describe('formulas', () => {
  test.each([
    ['$x$ and $y_1$', ['I x', 'I y_1']],
    ['\\(a*b*c\\) *so*', ['I a*b*c']],
    ['*$a*b$ is*', ['I a*b']],
    ['_$a_1$ and $b_2$_', ['I a_1', 'I b_2']],
    ['$$E = mc^2$$', ['D E = mc^2']],
    ['Text:\n$$\na\n+ b\n= c\n$$\nmore', ['D a\n+ b\n= c']],
    ['\\[\na\n- b\n\\]', ['D a\n- b']],
    ['- item $$x$$\n- \\[y\\]', ['D x', 'D y']],
    ['| $a$ | b |\n|--|--|\n| \\(c\\) | d |', ['I a', 'I c']],
    ['$\\$5$', ['I \\$5']],
    ['- a\n\n  $$\n  x\n  $$', ['D x']],
  ])('%s', (text, expected) => {
    expect(inText(text)).toEqual(expected)
  })

  test.each([
    'It costs $5 and $10.',
    'Between $5 and $10, or $20k',
    '$5, or 10$ each',
    '$5-$10',
    '$ x $',
    '$x $',
    '\\$x$ and \\$y$',
    '`$x$`',
    '```\n$$x$$\n```',
    '    $$x$$',
    'Set `$HOME` and $PATH to `$x`',
    '$a\n\nb$',
    '$$\n\na$$',
    '$$$$',
    '\\\\(x\\\\)',
  ])('none in %s', (text) => {
    expect(inText(text)).toEqual([])
  })

  test('that are still being written are not taken for lists', () => {
    const live = createLiveBlocks()
    const text = 'So:\n\n$$\na\n+ b\n- c\n$$\n\nDone'
    const types = new Set<string | undefined>()
    for (let at = 1; at <= text.length; at += 1)
      for (const { token } of live.advance(text.slice(0, at))) types.add(token?.type)
    expect([...types].toSorted()).toEqual(['math', 'paragraph', 'unfinishedMath'])
  })
})

test('footnotes are numbered in the order of their marks', () => {
  const blocks = finishedBlocks('A[^b] and[^a] and[^b] and[^none].\n\n[^a]: First\n    more\n\n[^b]: Second') ?? []
  const notes = blocks.flatMap(({ token }) => (token?.type === 'footnote' ? [token] : []))
  expect(notes.map(({ label, number }) => [label, number])).toEqual([
    ['a', 2],
    ['b', 1],
  ])
  expect(JSON.stringify(blocks[0]?.token)).toContain('[^none]')
})

test('a table as CSV, without formulas that would run', () => {
  const [block] = finishedBlocks('| a, "b" | **c** |\n|--|--|\n| =1+1 | -5 |\n| @x | -x&amp;`y` |') ?? []
  if (block?.token?.type !== 'table') throw new Error('no table')
  expect(tableCsv(block.token as Parameters<typeof tableCsv>[0])).toBe('"a, ""b""",c\r\n\'=1+1,-5\r\n\'@x,\'-x&y\r\n')
})

test('every named reference of HTML is known', async () => {
  await loadEntities()
  expect(decodeEntities('&AElig;&CounterClockwiseContourIntegral;&fjlig;&NotEqualTilde;&nope;')).toBe('Æ∳fj≂̸&nope;')
})
