import { expect, test } from 'vitest'
import type { SearchHit } from '../../../electron/contract/routes/conversations.ts'
import { mergeHits } from '../../../renderer/src/text/merge-hits.ts'

const hit = (conversationId: string, messageId: string | null) =>
  ({ conversationId, messageId, title: conversationId, snippet: [], at: 1 }) as unknown as SearchHit
const names = (hits: SearchHit[]) => hits.map(({ conversationId, messageId }) => `${conversationId}${messageId ?? ''}`)

test('a chat found by title and message is listed once, in the title’s place, and opens at the message', () => {
  const hits = [hit('a', null), hit('b', null), hit('c', '1'), hit('b', '2'), hit('b', '3')]
  expect(names(mergeHits(hits))).toEqual(['a', 'b2', 'c1', 'b3'])
})

test('nothing else is left out or moved', () => {
  const hits = [hit('a', '1'), hit('a', '2'), hit('b', '3')]
  expect(mergeHits(hits)).toEqual(hits)
})
