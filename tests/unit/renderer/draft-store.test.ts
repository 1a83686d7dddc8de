import { describe, expect, test } from 'vitest'
import type { ConversationId } from '../../../electron/contract/ids.ts'
import { createDraftStore } from '../../../renderer/src/data/draft-store.ts'
import { textAfterSend, whyNotSend } from '../../../renderer/src/features/composer/sending.ts'

const id = 'c' as ConversationId

function house(works = () => true) {
  const saved: string[] = []
  const timers = new Set<() => void>()
  const store = createDraftStore({
    async save(_, text) {
      if (!works()) return false
      saved.push(text)
      return true
    },
    wait(work) {
      timers.add(work)
      return () => timers.delete(work)
    },
  })
  store.read(id, '')
  const pass = async () => {
    const due = [...timers]
    timers.clear()
    for (const work of due) work()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { store, saved, pass }
}

describe('a draft', () => {
  test('is here at once and saved once typing pauses', async () => {
    const { store, saved, pass } = house()
    store.set(id, 'a')
    store.set(id, 'ab')
    expect([store.get(id), saved, store.unsaved()]).toEqual(['ab', [], ['ab']])
    await pass()
    expect([saved, store.unsaved()]).toEqual([['ab'], []])
  })

  test('is saved at once when the window goes away', async () => {
    const { store, saved } = house()
    store.set(id, 'a')
    store.flush()
    await Promise.resolve()
    expect(saved).toEqual(['a'])
  })

  test('that changes while it is being saved is saved again, with the newest text', async () => {
    const answers: (() => void)[] = []
    const saved: string[] = []
    const store = createDraftStore({
      async save(_, text) {
        saved.push(text)
        await new Promise<void>((resolve) => answers.push(resolve))
        return true
      },
      wait: () => () => undefined,
    })
    store.read(id, '')
    store.set(id, 'a')
    store.flush()
    store.set(id, 'ab')
    store.flush()
    store.set(id, 'abc')
    store.flush()
    expect(saved).toEqual(['a'])
    answers.shift()?.()
    await new Promise((resolve) => setImmediate(resolve))
    expect(saved).toEqual(['a', 'abc'])
    // The window closes while that is under way.
    store.set(id, 'abcd')
    store.flush()
    store.flushAtOnce()
    expect(saved).toEqual(['a', 'abc', 'abcd'])
  })

  test('that was begun before it was read follows what main had, and is saved only then', async () => {
    const { store, saved, pass } = house()
    const early = 'early' as ConversationId
    store.set(early, 'typed at once')
    await pass()
    expect([saved, store.unsaved()]).toEqual([[], ['typed at once']])
    store.read(early, 'half a thought')
    store.read(early, 'half a thought')
    await pass()
    expect([store.get(early), saved]).toEqual(['half a thought\ntyped at once', ['half a thought\ntyped at once']])
  })

  test('that could not be saved is kept, said, and tried again', async () => {
    let isWorking = false
    const { store, saved, pass } = house(() => isWorking)
    store.set(id, 'a')
    await pass()
    expect([store.get(id), store.hasFailed(), store.unsaved()]).toEqual(['a', true, ['a']])
    isWorking = true
    await pass()
    expect([saved, store.hasFailed(), store.unsaved()]).toEqual([['a'], false, []])
  })
})

test('what was typed while a message was sent stays', () => {
  expect(textAfterSend('Hello', 'Hello')).toBe('')
  expect(textAfterSend('Hello\nAnd more', 'Hello')).toBe('And more')
  expect(textAfterSend('Something else', 'Hello')).toBe('Something else')
})

test('Send says why it is disabled', () => {
  const now = {
    text: 'Hi',
    isRunning: false,
    isSending: false,
    canPay: true,
    isReadOnly: false,
    isKeychainLocked: false,
  }
  expect(whyNotSend(now)).toBeNull()
  expect(whyNotSend({ ...now, text: ' \n' })?.isObvious).toBe(true)
  expect(whyNotSend({ ...now, canPay: false })?.helps).toBe('key')
  expect(whyNotSend({ ...now, canPay: false, isKeychainLocked: true })?.text).toMatch(/keychain is locked/)
  expect(whyNotSend({ ...now, isReadOnly: true })?.text).toMatch(/read-only/)
  expect(whyNotSend({ ...now, text: 'a'.repeat(400_001) })?.text).toMatch(/400,000/)
})
