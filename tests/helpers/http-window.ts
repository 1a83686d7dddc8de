import { request, type ClientRequest, type IncomingMessage } from 'node:http'
import { createParser } from 'eventsource-parser'
import type { Result } from '../../electron/contract/errors.ts'
import type { ParleyEvent } from '../../electron/contract/events.ts'
import type { MessageId } from '../../electron/contract/ids.ts'
import type { InputOf, OutputOf, RouteName } from '../../electron/contract/registry.ts'

/** A window of the browser shell without a browser: the same cookie, calls and event stream as the page's. */
export interface HttpWindow {
  /** A call whose failure is an error of the test. */
  call<Name extends RouteName>(name: Name, input: InputOf<Name>): Promise<OutputOf<Name>>
  /** A call as it is answered. */
  try(name: string, input: unknown): Promise<Result<unknown>>
  events: ParleyEvent[]
  /** Resolves when an event that `isMeant` has come, also when it came before. */
  wait(isMeant: (event: ParleyEvent) => boolean, timeoutMs?: number): Promise<ParleyEvent>
  /** The text of a reply as a window puts it together from its events. Throws on a gap. */
  shown(messageId: MessageId): string
  close(): void
}

/** Enters through the one-time address that Parley printed. */
export async function openHttpWindow(entry: string): Promise<HttpWindow> {
  const url = new URL(entry)
  const navigation = { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
  const entered = await ask(url, { headers: navigation })
  const cookie = entered.response.headers['set-cookie']?.[0]?.split(';')[0]
  if (!cookie) throw new Error(`not let in: ${entered.response.statusCode} ${entered.body.toString()}`)
  const headers = {
    cookie,
    origin: url.origin,
    'sec-fetch-site': 'same-origin',
    'sec-fetch-mode': 'cors',
    'sec-fetch-dest': 'empty',
  }
  const events: ParleyEvent[] = []
  const listeners = new Set<() => void>()
  const stream = await openStream(new URL('/events', url), headers, (event) => {
    events.push(event)
    for (const listener of listeners) listener()
  })

  const attempt = async (name: string, input: unknown): Promise<Result<unknown>> => {
    const answer = await ask(new URL('/call', url), { method: 'POST', ...callBody(name, input, headers) })
    const { statusCode, headers: answered } = answer.response
    if (statusCode !== 200) throw new Error(`${name}: ${statusCode} ${answer.body.toString()}`)
    return answered['content-type'] === bytesType
      ? unframed(answer.body)
      : (JSON.parse(answer.body.toString()) as Result<unknown>)
  }
  return {
    events,
    try: attempt,
    async call(name, input) {
      const result = await attempt(name, input)
      if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.failure)}`)
      return result.value as OutputOf<typeof name>
    },
    wait: (isMeant, timeoutMs = 15_000) =>
      new Promise((resolve, reject) => {
        const finish = (then: () => void) => {
          clearTimeout(timer)
          listeners.delete(look)
          then()
        }
        const look = () => {
          const found = events.find(isMeant)
          if (found) finish(() => resolve(found))
        }
        const timer = setTimeout(() => {
          const names = events.map((event) => event.name).join(' ')
          finish(() => reject(new Error(`the event did not come; these did: ${names}`)))
        }, timeoutMs)
        listeners.add(look)
        look()
      }),
    shown(messageId) {
      let text = ''
      for (const event of events) {
        if (event.name !== 'turn.delta' || event.messageId !== messageId || event.kind !== 'content') continue
        if (event.offset !== text.length) throw new Error(`a gap: ${event.offset} after ${text.length}`)
        text += event.text
      }
      return text
    },
    close: () => void stream.destroy(),
  }
}

function openStream(
  url: URL,
  headers: Record<string, string>,
  onEvent: (event: ParleyEvent) => void,
): Promise<ClientRequest> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { headers: { ...headers, accept: 'text/event-stream' }, agent: false }, (response) => {
      if (response.statusCode !== 200) return reject(new Error(`no event stream: ${response.statusCode}`))
      const parser = createParser({ onEvent: ({ data }) => onEvent(JSON.parse(data) as ParleyEvent) })
      response.setEncoding('utf8').on('data', (text: string) => parser.feed(text))
      // The application was killed, as some tests do.
      response.on('error', () => undefined)
      resolve(sent)
    })
    sent.on('error', reject)
    sent.end()
  })
}

interface Asked {
  method?: string
  headers: Record<string, string>
  body?: string | Buffer
}

const bytesType = 'application/x-parley-bytes'

/** Bytes in `input.bytes` travel behind the JSON: its length in 4 bytes, the JSON, the bytes. */
function callBody(name: string, input: unknown, headers: Record<string, string>) {
  const { bytes, ...rest } = (input ?? {}) as { bytes?: Uint8Array }
  if (!(bytes instanceof Uint8Array))
    return { headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify({ name, input }) }
  const json = Buffer.from(JSON.stringify({ name, input: rest }))
  const length = Buffer.alloc(4)
  length.writeUInt32BE(json.length)
  return { headers: { ...headers, 'content-type': bytesType }, body: Buffer.concat([length, json, bytes]) }
}

function unframed(body: Buffer): Result<unknown> {
  const end = 4 + body.readUInt32BE(0)
  const result = JSON.parse(body.toString('utf8', 4, end)) as { ok: true; value: object }
  return { ok: true, value: { ...result.value, bytes: new Uint8Array(body.subarray(end)) } }
}

function ask(url: URL, { method = 'GET', headers, body }: Asked): Promise<{ response: IncomingMessage; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent: false }, (response) => {
      const pieces: Buffer[] = []
      response.on('data', (piece: Buffer) => void pieces.push(piece))
      response.on('end', () => resolve({ response, body: Buffer.concat(pieces) }))
      response.on('error', reject)
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
