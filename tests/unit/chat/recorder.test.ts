import fc from 'fast-check'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { ParleyEvent } from '../../../electron/contract/events.ts'
import type { AttemptId, ConversationId, MessageId } from '../../../electron/contract/ids.ts'
import { createRecorder } from '../../../electron/main/chat/recorder.ts'
import type { Delta, EventBatch } from '../../../electron/main/store/turns.ts'

const conversationId = 'c' as ConversationId
const attemptId = 'a' as AttemptId

function workshop(commitMs = 0) {
  const commits: { deltas: Delta[]; events: EventBatch[]; at: number }[] = []
  const published: Extract<ParleyEvent, { name: 'turn.delta' }>[] = []
  const failed: MessageId[] = []
  const state = { isFull: false, stored: '' }
  const recorder = createRecorder({
    async append(input) {
      await pause(commitMs)
      if (state.isFull) throw new Error('disk full')
      commits.push({ ...input, at: performance.now() })
      state.stored += input.deltas.map((delta) => delta.text).join('')
    },
    publish(event) {
      if (event.name !== 'turn.delta') return
      published.push(event)
      // Stored before shown: what is published is already in the store.
      expect(state.stored).toContain(event.text)
    },
    now: () => 1,
    onFailed: (recording) => void failed.push(recording.messageId),
  })
  return { recorder, commits, published, failed, state }
}

describe('the recorder', () => {
  it('commits the first delta at once, then gathers a tick', async () => {
    const { recorder, commits } = workshop()
    const recording = recorder.open(conversationId, 'm' as MessageId)
    recording.add(attemptId, 'raw', 'first', '')
    // A timer of 33 ms set now is later than the one of the first delta.
    await pause(33)
    expect(commits.map(({ deltas }) => deltas[0]?.text)).toEqual(['first'])
    for (let piece = 0; piece < 20; piece++) {
      recording.add(attemptId, `raw ${piece}`, 'x', '')
      await pause(4)
    }
    await recording.flush()
    expect(recording.text).toBe(`first${'x'.repeat(20)}`)
    expect(commits.length).toBeGreaterThan(2)
    expect(commits.length).toBeLessThan(20)
  })

  it('stretches the tick on a slow disk, to a quarter of a second at most', async () => {
    const { recorder, commits } = workshop(60)
    const recording = recorder.open(conversationId, 'm' as MessageId)
    for (let piece = 0; piece < 100; piece++) {
      recording.add(attemptId, 'raw', 'x', '')
      await pause(6)
    }
    await recording.flush()
    const gaps = commits.slice(2, -1).map((commit, place) => commit.at - (commits[place + 1]?.at ?? 0))
    expect(Math.min(...gaps)).toBeGreaterThan(120)
    expect(recording.text).toBe('x'.repeat(100))
  })

  it('gathers all running replies into one commit, with offsets that fit', async () => {
    const { recorder, commits, published } = workshop(5)
    const ids = ['m1', 'm2', 'm3'] as MessageId[]
    const recordings = ids.map((id) => recorder.open(conversationId, id))
    for (let piece = 0; piece < 30; piece++) {
      for (const recording of recordings)
        recording.add(`${recording.messageId}` as unknown as AttemptId, 'raw', `${piece},`, '')
      await pause(1)
    }
    for (const recording of recordings) await recording.flush()
    expect(commits.some(({ deltas }) => deltas.length === 3)).toBe(true)
    for (const recording of recordings) {
      let text = ''
      for (const event of published.filter(({ messageId }) => messageId === recording.messageId)) {
        expect(event.offset).toBe(text.length)
        text += event.text
      }
      expect(text).toBe(recording.text)
    }
  })

  it('shows nothing that could not be stored, and says whose it was', async () => {
    const { recorder, published, failed, state } = workshop()
    const recording = recorder.open(conversationId, 'm' as MessageId)
    recording.add(attemptId, 'raw', 'kept', '')
    await recording.flush()
    state.isFull = true
    recording.add(attemptId, 'raw', 'lost', '')
    await recording.flush()
    expect(failed).toEqual(['m'])
    expect(published.map(({ text }) => text)).toEqual(['kept'])
    expect(recording.text).toBe('kept')
  })

  it('after hide: the events are stored, the text is not shown', async () => {
    const { recorder, commits, published } = workshop()
    const recording = recorder.open(conversationId, 'm' as MessageId)
    recording.add(attemptId, 'one', 'shown', '')
    await recording.flush()
    recording.hide()
    recording.add(attemptId, 'two', 'hidden', '')
    await recording.flush()
    expect(published.map(({ text }) => text)).toEqual(['shown'])
    expect(commits.flatMap(({ events }) => events.flatMap(({ data }) => data))).toEqual(['one', 'two'])
  })

  it('keeps every event in order under one number each, whatever the rhythm', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ wait: fc.nat(6), text: fc.string() }), { maxLength: 30 }),
        async (pieces) => {
          const { recorder, commits } = workshop(1)
          const recording = recorder.open(conversationId, 'm' as MessageId)
          for (const [place, { wait, text }] of pieces.entries()) {
            recording.add(attemptId, `raw ${place}`, text, '')
            if (wait > 3) await pause(wait)
          }
          await recording.flush()
          const batches = commits.flatMap(({ events }) => events)
          expect(batches.map(({ number }) => number)).toEqual(batches.map((_, place) => place))
          expect(batches.flatMap(({ data }) => data)).toEqual(pieces.map((_, place) => `raw ${place}`))
          expect(recording.text).toBe(pieces.map(({ text }) => text).join(''))
        },
      ),
      { numRuns: 30 },
    )
  })
})
