import BetterSqlite3 from 'better-sqlite3'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { TurnId } from '../../electron/contract/ids.ts'
import { startHouse } from '../helpers/turns-house.ts'

it('at the moment a piece is published it is committed, as another connection sees it', async () => {
  const house = await startHouse()
  const other = new BetterSqlite3(join(house.folder, 'store.db'), { readonly: true })
  const find = other.prepare<[string, string, number], { text: string }>(
    'SELECT text FROM message_delta WHERE message_id = ? AND kind = ? AND start = ?',
  )
  let published = 0
  const push = house.events.push.bind(house.events)
  house.events.push = (...events) => {
    for (const event of events) {
      if (event.name !== 'turn.delta') continue
      published += 1
      expect(find.get(event.messageId, event.kind, event.offset)?.text).toBe(event.text)
    }
    return push(...events)
  }
  house.provider.setDefault({ tokens: 300, delayMs: 2, reasoning: 'Thinking of it.', reasoningAs: 'reasoning' })
  const conversationId = await house.conversation()
  const { replyMessageId } = await house.turns.send({ turnId: randomUUID() as TurnId, conversationId, text: 'Go' })
  const reply = await house.ended(replyMessageId)
  expect(published).toBeGreaterThan(5)
  expect(reply.text).toBe(house.shown(replyMessageId))
  expect(reply.reasoning).toBe('Thinking of it.')
  expect(house.errors).toEqual([])
  other.close()
  await house.close()
})
