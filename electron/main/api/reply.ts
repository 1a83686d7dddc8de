import type { Credits } from '../../contract/money.ts'
import type { Usage } from '../../contract/price.ts'
import { createLeakFilter, type Split } from './leak.ts'
import { createWholeCharacters } from './whole-characters.ts'
import { readJson, readReply, reasoningNames } from './wire.ts'
import type { ReasoningName, WireError, WirePiece, WireReply } from './wire.ts'

/** What one data event adds; both may be empty, neither ends inside a surrogate pair. */
export interface ReplyDelta {
  contentDelta: string
  reasoningDelta: string
}

/** Everything a reply has said so far. */
export interface ReplyState {
  content: string
  reasoning: string
  refusal: string | null
  annotations: unknown[]
  toolCalls: unknown[]
  hasLogprobs: boolean
  /** The first one that is not empty, as the provider said it. */
  finishReason: string | null
  nativeFinishReason: string | null
  id: string | null
  model: string | null
  usage: Usage | null
  credits: Credits | null
  /** An error said inside the reply before it finished. */
  error: WireError | null
  /** `[DONE]` has come. */
  isDone: boolean
  /** A data event could not be read that may have held text. */
  isDamaged: boolean
  /** Anything of a reply has been read: a choice, a usage, an error. */
  isReply: boolean
}

/** Reads one reply, event by event. Pure; time is linear in the length of the reply. */
export interface Reply {
  readonly state: Readonly<ReplyState>
  /** Takes the data of one event, or the whole body of a reply that is not streamed. */
  feed: (data: string) => ReplyDelta
  /** Says that nothing more comes: gives out what was held back. */
  end: () => ReplyDelta
}

/** Starts reading one reply. */
export function createReply(): Reply {
  const state: ReplyState = {
    content: '',
    reasoning: '',
    refusal: null,
    annotations: [],
    toolCalls: [],
    hasLogprobs: false,
    finishReason: null,
    nativeFinishReason: null,
    id: null,
    model: null,
    usage: null,
    credits: null,
    error: null,
    isDone: false,
    isDamaged: false,
    isReply: false,
  }
  const leaks = createLeakFilter()
  const wholeContent = createWholeCharacters()
  const wholeReasoning = createWholeCharacters()
  let reasoningName: ReasoningName | null = null
  let hasDelta = false

  function feed(data: string): ReplyDelta {
    if (data.trim() === '[DONE]') {
      state.isDone = true
      return none
    }
    const body = readJson(data)
    if (body === null) {
      state.isDamaged ||= state.finishReason === null && /"(content|reasoning)/.test(data)
      return none
    }
    const read = readReply(body)
    remember(read)
    const piece = pieceOf(read)
    return piece === null ? none : add(piece)
  }

  /** The `message` that some streams send at their end repeats what the deltas said. */
  function pieceOf(read: WireReply): WirePiece | null {
    if (read.delta !== null) {
      hasDelta = true
      return read.delta
    }
    return hasDelta ? null : read.message
  }

  function add(piece: WirePiece): ReplyDelta {
    if (piece.refusal !== '') state.refusal = (state.refusal ?? '') + piece.refusal.toWellFormed()
    for (const annotation of piece.annotations) state.annotations.push(annotation)
    for (const call of piece.toolCalls) state.toolCalls.push(call)
    reasoningName ??= reasoningNames.find((name) => piece.reasoning[name] !== '') ?? null
    const said = reasoningName === null ? '' : piece.reasoning[reasoningName]
    const split = leaks.push(piece.content)
    return grow(wholeContent.push(split.content), wholeReasoning.push(said + split.reasoning))
  }

  function grow(contentDelta: string, reasoningDelta: string): ReplyDelta {
    state.content += contentDelta
    state.reasoning += reasoningDelta
    return { contentDelta, reasoningDelta }
  }

  function remember(read: WireReply): void {
    state.id ??= read.id
    state.model ??= read.model
    if (state.finishReason === null) state.error ??= read.error
    state.finishReason ??= read.finishReason
    state.nativeFinishReason ??= read.nativeFinishReason
    state.hasLogprobs ||= read.hasLogprobs
    state.usage = mergeUsage(state.usage, read.usage)
    state.credits = read.credits ?? state.credits
    state.isReply ||= read.hasChoices || read.usage !== null || read.error !== null || read.credits !== null
  }

  function end(): ReplyDelta {
    const split: Split = leaks.end()
    return grow(
      wholeContent.push(split.content) + wholeContent.end(),
      wholeReasoning.push(split.reasoning) + wholeReasoning.end(),
    )
  }

  return { state, feed, end }
}

const none: ReplyDelta = { contentDelta: '', reasoningDelta: '' }

/** The newest sane count of each kind. */
function mergeUsage(old: Usage | null, next: Usage | null): Usage | null {
  if (old === null || next === null) return next ?? old
  return {
    promptTokens: next.promptTokens ?? old.promptTokens,
    completionTokens: next.completionTokens ?? old.completionTokens,
    reasoningTokens: next.reasoningTokens ?? old.reasoningTokens,
    cachedTokens: next.cachedTokens ?? old.cachedTokens,
  }
}
