import { describe, expect, test } from 'vitest'
import type { ConversationId } from '../../../electron/contract/ids.ts'
import { extended, nonePicked, toggled } from '../../../renderer/src/features/sidebar/picking.ts'

const order = ['a', 'b', 'c', 'd', 'e'] as ConversationId[]
const [a, b, c, d, e] = order as [ConversationId, ConversationId, ConversationId, ConversationId, ConversationId]

describe('picking conversations', () => {
  test('one by one, and off again', () => {
    const two = toggled(toggled(nonePicked, b), d)
    expect(two.picked).toEqual([b, d])
    expect(toggled(two, b).picked).toEqual([d])
  })
  test('a range goes from the one that is open, either way', () => {
    expect(extended(nonePicked, d, order, b).picked).toEqual([b, c, d])
    expect(extended(nonePicked, a, order, c).picked).toEqual([a, b, c])
  })
  test('a range goes on from where it began, not from its end', () => {
    const wide = extended(nonePicked, e, order, b)
    expect(extended(wide, a, order, b).picked).toEqual([a, b])
    expect(extended(wide, c, order, e).picked).toEqual([b, c])
  })
  test('after one was picked by itself, the range goes from that one', () => {
    expect(extended(toggled(nonePicked, d), e, order, a).picked).toEqual([d, e])
  })
  test('with no beginning, or one that is gone, only the one itself', () => {
    expect(extended(nonePicked, c, order, null).picked).toEqual([c])
    expect(extended({ picked: [b], from: b }, d, [a, c, d], null).picked).toEqual([d])
  })
})
