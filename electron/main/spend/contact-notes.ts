import type { Logger } from '../log/logger.ts'
import type { Store } from '../store/host.ts'

const flushAfterMs = 2_000

/** Notes every host that is contacted, for the list in About. */
export interface ContactNotes {
  note(host: string, purpose: string): void
  /** Resolves when everything noted so far is stored. Never rejects: a list that could not be written is logged. */
  flush(): Promise<void>
}

/** Gathers contacts for a moment, so that a request never waits for a commit of its note. */
export function createContactNotes(deps: {
  store: Pick<Store, 'write'>
  now: () => number
  log: Pick<Logger, 'warn'>
}): ContactNotes {
  const { store, now, log } = deps
  let noted = new Map<string, { host: string; purpose: string; count: number; at: number }>()
  let timer: NodeJS.Timeout | null = null
  let writing = Promise.resolve()

  const write = async () => {
    if (timer) clearTimeout(timer)
    timer = null
    const contacts = [...noted.values()]
    noted = new Map()
    if (contacts.length === 0) return
    try {
      await store.write.noteContacts({ contacts })
    } catch (error) {
      log.warn('contacted hosts could not be noted', { hosts: contacts.map(({ host }) => host), error })
    }
  }
  // One after another, so that whoever waits for a flush also waits for one that is under way.
  const flush = () => (writing = writing.then(write))
  return {
    note(host, purpose) {
      const key = `${host} ${purpose}`
      const known = noted.get(key)
      noted.set(key, { host, purpose, count: (known?.count ?? 0) + 1, at: now() })
      timer ??= setTimeout(() => void flush(), flushAfterMs)
    },
    flush,
  }
}
