import { setTimeout as pause } from 'node:timers/promises'
import type { Chat, ChatOutcome } from '../api/events.ts'

export interface DemoScript {
  thinking: string
  replies: readonly string[]
}

export interface DemoDeps {
  /** Asked for at each reply: the language may have changed. */
  script: () => DemoScript
  /** Milliseconds between two pieces of an answer. */
  pieceMs: number
  now: () => number
}

/**
 * An offline imitation of the API, for people without a key. It opens no connection, answers from a script that says what
 * it is, and takes the path of a real reply. Its attempts cannot enter the ledger: the schema refuses them.
 */
export function createDemoChat({ script, pieceMs, now }: DemoDeps): Chat {
  return async function* demo(request, { signal }) {
    const startedAt = now()
    const outcome: ChatOutcome = {
      finishReason: 'stop',
      nativeFinishReason: null,
      isAborted: false,
      failure: null,
      mayRetry: false,
      wasSent: false,
      usage: null,
      credits: null,
      creditsSource: null,
      model: 'demo',
      providerId: null,
      refusal: null,
      annotations: [],
      toolCalls: [],
      hasLogprobs: false,
      inferenceId: null,
      requestId: null,
      status: null,
      firstByteMs: null,
      firstTokenMs: null,
      totalMs: 0,
    }
    const { thinking, replies } = script()
    const asked = request.messages.filter(({ role }) => role === 'user').length
    const reply = replies[(asked - 1) % replies.length] ?? ''
    const pieces = [
      ...(asked === 1 ? split(thinking).map((text) => ({ content: '', reasoning: text })) : []),
      ...split(reply).map((text) => ({ content: text, reasoning: '' })),
    ]
    try {
      await pause(6 * pieceMs, undefined, { signal })
      for (const piece of pieces) {
        const raw = JSON.stringify({ object: 'demo', choices: [{ index: 0, delta: piece }] })
        yield { type: 'chunk', raw, ...piece }
        await pause(pieceMs, undefined, { signal })
      }
    } catch (error) {
      if (!signal.aborted) throw error
      yield { type: 'ended', outcome: { ...outcome, finishReason: null, isAborted: true, totalMs: now() - startedAt } }
      return
    }
    yield { type: 'ended', outcome: { ...outcome, totalMs: now() - startedAt } }
  }
}

/** A text in pieces about as long as tokens: words with the blanks before them. */
function split(text: string): string[] {
  return text.match(/\s*\S{1,8}/g) ?? []
}
