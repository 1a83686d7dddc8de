import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { AttemptId, ConversationId, MessageId, TurnId } from '../../electron/contract/ids.ts'
import { createConversation, renameConversation } from '../../electron/main/store/conversations.ts'
import { transact } from '../../electron/main/store/database.ts'
import { appendEntry, insertAttempt, noUsage } from '../../electron/main/store/ledger.ts'
import { openStore } from '../../electron/main/store/opening.ts'
import { connectionFor } from '../../electron/main/store/settings.ts'

/** A request of some days ago. `credits: null`: it was cut, and nobody has said what it cost. */
export interface OldRequest {
  daysAgo: number
  title: string
  credits: number | null
}

const dayMs = 86_400_000
const reservedNanoUsd = 33_700_000

/** Writes a store with requests of earlier days, with the store's own functions, before Parley is started on it. */
export function writeOldBooks(profile: string, origin: string, requests: readonly OldRequest[]): void {
  mkdirSync(profile, { recursive: true, mode: 0o700 })
  const now = Date.now()
  const { db, keeper } = openStore({
    file: join(profile, 'store.db'),
    storeId: randomUUID(),
    at: now,
    now: () => now,
    onTrouble(what, cause) {
      throw new Error(`trouble with ${what}`, { cause })
    },
  })
  const connectionId = connectionFor(db, { kind: 'api', origin, at: now })
  const chats = new Map<string, ConversationId>()
  const chatOf = (title: string) => {
    const known = chats.get(title)
    if (known) return known
    const { id } = createConversation(db, { connectionId, at: now })
    renameConversation(db, { conversationId: id, title })
    chats.set(title, id)
    return id
  }
  for (const { daysAgo, title, credits } of requests.toSorted((a, b) => b.daysAgo - a.daysAgo)) {
    const id = randomUUID() as AttemptId
    const at = now - daysAgo * dayMs
    const entry = { attemptId: id, usage: noUsage, inferenceId: null, requestId: null, at }
    const times = { firstByteMs: null, firstTokenMs: null, totalMs: null }
    const conversationId = chatOf(title)
    transact(db, () => {
      insertAttempt(db, {
        id,
        connectionId,
        purpose: 'reply',
        turnId: randomUUID() as TurnId,
        number: 1,
        conversationId,
        messageId: randomUUID() as MessageId,
        priceId: null,
        manifest: {},
        startedAt: at,
        day: new Date(at).toISOString().slice(0, 10),
      })
      const reserved = { kind: 'reserve', source: 'upper-bound', nanoUsd: reservedNanoUsd, credits: null } as const
      appendEntry(db, { ...entry, ...times, ...reserved, outcome: 'reserved' })
      const settled = credits === null ? null : credits * 500
      const source = credits === null ? 'unknown' : 'billed'
      const outcome = credits === null ? 'aborted' : 'stop'
      appendEntry(db, { ...entry, ...times, kind: 'settle', source, nanoUsd: settled, credits, outcome })
    })
  }
  keeper.afterWrite()
  keeper.close()
}
