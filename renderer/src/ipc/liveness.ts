/** Whether main answers: `lost` after it has been silent for long enough to say so. */
export type Liveness = 'open' | 'reconnecting' | 'lost'

/** How long a broken connection may take to come back before the window says that Parley has stopped. */
const patienceMs = 4_000

let state: Liveness = 'open'
let timer: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()

function become(next: Liveness) {
  if (state === next) return
  state = next
  for (const listener of listeners) listener()
}

/** Main was heard. */
export function markHeard() {
  clearTimeout(timer)
  timer = undefined
  become('open')
}

/** Main did not answer, or its events broke off. */
export function markSilent() {
  if (state === 'lost') return
  become('reconnecting')
  timer ??= setTimeout(() => become('lost'), patienceMs)
}

/** For `useSyncExternalStore`. */
export const liveness = {
  subscribe(listener: () => void) {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  },
  get: (): Liveness => state,
}
