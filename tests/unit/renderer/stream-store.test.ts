import { describe, expect, test } from 'vitest'
import type { ConversationId, MessageId } from '../../../electron/contract/ids.ts'
import type { TurnSnapshot } from '../../../electron/contract/routes/turns.ts'
import { join } from '../../../renderer/src/streams/live-text.ts'
import { createStreamStore } from '../../../renderer/src/streams/stream-store.ts'

const conversationId = 'c' as ConversationId
const messageId = 'm' as MessageId

const snapshot = (more: Partial<TurnSnapshot> = {}): TurnSnapshot => ({
  conversationId,
  messageId,
  phase: 'streaming',
  text: '',
  reasoning: '',
  thinkingMs: null,
  attempt: 1,
  retryAt: null,
  quietSince: null,
  upToNanoUsd: 1_000,
  ...more,
})

function house() {
  const frames: (() => void)[] = []
  const answers: ((running: TurnSnapshot[] | null) => void)[] = []
  const store = createStreamStore({
    onFrame: (draw) => frames.push(draw),
    askRunning: () => new Promise((resolve) => answers.push(resolve)),
  })
  const delta = (offset: number, text: string, kind: 'content' | 'reasoning' = 'content') =>
    store.apply({ name: 'turn.delta', conversationId, messageId, kind, offset, text, thinkingMs: null })
  const draw = () => frames.splice(0).forEach((frame) => frame())
  const answer = async (running: TurnSnapshot[] | null) => {
    answers.shift()?.(running)
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { store, frames, answers, delta, draw, answer, text: () => store.get(messageId)?.text }
}

describe('a delta', () => {
  test('grows the text it follows', () =>
    expect(join('ab', { offset: 2, text: 'cd' })).toEqual({ kind: 'grown', text: 'abcd' }))
  test('that is known adds nothing', () => expect(join('abcd', { offset: 1, text: 'bc' })).toEqual({ kind: 'known' }))
  test('that overlaps adds what is new', () =>
    expect(join('abc', { offset: 2, text: 'cd' })).toEqual({ kind: 'grown', text: 'abcd' }))
  test('beyond the end is a gap', () => expect(join('ab', { offset: 3, text: 'd' })).toEqual({ kind: 'gap' }))
})

describe('running replies', () => {
  test('an answer that is older than what came meanwhile takes nothing back', async () => {
    const { store, draw, answer } = house()
    const phases = () => store.get(messageId)?.phase
    const progress = { conversationId, messageId, attempt: 1, retryAt: null, quietSince: null } as const
    store.apply({ name: 'turn.started', conversationId, messageId })
    store.apply({ name: 'turn.progressed', phase: 'waiting', ...progress })
    draw()
    expect(phases()).toBe('waiting')
    await answer([snapshot({ phase: 'sending' })])
    draw()
    expect(phases()).toBe('waiting')
    expect(store.get(messageId)?.upToNanoUsd).toBe(1_000)
  })

  test('are told once per frame', () => {
    const { store, frames, delta, draw, text } = house()
    let told = 0
    store.subscribe(() => (told += 1))
    delta(0, 'One ')
    delta(4, 'two ')
    delta(8, 'three')
    expect([frames.length, told, text()]).toEqual([1, 0, undefined])
    draw()
    expect([told, text()]).toEqual([1, 'One two three'])
  })

  test('keep thoughts and text apart', () => {
    const { store, delta, draw } = house()
    delta(0, 'Hm', 'reasoning')
    delta(0, 'Yes')
    draw()
    expect(store.get(messageId)).toMatchObject({ text: 'Yes', reasoning: 'Hm', phase: 'streaming' })
  })

  test('that miss something ask main, once, and take up what came meanwhile', async () => {
    const { delta, draw, answer, answers, text } = house()
    delta(0, 'One ')
    delta(8, 'three ')
    delta(14, 'four ')
    expect(answers).toHaveLength(1)
    await answer([snapshot({ text: 'One two three ' })])
    draw()
    expect(text()).toBe('One two three four ')
  })

  test('ask again when the answer does not close the gap', async () => {
    const { delta, draw, answer, answers, text } = house()
    delta(8, 'three')
    await answer([snapshot({ text: 'One' })])
    delta(13, ' four')
    expect(answers).toHaveLength(1)
    await answer([snapshot({ text: 'One two three four' })])
    draw()
    expect(text()).toBe('One two three four')
  })

  test('are asked for when events were lost, and those that ended elsewhere go', async () => {
    const { store, delta, draw, answer } = house()
    delta(0, 'One')
    draw()
    store.apply({ name: 'events.lost' })
    await answer([])
    draw()
    expect(store.get(messageId)).toBeUndefined()
  })

  test('stay when main cannot be asked', async () => {
    const { store, delta, draw, answer, text } = house()
    delta(0, 'One')
    store.apply({ name: 'events.lost' })
    await answer(null)
    draw()
    expect(text()).toBe('One')
  })

  test('stay after their end until the stored message is there, and do not come back', async () => {
    const { store, delta, draw, answer, text } = house()
    delta(0, 'One')
    void store.resync()
    store.apply({ name: 'turn.ended', conversationId, messageId })
    draw()
    expect(text()).toBe('One')
    store.forget(messageId)
    await answer([snapshot({ text: 'One' })])
    draw()
    expect(text()).toBeUndefined()
  })

  test('that only settle their price take no more text and keep nobody waiting', () => {
    const { store, delta, draw, text } = house()
    delta(0, 'One')
    draw()
    expect(store.ofConversation(conversationId)?.messageId).toBe(messageId)
    store.apply({
      name: 'turn.progressed',
      conversationId,
      messageId,
      phase: 'settling',
      attempt: 1,
      retryAt: null,
      quietSince: null,
    })
    delta(3, ' two')
    draw()
    expect([text(), store.ofConversation(conversationId)]).toEqual(['One', undefined])
  })
})
