// Part of an imitation of the provider, for tests. Shares no code with the application.
import type { IncomingHttpHeaders } from 'node:http'
import type { Behaviour, BillingPolicy } from './behaviour.ts'
import type { Books } from './books.ts'
import type { Price } from './money.ts'

/** How the catalogue writes its units: the two documented forms, the longer one seen live, and prices without units. */
export type PriceForm = 'origin' | 'measure' | 'long' | 'variants' | 'variable' | 'absent'

/** What can be changed while the imitation runs. Times in milliseconds, money in credits, prices per million tokens. */
export interface Settings {
  /** Keys that are let in; null lets in every key that begins with `test-`. */
  acceptedKeys: string[] | null
  /** Whether a key the schema does not name is refused (the rule in tests) or dropped (the real provider). */
  isStrict: boolean
  billing: BillingPolicy
  price: Price
  priceForm: PriceForm
  /** Tokens one catalogue price is for. */
  pricePer: number
  contextLength: number
  outputMax: number
  /** Whether the catalogue lists the model at all. */
  isListed: boolean
  /** How long after a request has ended its row appears in `/v2/logs`. */
  reportDelayMs: number
  /** Whether `/v2/logs` answers 429 above 200 requests in 60 s. */
  isLogsLimited: boolean
  /** Requests with a longer body get 413. */
  maxBodyBytes: number
}

/** One request as it arrived. `body` is what came over the wire; `json` is undefined when that is not JSON. */
export interface SeenRequest {
  index: number
  method: string
  path: string
  query: URLSearchParams
  headers: IncomingHttpHeaders
  body: Buffer
  json: unknown
  receivedAt: number
  /** The status that was answered; null while there is none. */
  status: number | null
  /** For chat requests only. */
  chat: SeenChat | null
  /** When the answer or the connection ended, and who ended it. */
  closedAt: number | null
  closedBy: 'client' | 'provider' | null
}

/** The life of one chat answer: chunks with text so far, and whether the last word was said. */
export interface SeenChat {
  clientRequestId: string | null
  inferenceId: string
  isStream: boolean
  chunksSent: number
  state: 'waiting' | 'streaming' | 'held' | 'stalled' | 'ended'
}

/** The three names of one request; the client's own is null when it sent none of the allowed form. */
export interface Ids {
  requestId: string
  inferenceId: string
  clientRequestId: string | null
}

/** What the parts of one running imitation share. */
export interface House {
  settings: Settings
  books: Books
  requests: SeenRequest[]
  faults: string[]
  script: Behaviour[]
  pathScripts: Map<string, Behaviour[]>
  fallback: Behaviour
  /** Held streams wait here for the next release. */
  held: Set<() => void>
  /** The second origin, where there is one. */
  elsewhere: string | null
  /** When `/v2/logs` was asked, for its limit. */
  logsHits: number[]
}

/** Said in every answer's `x-imitation` header. */
export const imitationNotice = 'an imitation of the provider, for tests; nothing here costs money'

/** Settings a test starts from. */
export function defaultSettings(price: Price): Settings {
  return {
    acceptedKeys: null,
    isStrict: true,
    billing: 'billGenerated',
    price,
    priceForm: 'origin',
    pricePer: 1_000_000,
    contextLength: 256_000,
    outputMax: 16_384,
    isListed: true,
    reportDelayMs: 0,
    isLogsLimited: false,
    maxBodyBytes: 64 * 1024 * 1024,
  }
}

/** Whether this key is let in. */
export function isAccepted(settings: Settings, key: string | null): key is string {
  if (key === null) return false
  return settings.acceptedKeys === null ? /^test-./.test(key) : settings.acceptedKeys.includes(key)
}

/** The bearer key of a request, or null. */
export function keyOf(headers: IncomingHttpHeaders): string | null {
  return /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? null
}
