import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Agent } from 'undici'
import type { ParleyEvent } from '../../electron/contract/events.ts'
import { defaultDocumentLimits } from '../../electron/contract/attachment.ts'
import type { ConversationId, MessageId, TurnId, UploadId } from '../../electron/contract/ids.ts'
import type { Message } from '../../electron/contract/routes/conversations.ts'
import { createApiClient, type ApiClient } from '../../electron/main/api/client.ts'
import { createTurns, type Turns } from '../../electron/main/chat/turns.ts'
import { openDocuments, type Documents } from '../../electron/main/documents/documents.ts'
import { openEstimates, type Estimates } from '../../electron/main/spend/estimates.ts'
import { createPriceBook, type PriceBook } from '../../electron/main/spend/price-book.ts'
import { createReconciliation, type Reconciliation } from '../../electron/main/spend/reconciliation.ts'
import { createStoreHost, type Store } from '../../electron/main/store/host.ts'
import { startProvider, type Provider } from '../provider/server.ts'

/** The chat side of main over a real store and the imitation of the provider, without a shell. */
export interface House {
  folder: string
  store: Store
  provider: Provider
  turns: Turns
  reconciliation: Reconciliation
  client: ApiClient
  prices: PriceBook
  estimates: Estimates
  documents: Documents
  /** Resolves when the estimator has learnt from all replies so far. */
  observed: () => Promise<void>
  connectionId: () => Promise<string>
  events: ParleyEvent[]
  /** Errors that were logged. */
  errors: unknown[]
  conversation(): Promise<ConversationId>
  /** Sends and waits for the end of the reply. */
  ask(conversationId: ConversationId, text?: string): Promise<Message>
  ended(messageId: MessageId): Promise<Message>
  /** The text that was published for a reply, put together as a window would. */
  shown(messageId: MessageId): string
  /** As if this process were gone at this moment: nothing more is written, sockets close, and another one mends the store. */
  crash(): Promise<House>
  close(): Promise<void>
}

/** Starts everything in a folder of its own. `backoffMs` is short, so that retries take no time. */
export async function startHouse(
  options: {
    backoffMs?: number
    requestBytes?: () => number
    folder?: string
    over?: { store: Store; provider: Provider }
  } = {},
): Promise<House> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'parley-turns-'))
  const provider = options.over?.provider ?? (await startProvider())
  const errors: unknown[] = []
  const events: ParleyEvent[] = []
  const listeners = new Set<() => void>()
  let onEvent: (event: ParleyEvent) => void = () => undefined
  const publish = (event: ParleyEvent) => {
    events.push(event)
    onEvent(event)
    for (const listener of listeners) listener()
  }
  const log = {
    info: () => undefined,
    warn: () => undefined,
    error: (_: string, fields?: object) => void errors.push(fields),
  }
  const opened =
    options.over?.store ??
    (await createStoreHost({
      folder,
      workerUrl: new URL('../../electron/main/store/store.worker.ts', import.meta.url),
      mode: 'read-write',
      onSlow: () => undefined,
      onDied: (death) => void errors.push(death),
      onFull: () => void turns.abortAll({ code: 'store.full', text: 'partly-kept', money: 'unknown' }),
    }))
  let isDead = false
  /** What a process that is gone would have written is never written. */
  const write = new Proxy(opened.write, {
    get: (target, name: keyof Store['write']) => (isDead ? () => new Promise(() => undefined) : target[name]),
  })
  const store: Store = { ...opened, write, maintainLatest: opened.maintainLatest, close: () => opened.close() }
  const dispatcher = new Agent()
  const client = createApiClient({
    origin: provider.url,
    key: () => 'test-key-of-the-house',
    dispatcher,
    now: Date.now,
    onContact: () => undefined,
  })
  const connectionId = await store.write.connectionFor({ kind: 'api', origin: provider.url, at: Date.now() })
  const prices = createPriceBook({
    store,
    client: () => client,
    findConnectionId: async () => connectionId,
    connectionId: async () => connectionId,
    publish,
    now: Date.now,
    log,
  })
  const reconciliation = createReconciliation({
    store,
    client: () => ({ logs: client.logs, origin: provider.url }),
    publish,
    now: Date.now,
    log,
  })
  const estimates = await openEstimates({ store, price: () => prices.known(), now: Date.now, log })
  const documents = await openDocuments({
    store,
    folder: join(folder, 'blobs'),
    isReadOnly: false,
    ports: { pickFiles: async () => null, saveAs: async () => 'unsupported' },
    limits: () => defaultDocumentLimits,
    neededByBackups: () => new Set(),
    publish,
    now: Date.now,
    newId: () => randomUUID() as string as UploadId,
    log,
  })
  let observing = Promise.resolve()
  onEvent = (event) => estimates.on(event)
  const turns = createTurns({
    store,
    chatFor: () => client.chat,
    bytes: {
      stream: documents.blobs.stream,
      verify: documents.blobs.verify,
      limitBytes: () => options.requestBytes?.() ?? 32_000_000,
    },
    overflow: (branch, turn) => estimates.overflow(branch, turn),
    connectionIdFor: async () => connectionId,
    priceFor: () => prices.current(2_000),
    publish,
    onCounted: (counted) => void (observing = observing.then(() => estimates.observe(counted))),
    onUnknownCost: () => undefined,
    now: Date.now,
    newId: <Id extends string>() => randomUUID() as string as Id,
    backoffMs: () => options.backoffMs ?? 20,
    continueSentence: (words) => `Please go on from: ${words}`,
    log,
  })
  const ended = async (messageId: MessageId): Promise<Message> => {
    await new Promise<void>((resolve) => {
      const look = () => {
        if (!events.some((event) => event.name === 'turn.ended' && event.messageId === messageId)) return
        listeners.delete(look)
        resolve()
      }
      listeners.add(look)
      look()
    })
    return store.read.getMessage({ messageId })
  }
  return {
    folder,
    store,
    provider,
    turns,
    reconciliation,
    client,
    prices,
    estimates,
    documents,
    observed: () => observing,
    connectionId: async () => connectionId,
    events,
    errors,
    conversation: async () => (await store.write.createConversation({ connectionId, at: Date.now() })).id,
    async ask(conversationId, text = 'How are you?') {
      const { replyMessageId } = await turns.send({ turnId: randomUUID() as TurnId, conversationId, text })
      return ended(replyMessageId)
    },
    ended,
    shown(messageId) {
      let text = ''
      for (const event of events) {
        if (event.name !== 'turn.delta' || event.messageId !== messageId || event.kind !== 'content') continue
        if (event.offset !== text.length) throw new Error(`a gap: ${event.offset} after ${text.length}`)
        text += event.text
      }
      return text
    },
    async crash() {
      isDead = true
      void turns.abortAll('quit')
      await dispatcher.destroy()
      const failure = { code: 'reply.ended-early', text: 'partly-kept', money: 'unknown' } as const
      await opened.write.recoverTurns({ failure, at: Date.now() })
      return startHouse({ ...options, folder, over: { store: opened, provider } })
    },
    async close() {
      await turns.abortAll('quit')
      await turns.idle()
      await observing
      reconciliation.stop()
      await documents.close()
      await store.close()
      await dispatcher.destroy()
      await provider.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
