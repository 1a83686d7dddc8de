import { describe, expect, test } from 'vitest'
import type { Message } from '../../../electron/contract/routes/conversations.ts'
import { joinNewest, refreshed, type ThreadWindow } from '../../../renderer/src/data/thread-window.ts'

const message = (id: number, text = `text ${id}`) => ({ id: `m${id}`, index: id, text }) as unknown as Message
const messages = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, place) => message(from + place))

const stretch = (from: number, to: number, total: number, more: Partial<ThreadWindow> = {}): ThreadWindow => ({
  messages: messages(from, to),
  hasMore: from > 0,
  hasNewer: to < total - 1,
  total,
  draft: '',
  ...more,
})

const ids = ({ messages: all }: ThreadWindow) => all.map(({ id }) => id)

describe('the newest page read again', () => {
  test('is all there is at first', () => {
    const newest = stretch(50, 99, 100)
    expect(joinNewest(undefined, newest)).toBe(newest)
  })
  test('keeps what was loaded before it, and whether there is more', () => {
    const joined = joinNewest(stretch(0, 99, 100), stretch(52, 101, 102, { draft: 'new' }))
    expect(ids(joined)).toEqual(messages(0, 101).map(({ id }) => id))
    expect(joined).toMatchObject({ hasMore: false, hasNewer: false, total: 102, draft: 'new' })
  })
  test('takes the place of what no longer meets it, such as another branch', () => {
    const newest = stretch(200, 249, 250)
    expect(joinNewest(stretch(0, 99, 100), newest)).toBe(newest)
    expect(joinNewest(stretch(0, 1, 2), { ...stretch(0, 0, 1), messages: [] }).messages).toEqual([])
  })
  test('that begins where the loaded one does is the newer truth', () => {
    const newest = { ...stretch(0, 1, 2), messages: [message(0, 'edited'), message(1)] }
    expect(joinNewest(stretch(0, 1, 2), newest)).toBe(newest)
  })
  test('leaves a stretch further up as it is, but for the draft', () => {
    const known = stretch(10, 60, 200)
    expect(joinNewest(known, stretch(150, 199, 200, { draft: 'new' }))).toEqual({ ...known, draft: 'new' })
  })
})

describe('messages read again', () => {
  test('are exchanged where they changed, and the others stay the objects they were', () => {
    const known = stretch(0, 9, 10)
    const now = refreshed(known, [message(2), message(3, 'its price came'), message(40)])
    expect(now.messages[3]?.text).toBe('its price came')
    expect(ids(now)).toEqual(ids(known))
    expect(now.messages.filter((each, at) => each !== known.messages[at])).toHaveLength(1)
  })
  test('that did not change change nothing', () => {
    const known = stretch(0, 9, 10)
    expect(refreshed(known, messages(0, 4))).toBe(known)
  })
})
