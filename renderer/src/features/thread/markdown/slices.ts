/** How long one task may work on what can wait, such as colours and formulas. */
const sliceMs = 8

let spentMs = 0
let isResetting = false
const waiting: (() => void)[] = []
let isScheduled = false

function spend(job: () => void) {
  if (!isResetting) {
    isResetting = true
    setTimeout(() => {
      isResetting = false
      spentMs = 0
    })
  }
  const started = performance.now()
  job()
  spentMs += performance.now() - started
}

function run() {
  isScheduled = false
  const deadline = performance.now() + sliceMs
  while (waiting.length > 0 && performance.now() < deadline) waiting.shift()?.()
  schedule()
}

function schedule() {
  if (isScheduled || waiting.length === 0) return
  isScheduled = true
  setTimeout(run, 1)
}

/** Does the work at once if this task has time left for it; `false`: it was not done. */
export function tryNow(job: () => void): boolean {
  if (spentMs >= sliceMs) return false
  spend(job)
  return true
}

/** Does the work soon, a little with each task, in the order asked for. Returns how to call it off. */
export function later(job: () => void): () => void {
  waiting.push(job)
  schedule()
  return () => {
    const at = waiting.indexOf(job)
    if (at >= 0) waiting.splice(at, 1)
  }
}

/** The time one piece of such work may take. */
export const pieceMs = sliceMs / 2
