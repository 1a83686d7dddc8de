import { expect, test } from 'vitest'
import { readCitations } from '../../../electron/main/store/citations.ts'

test('sources of both forms are read, in order', () => {
  const stored = JSON.stringify([
    {
      type: 'url_citation',
      url_citation: { url: 'https://example.org/a', title: ' A ', start_index: 2, end_index: 5 },
    },
    { type: 'url_citation', url: 'http://example.org', title: '' },
  ])
  expect(readCitations(stored, 10)).toEqual([
    { url: 'https://example.org/a', title: 'A', start: 2, end: 5 },
    { url: 'http://example.org/', title: 'example.org', start: null, end: null },
  ])
})

test.each([
  ['not JSON', '{'],
  ['no list', '{"type":"url_citation"}'],
  ['nothing', '[null, 1, "x", {}]'],
  ['another kind', '[{"type":"file_citation","url":"https://example.org"}]'],
  ['no address', '[{"type":"url_citation","url":"example"}]'],
  ['another scheme', '[{"type":"url_citation","url":"javascript:alert(1)"},{"type":"url_citation","url":"file:///x"}]'],
])('%s is no source', (_, stored) => {
  expect(readCitations(stored, 10)).toEqual([])
})

test('places outside of the text are not believed', () => {
  const at = (start: unknown, end: unknown) =>
    readCitations(
      JSON.stringify([{ type: 'url_citation', url: 'https://example.org', start_index: start, end_index: end }]),
      10,
    )[0]
  expect(at(3, 11)).toMatchObject({ start: null, end: null })
  expect(at(-1, 2)).toMatchObject({ start: null, end: null })
  expect(at(5, 2)).toMatchObject({ start: null, end: null })
  expect(at('1', 2)).toMatchObject({ start: null, end: null })
})

test('however many there are, a hundred are handed on', () => {
  const many = Array.from({ length: 500 }, () => ({ type: 'url_citation', url: 'https://example.org' }))
  expect(readCitations(JSON.stringify(many), 0)).toHaveLength(100)
})
