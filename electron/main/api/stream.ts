import { createParser } from 'eventsource-parser'

/** The longest event or line, in UTF-16 units: an image of a reply would fit, a flood does not. */
const longestEvent = 16 * 1024 * 1024

export interface StreamListeners {
  /** The data of one event. Its name, id and retry are ignored: a name is never a command. */
  onData: (data: string) => void
  /** A comment: the provider is alive, nothing more. */
  onComment: () => void
}

/** Turns bytes into events as they come. */
export interface Stream {
  /** False: a line or event grew past 16 MiB; nothing more is read. */
  feed: (bytes: Uint8Array) => boolean
  /** The bytes are over: a last event without its blank line counts too. */
  end: () => void
}

/** Reads server-sent events: any line ending, a BOM, and characters split anywhere. Memory is bounded by `longest`. */
export function createStream(listeners: StreamListeners, longest: number = longestEvent): Stream {
  // The parser takes one BOM off by itself.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  let isOverflown = false
  const parser = createParser({
    maxBufferSize: longest,
    onEvent: (event) => listeners.onData(event.data),
    onComment: () => listeners.onComment(),
    onError: (error) => {
      if (error.type === 'max-buffer-size-exceeded') isOverflown = true
    },
  })

  function feedText(text: string): boolean {
    if (!isOverflown) parser.feed(text)
    return !isOverflown
  }

  return {
    feed: (bytes) => feedText(decoder.decode(bytes, { stream: true })),
    end: () => {
      feedText(`${decoder.decode()}\n\n`)
    },
  }
}
