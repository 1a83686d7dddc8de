// Part of an imitation of the provider, for tests. Shares no code with the application.
import type { ServerResponse } from 'node:http'
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises'
import type { Behaviour } from './behaviour.ts'

/** The way out to one client. Everything resolves to false as soon as the connection is gone. */
export interface Wire {
  readonly isOpen: boolean
  write(bytes: string | Uint8Array): Promise<boolean>
  wait(ms: number): Promise<boolean>
  /** Waits for `promise`, or for the connection to go. */
  until(promise: Promise<void>): Promise<boolean>
  /** Resolves when the connection is gone. */
  readonly gone: Promise<void>
}

/** Opens a wire. `splitAt` are byte positions of the whole body, `bytesPerWrite` a largest size, for separate writes. */
export function openWire(
  res: ServerResponse,
  shape: Pick<Behaviour, 'splitAt' | 'bytesPerWrite' | 'writeGapMs'>,
): Wire {
  const left = new AbortController()
  const gone = new Promise<void>((resolve) => res.once('close', resolve)).then(() => left.abort())
  if (res.destroyed) left.abort()
  const cuts = (shape.splitAt ?? []).toSorted((a, b) => a - b)
  const most = shape.bytesPerWrite ?? Number.POSITIVE_INFINITY
  const isSplit = cuts.length > 0 || Number.isFinite(most)
  let offset = 0

  const put = (bytes: Uint8Array): Promise<boolean> =>
    Promise.race([
      new Promise<boolean>((resolve) => res.write(bytes, (error) => resolve(!error))),
      gone.then(() => false),
    ])

  const wire: Wire = {
    gone,
    get isOpen() {
      return !left.signal.aborted && !res.destroyed
    },
    async write(data) {
      const bytes = typeof data === 'string' ? Buffer.from(data, 'utf8') : data
      if (bytes.length === 0 || !wire.isOpen) return wire.isOpen
      if (!isSplit) return put(bytes)
      for (let at = 0; at < bytes.length;) {
        const cut = cuts.find((position) => position > offset) ?? Number.POSITIVE_INFINITY
        const size = Math.min(bytes.length - at, most, cut - offset)
        if (!(await put(bytes.subarray(at, at + size)))) return false
        at += size
        offset += size
        await (shape.writeGapMs === undefined ? turn() : wire.wait(shape.writeGapMs))
      }
      return wire.isOpen
    },
    async wait(ms) {
      await sleep(ms, undefined, { signal: left.signal }).catch(() => undefined)
      return wire.isOpen
    },
    async until(promise) {
      await Promise.race([promise, gone])
      return wire.isOpen
    },
  }
  return wire
}
