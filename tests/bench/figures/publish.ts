import { randomUUID } from 'node:crypto'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { AttemptId, ConversationId, MessageId } from '../../../electron/contract/ids.ts'
import { createRecorder } from '../../../electron/main/chat/recorder.ts'
import { startHouse, type House } from '../../helpers/turns-house.ts'
import type { TurnId } from '../../../electron/contract/ids.ts'
import { percentile, type Figure } from '../harness.ts'

let house: Promise<House> | null = null
const open = () => (house ??= startHouse())
const close = async () => {
  await (await house)?.close()
  house = null
}

const frameMs = 1000 / 60
const publishes = 60

/** Sends pieces one at a time through a recorder over this `append`; gives the median time from a commit's start to its publication. */
async function publishMs(
  append: (input: Parameters<Parameters<typeof createRecorder>[0]['append']>[0]) => Promise<void>,
  ids: { conversationId: ConversationId; messageId: MessageId },
): Promise<number> {
  const times: number[] = []
  let committedAt = 0
  const recorder = createRecorder({
    append(input) {
      committedAt = performance.now()
      return append(input)
    },
    publish: () => void times.push(performance.now() - committedAt),
    now: Date.now,
    onFailed: (_, error) => {
      throw error
    },
  })
  const recording = recorder.open(ids.conversationId, ids.messageId)
  for (let piece = 0; piece < publishes; piece++) {
    recording.add(randomUUID() as string as AttemptId, '', `piece ${piece} of a reply `, '')
    await recording.flush()
  }
  return percentile(times, 0.5)
}

/** Figure 10, first half: what storing before showing adds to one publication; the floor is a recorder that stores nothing. */
export const publishFigure: Figure = {
  key: 'publish',
  lines: [
    {
      number: '10',
      name: 'storing before showing, per publication',
      floor: 'nothing stored',
      unit: 'ms',
      target: { of: 'difference', atMost: frameMs },
    },
  ],
  async measure() {
    const { store, conversation } = await open()
    const conversationId = await conversation()
    const messageId = randomUUID() as string as MessageId
    await store.write.beginTurn({
      turnId: randomUUID() as TurnId,
      conversationId,
      parentId: null,
      text: 'Go',
      isContinuation: false,
      userMessageId: randomUUID() as string as MessageId,
      replyMessageId: messageId,
      at: Date.now(),
    })
    const floor = await publishMs(async () => undefined, { conversationId, messageId })
    const value = await publishMs((input) => store.write.appendReceived(input), { conversationId, messageId })
    const failure = { code: 'reply.ended-early', text: 'kept', money: 'not-charged' } as const
    await store.write.endBrokenTurn({ messageId, failure, at: Date.now() })
    return [{ value, floor }]
  },
  close,
}

/** Figure 10, second half: delay of main's event loop while three replies stream, the list is read and the store is checked. */
export const loopDelayFigure: Figure = {
  key: 'loop-delay',
  lines: [
    {
      number: '10',
      name: 'event-loop delay of main, p99, during heavy work',
      floor: 'idle',
      unit: 'ms',
      target: { of: 'value', atMost: 20 },
    },
  ],
  async measure() {
    const { store, conversation, turns, ended, provider } = await open()
    const watch = async (work: () => Promise<unknown>) => {
      const delay = monitorEventLoopDelay({ resolution: 1 })
      delay.enable()
      await work()
      delay.disable()
      return delay.percentile(99) / 1e6
    }
    const floor = await watch(() => new Promise((resolve) => setTimeout(resolve, 500)))
    provider.setDefault({ tokens: 600, delayMs: 1 })
    const value = await watch(async () => {
      const replies = []
      for (let number = 0; number < 3; number++) {
        const started = await turns.send({
          turnId: randomUUID() as TurnId,
          conversationId: await conversation(),
          text: 'Go',
        })
        replies.push(ended(started.replyMessageId))
      }
      await Promise.all([...replies, store.maintain.checkIntegrity(), store.read.listConversations()])
    })
    return [{ value, floor }]
  },
  close,
}
