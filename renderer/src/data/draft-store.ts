import type { ConversationId } from '../../../electron/contract/ids.ts'

/** How long after the last key a draft is saved, and how soon a failed save is tried again. */
const pauseMs = 400
const againMs = 3_000

/** What the store needs. */
export interface DraftDeps {
  /** Resolves to whether it was saved. */
  save(conversationId: ConversationId, text: string): Promise<boolean>
  /** Calls back later; returns how to call it off. */
  wait(work: () => void, ms: number): () => void
}

/** Drafts by conversation. The text here is the truth of this window; saving follows it. */
export interface DraftStore {
  /** `undefined` while it is neither read nor touched. */
  get(conversationId: ConversationId): string | undefined
  /** Says what main has. What was typed before that follows it on a line of its own; only the first time counts. */
  read(conversationId: ConversationId, stored: string): void
  /** Before it was read, it stays in the window: saving would replace what main has. */
  set(conversationId: ConversationId, text: string): void
  /** Saves everything that waits, now. */
  flush(): void
  /** The same when the window may be gone in a moment: what is being saved is not waited for. */
  flushAtOnce(): void
  /** Whether a save has failed and not succeeded since. */
  hasFailed(): boolean
  /** Texts that are not saved yet. */
  unsaved(): string[]
  subscribe(listener: () => void): () => void
}

/** Makes an empty store. */
export function createDraftStore({ save, wait }: DraftDeps): DraftStore {
  const texts = new Map<ConversationId, string>()
  const known = new Set<ConversationId>()
  const waiting = new Map<ConversationId, () => void>()
  const saving = new Set<ConversationId>()
  /** Changed while it was being saved. */
  const again = new Set<ConversationId>()
  const failed = new Set<ConversationId>()
  const listeners = new Set<() => void>()

  const tell = () => {
    for (const listener of listeners) listener()
  }

  function later(id: ConversationId, ms: number) {
    waiting.get(id)?.()
    waiting.set(
      id,
      wait(() => void saveNow(id), ms),
    )
  }

  async function saveNow(id: ConversationId, waits = true) {
    waiting.get(id)?.()
    waiting.delete(id)
    if (saving.has(id) && waits) {
      again.add(id)
      return
    }
    const text = texts.get(id)
    if (text === undefined) return
    saving.add(id)
    const isSaved = await save(id, text)
    saving.delete(id)
    if (again.delete(id)) void saveNow(id)
    if (isSaved) failed.delete(id)
    else {
      failed.add(id)
      if (!waiting.has(id) && !saving.has(id)) later(id, againMs)
    }
    tell()
  }

  return {
    get: (id) => texts.get(id),
    read(id, stored) {
      if (known.has(id)) return
      known.add(id)
      const early = texts.get(id) ?? ''
      texts.set(id, [stored, early].filter((text) => text !== '').join('\n'))
      if (early !== '') later(id, pauseMs)
      tell()
    },
    set(id, text) {
      texts.set(id, text)
      if (known.has(id)) later(id, pauseMs)
      tell()
    },
    flush() {
      // What saving adds to the list must not be walked over as well.
      const due = [...waiting.keys()]
      for (const id of due) void saveNow(id)
    },
    flushAtOnce() {
      const due = new Set([...waiting.keys(), ...again])
      for (const id of due) void saveNow(id, false)
    },
    hasFailed: () => failed.size > 0,
    unsaved: () =>
      [...texts]
        .filter(([id]) => waiting.has(id) || saving.has(id) || failed.has(id) || !known.has(id))
        .map(([, text]) => text)
        .filter((text) => text !== ''),
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
