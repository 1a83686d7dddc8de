/** A cache that forgets what was asked for least recently. */
export interface BoundedCache<Value> {
  get(key: string): Value | undefined
  set(key: string, value: Value): void
}

/** Makes an empty cache that holds at most `maxChars` of keys. */
export function createBoundedCache<Value>(maxChars: number): BoundedCache<Value> {
  const held = new Map<string, Value>()
  let chars = 0
  function drop(key: string) {
    if (held.delete(key)) chars -= key.length
  }
  return {
    get(key) {
      const value = held.get(key)
      if (value === undefined) return undefined
      held.delete(key)
      held.set(key, value)
      return value
    },
    set(key, value) {
      drop(key)
      if (key.length > maxChars) return
      held.set(key, value)
      chars += key.length
      for (const oldest of held.keys()) {
        if (chars <= maxChars) return
        drop(oldest)
      }
    },
  }
}
