import type { ParleyEvent } from '../../electron/contract/events.ts'
import type { ConversationId } from '../../electron/contract/ids.ts'
import { onEvent, whenOpen } from './ipc/call.ts'
import { liveness } from './ipc/liveness.ts'
import { streams } from './streams/streams.ts'
import { announce } from './data/announcer.ts'
import { keys } from './data/keys.ts'
import { queryClient } from './data/query-client.ts'

/** Events come in bursts; what many of them concern is asked for once. */
const burstMs = 25
const waiting = new Map<string, readonly unknown[]>()

const outdated = (queryKey: readonly unknown[]) => queryClient.invalidateQueries({ queryKey })

function outdatedSoon(queryKey: readonly unknown[]) {
  if (waiting.size === 0)
    setTimeout(() => {
      const due = [...waiting.values()]
      waiting.clear()
      for (const key of due) void outdated(key)
    }, burstMs)
  waiting.set(JSON.stringify(queryKey), queryKey)
}

async function refreshThread(id: ConversationId) {
  // A thread that nobody looks at is dropped instead: what it would show first is outdated.
  queryClient.removeQueries({ queryKey: keys.thread(id), type: 'inactive' })
  await outdated(keys.thread(id))
}

/** What is outdated when a conversation's messages or options change. */
function outdatePrompt(id: ConversationId) {
  outdatedSoon(keys.estimates(id))
  outdatedSoon(keys.context(id))
}

async function endTurn(event: Extract<ParleyEvent, { name: 'turn.ended' }>) {
  outdatedSoon(keys.conversations)
  outdatedSoon(keys.spends)
  outdatePrompt(event.conversationId)
  await refreshThread(event.conversationId)
  streams.forget(event.messageId)
  announce('ended', event.conversationId, event.messageId)
}

function handle(event: ParleyEvent) {
  streams.apply(event)
  switch (event.name) {
    case 'turn.delta':
    case 'turn.progressed':
      return
    case 'turn.started':
      outdatedSoon(keys.conversations)
      void refreshThread(event.conversationId)
      outdatePrompt(event.conversationId)
      announce('started', event.conversationId, event.messageId)
      return
    case 'turn.ended':
      void endTurn(event)
      return
    case 'conversations.changed':
      outdatedSoon(keys.conversations)
      outdatedSoon(keys.searches)
      outdatedSoon(keys.spends)
      return
    case 'conversation.changed':
      outdatedSoon(keys.conversations)
      void refreshThread(event.conversationId)
      outdatePrompt(event.conversationId)
      return
    case 'spend.changed':
      outdatedSoon(keys.conversations)
      outdatedSoon(keys.spends)
      outdatedSoon(keys.budgets)
      outdatedSoon(keys.allEstimates)
      return
    case 'budget.reached':
    case 'budgets.changed':
      outdatedSoon(keys.budgets)
      outdatedSoon(keys.allEstimates)
      return
    case 'price.changed':
      outdatedSoon(keys.app)
      outdatedSoon(keys.prices)
      outdatedSoon(keys.allEstimates)
      outdatedSoon(keys.contexts)
      return
    case 'key.changed':
    case 'settings.changed':
      outdatedSoon(keys.app)
      return
    case 'store.changed':
    case 'events.lost':
      void queryClient.invalidateQueries()
  }
}

/** From now on, what main tells reaches the streams and outdates what was asked before. */
export function followEvents() {
  onEvent(handle)
  void whenOpen.then(() => streams.resync())
  let before = liveness.get()
  liveness.subscribe(() => {
    const now = liveness.get()
    // Main is back: it may have been another one in between.
    if (before === 'lost' && now === 'open') handle({ name: 'events.lost' })
    before = now
  })
}
