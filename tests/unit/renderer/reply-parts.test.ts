import type { Token, Tokens } from 'marked'
import { describe, expect, test } from 'vitest'
import { alertOf } from '../../../renderer/src/features/thread/markdown/alerts.tsx'
import { finishedBlocks } from '../../../renderer/src/features/thread/markdown/blocks.ts'
import { dropDangling } from '../../../renderer/src/features/thread/markdown/dangling.ts'
import { inlineText } from '../../../renderer/src/features/thread/markdown/inline-text.ts'
import { directionOf } from '../../../renderer/src/features/thread/markdown/direction.ts'
import {
  sourcesOf,
  withoutSourceMarks,
  withSourceMarks,
} from '../../../renderer/src/features/thread/markdown/source-marks.ts'

const first = (markdown: string) => finishedBlocks(markdown)?.[0]?.token as Token

describe('alerts', () => {
  const read = (markdown: string) => {
    const alert = alertOf(first(markdown) as Tokens.Blockquote)
    return alert && [alert.kind, ...alert.tokens.map((token) => inlineText((token as Tokens.Paragraph).tokens ?? []))]
  }
  test.each([
    ['> [!NOTE]\n> Read *this*.', ['note', 'Read this.']],
    ['> [!warning]\n> **Hot**\n>\n> Very.', ['warning', 'Hot', '', 'Very.']],
    ['> [!TIP]  \n> Stir.', ['tip', 'Stir.']],
    ['> [!CAUTION]', ['caution']],
    ['> [!IMPORTANT]\n>\n> Later.', ['important', '', 'Later.']],
  ])('%j', (markdown, parts) => expect(read(markdown)?.map((part) => part.trim())).toEqual(parts))
  test.each(['> [!NOTES]\n> x', '> [!NOTE] on the same line\n> x', '> [!NOTE]**x**', '> x\n> [!NOTE]', '> # [!NOTE]'])(
    '%j is a quotation',
    (markdown) => expect(read(markdown)).toBeNull(),
  )
})

test.each([
  ['- 1. שלום', 'rtl'],
  ['> "مرحبا" hello', 'rtl'],
  ['- hello שלום', 'ltr'],
  ['- 42', 'ltr'],
])('the direction of %j is %s', (text, direction) => expect(directionOf(text)).toBe(direction))

describe('a reply that broke off', () => {
  const drawn = (markdown: string) =>
    dropDangling(finishedBlocks(markdown) ?? []).map(({ token }) =>
      token?.type === 'list' ? (token as Tokens.List).items.map(({ tokens }) => tokens.length) : token?.type,
    )
  test.each([
    ['- one\n- ', [[1]]],
    ['Here:\n\n- ', ['paragraph']],
    ['1. one\n2. two\n3.', [[1, 1]]],
    ['- one\n  - two\n  - ', [[2]]],
    ['- one\n  - ', [[1]]],
    ['Text\n\n## ', ['paragraph']],
    ['- one\n- two', [[1, 1]]],
    ['```\n- one\n- ', ['code']],
  ])('%j', (markdown, blocks) => expect(drawn(markdown)).toEqual(blocks))
})

describe('marks of sources', () => {
  const source = (at: number | null, url = 'https://example.org/') => ({
    url,
    title: 'x',
    start: at === null ? null : Math.max(0, at - 1),
    end: at,
  })
  const other = 'https://example.com/'

  test('stand where the provider says, under the number of their address', () => {
    const citations = [source(3), source(7, other), source(7), source(null)]
    expect(sourcesOf(citations).map(({ url }) => url)).toEqual(['https://example.org/', other])
    expect(withSourceMarks('One two three', citations)).toBe('One⁅1⁆ two⁅2⁆⁅1⁆ three')
    expect(withoutSourceMarks('One⁅1⁆ two ⁅2⁆⁅1⁆ three')).toBe('One two three')
  })
  test('never go into an address, nor into a text that has such brackets, nor beside a mark', () => {
    expect(withSourceMarks('See https://a.example/b', [source(23)])).toBe('See https://a.example/b ⁅1⁆')
    expect(withSourceMarks('A ⁅ b', [source(1)])).toBe('A ⁅ b')
    expect(withSourceMarks('So [1].', [{ ...source(6), start: 3 }])).toBe('So [1].')
  })
  test('never stand at the beginning of a line, nor where they would change what a line is', () => {
    expect(withSourceMarks('One.\n\n- two', [{ ...source(6), start: 0 }])).toBe('One.⁅1⁆\n\n- two')
    expect(withSourceMarks('> [!NOTE]\n> x', [{ ...source(0), start: 0 }])).toBe('> [!NOTE]\n> x')
    for (const text of ['```\ncode\n```\n', '| a |\n| - |\n| b |\n', 'Title\n===\n', '***\n'])
      expect(withSourceMarks(text, [{ ...source(text.length), start: 0 }])).toBe(text)
  })
  test('are read where they stand, and what models write too, as far as there are sources', () => {
    const numbers = (text: string, count: number): number[] => {
      const walk = (tokens: readonly Token[]): number[] =>
        tokens.flatMap((token) =>
          token.type === 'sourceMark' ? [token['number'] as number] : walk((token as Tokens.Paragraph).tokens ?? []),
        )
      return walk((finishedBlocks(text, count) ?? []).flatMap(({ token }) => token ?? []))
    }
    expect(numbers('A **claim**⁅2⁆ and another [1], not [3].', 2)).toEqual([2, 1])
    expect(numbers('A claim [1].', 0)).toEqual([])
    expect(numbers('`code ⁅1⁆ [1]` and [1](https://example.org) and [1][x]', 2)).toEqual([])
    expect(numbers('A [1].\n\n[1]: https://example.org', 2)).toEqual([])
  })
})
