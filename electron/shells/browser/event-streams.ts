import { randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { ParleyEvent } from '../../contract/events.ts'

/** The event streams of all windows (server-sent events), with a memory for windows that lost their connection. */
export interface EventStreams {
  publish(event: ParleyEvent): void
  /** Answers a request for the stream and keeps it open. `lastEventId` is what the window saw last, if it says so. */
  open(response: ServerResponse, lastEventId: string | undefined): void
  /** Windows connected now. */
  count(): number
  close(): void
}

export interface EventStreamsOptions {
  /** How much is remembered for a reconnect. */
  maxEvents?: number
  maxBytes?: number
  keepAliveMs?: number
  /** A window that reads nothing is cut off beyond this many unsent bytes; it reconnects and catches up. */
  maxUnsentBytes?: number
}

/**
 * Numbers every event of this run. A window that comes back with the last number it saw gets what it missed, or
 * `events.lost` when that is no longer known, so that it asks for everything again.
 */
export function createEventStreams(options: EventStreamsOptions = {}): EventStreams {
  const { maxEvents = 5_000, maxBytes = 4 * 1024 * 1024, keepAliveMs = 15_000 } = options
  const maxUnsentBytes = options.maxUnsentBytes ?? 8 * 1024 * 1024
  // Another run on the same port must not take these numbers for its own.
  const run = randomBytes(6).toString('hex')
  const remembered: string[] = []
  const windows = new Set<ServerResponse>()
  let rememberedBytes = 0
  let last = 0

  const keepAlive = setInterval(() => sendToAll(':\n\n'), keepAliveMs)
  keepAlive.unref()

  const send = (window: ServerResponse, text: string) => {
    window.write(text)
    if (window.writableLength > maxUnsentBytes) window.destroy()
  }
  const sendToAll = (text: string) => {
    for (const window of windows) send(window, text)
  }
  const block = (event: ParleyEvent, id: number) => `id: ${run}-${id}\ndata: ${JSON.stringify(event)}\n\n`

  const missedSince = (lastEventId: string): string => {
    const seen = lastEventId.startsWith(`${run}-`) ? Number(lastEventId.slice(run.length + 1)) : NaN
    const isKnown = Number.isInteger(seen) && seen <= last && seen >= last - remembered.length
    return isKnown ? remembered.slice(remembered.length - (last - seen)).join('') : block({ name: 'events.lost' }, last)
  }

  return {
    publish: (event) => {
      last += 1
      const text = block(event, last)
      remembered.push(text)
      rememberedBytes += text.length
      while (remembered.length > maxEvents || rememberedBytes > maxBytes) {
        rememberedBytes -= remembered.shift()?.length ?? 0
      }
      sendToAll(text)
    },
    open: (response, lastEventId) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store' })
      response.on('close', () => windows.delete(response))
      windows.add(response)
      // The bare id tells a window where it stands, so that a cut before its first event loses nothing either.
      const catchUp = lastEventId === undefined ? '' : missedSince(lastEventId)
      send(response, `retry: 500\nid: ${run}-${last}\n\n${catchUp}`)
    },
    count: () => windows.size,
    close: () => {
      clearInterval(keepAlive)
      for (const window of windows) window.end()
    },
  }
}
