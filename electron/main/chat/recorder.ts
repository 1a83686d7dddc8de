import type { AttemptId, ConversationId, MessageId } from '../../contract/ids.ts'
import type { ParleyEvent } from '../../contract/events.ts'
import type { Delta, EventBatch } from '../store/turns.ts'

/** A reply whose received text is being recorded. */
export interface Recording {
  readonly conversationId: ConversationId
  readonly messageId: MessageId
  /** Everything committed and published so far; a window that asks gets this. */
  readonly text: string
  readonly reasoning: string
  /** From the first to the last of the thoughts that arrived; `null`: none did. */
  readonly thinkingMs: number | null
  /** Takes one data event of an attempt: its exact data, and what of it is to be shown. */
  add(attemptId: AttemptId, raw: string, content: string, reasoning: string): void
  /** Resolves when everything added so far is committed, and published where it is shown. Rejects when it cannot be stored. */
  flush(): Promise<void>
  /** From now on text is stored with the raw events only, and not shown. */
  hide(): void
  close(): void
}

export interface RecorderDeps {
  append: (input: { deltas: Delta[]; events: EventBatch[]; at: number }) => Promise<void>
  publish: (event: ParleyEvent) => void
  /** Milliseconds since 1970. */
  now: () => number
  /** What could not be stored: called once per failed commit, for every recording that had a part in it. */
  onFailed: (recording: Recording, error: unknown) => void
}

/** Time between commits, and the most it is stretched to on a slow disk. Milliseconds. */
const tickMs = 33
const longestTickMs = 250

interface Pending {
  recording: OpenRecording
  content: string
  reasoning: string
  events: Map<AttemptId, string[]>
}

interface OpenRecording extends Recording {
  text: string
  reasoning: string
  thinkingMs: number | null
  isHidden: boolean
}

/**
 * Stored before shown, for all running replies together: one commit per tick, then its deltas are published. The first
 * delta of a reply goes at once; a disk whose commits take long stretches the tick to twice the time of the last one.
 */
export function createRecorder({ append, publish, now, onFailed }: RecorderDeps) {
  let pending = new Map<OpenRecording, Pending>()
  let committing: Promise<void> | null = null
  let timer: NodeJS.Timeout | null = null
  let lastCommitMs = 0
  const batchNumbers = new Map<AttemptId, number>()

  const schedule = (isUrgent: boolean) => {
    if (committing) return
    if (isUrgent && timer) {
      clearTimeout(timer)
      timer = null
    }
    const waitMs = isUrgent ? 0 : Math.min(longestTickMs, Math.max(tickMs, 2 * lastCommitMs))
    timer ??= setTimeout(() => void commit(), waitMs)
  }

  const commit = (): Promise<void> => {
    if (timer) clearTimeout(timer)
    timer = null
    if (committing) return committing.then(commit)
    if (pending.size === 0) return Promise.resolve()
    committing = write().finally(() => {
      committing = null
      if (pending.size > 0) schedule(false)
    })
    return committing
  }

  /** Commits what is pending, then shows it. Never rejects. */
  const write = async () => {
    const batch = [...pending.values()]
    pending = new Map()
    const startedAt = performance.now()
    const deltas = batch.flatMap(toDeltas)
    try {
      await append({ deltas, events: batch.flatMap(toEvents), at: now() })
    } catch (error) {
      for (const { recording } of batch) onFailed(recording, error)
      return
    } finally {
      lastCommitMs = performance.now() - startedAt
    }
    for (const delta of deltas) show(delta, batch)
  }

  const toDeltas = ({ recording, content, reasoning }: Pending): Delta[] => {
    const deltas: Delta[] = []
    const { messageId, thinkingMs } = recording
    if (reasoning !== '')
      deltas.push({ messageId, kind: 'reasoning', start: recording.reasoning.length, text: reasoning, thinkingMs })
    if (content !== '') deltas.push({ messageId, kind: 'content', start: recording.text.length, text: content })
    return deltas
  }

  const toEvents = ({ events }: Pending): EventBatch[] =>
    [...events].map(([attemptId, data]) => {
      const number = batchNumbers.get(attemptId) ?? 0
      batchNumbers.set(attemptId, number + 1)
      return { attemptId, number, data }
    })

  const show = (delta: Delta, batch: Pending[]) => {
    const recording = batch.find((each) => each.recording.messageId === delta.messageId)?.recording
    if (!recording) return
    if (delta.kind === 'content') recording.text += delta.text
    else recording.reasoning += delta.text
    publish({
      name: 'turn.delta',
      conversationId: recording.conversationId,
      messageId: recording.messageId,
      kind: delta.kind,
      offset: delta.start,
      text: delta.text,
      thinkingMs: recording.thinkingMs,
    })
  }

  return {
    /** Begins to record a reply that has no text yet. */
    open(conversationId: ConversationId, messageId: MessageId): Recording {
      const attempts = new Set<AttemptId>()
      let thoughtSince: number | null = null
      const recording: OpenRecording = {
        conversationId,
        messageId,
        text: '',
        reasoning: '',
        thinkingMs: null,
        isHidden: false,
        add(attemptId, raw, content, reasoning) {
          let entry = pending.get(recording)
          if (!entry) pending.set(recording, (entry = { recording, content: '', reasoning: '', events: new Map() }))
          const isFirst = recording.text === '' && recording.reasoning === '' && content + reasoning !== ''
          if (reasoning !== '') {
            thoughtSince ??= performance.now()
            recording.thinkingMs = Math.round(performance.now() - thoughtSince)
          }
          if (!recording.isHidden) {
            entry.content += content
            entry.reasoning += reasoning
          }
          if (raw !== '') {
            attempts.add(attemptId)
            const events = entry.events.get(attemptId)
            if (events) events.push(raw)
            else entry.events.set(attemptId, [raw])
          }
          schedule(isFirst)
        },
        flush: () => (committing ? committing.then(commit) : commit()),
        hide: () => void (recording.isHidden = true),
        close: () => {
          for (const id of attempts) batchNumbers.delete(id)
        },
      }
      return recording
    },
  }
}
