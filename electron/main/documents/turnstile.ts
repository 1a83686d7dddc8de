/** Lets one in at a time. */
export interface Turnstile {
  pass<Value>(body: () => Promise<Value>): Promise<Value>
}

/** One after the other, in the order of asking; one that fails does not stop the next. */
export function createTurnstile(): Turnstile {
  let last: Promise<unknown> = Promise.resolve()
  return {
    pass(body) {
      const done = last.then(body, body)
      last = done.catch(() => undefined)
      return done
    },
  }
}
