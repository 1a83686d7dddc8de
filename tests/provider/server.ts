// An imitation of the provider, for tests: a real HTTP server that answers as the documentation says the provider
// would, keeps its own books and shares no code with the application. Nothing here costs money.
import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readBehaviour, type Behaviour } from './behaviour.ts'
import { createBooks, type Books } from './books.ts'
import { answerControl } from './control.ts'
import { defaultSettings, type House, type Ids, type SeenRequest, type Settings } from './house.ts'
import { breakOff } from './instead.ts'
import { cataloguePrice } from './money.ts'
import { answerRequest } from './routes.ts'

/** How an imitation is started. Settings left out keep their defaults; the balance is in credits (default $50). */
export interface ProviderOptions {
  port?: number
  balance?: number
  settings?: Partial<Settings>
  fallback?: Behaviour
  /** Also start a second imitation, at another origin, where redirects lead by default. */
  hasElsewhere?: boolean
  /** Also answer `/__control/…`, for a test in another process. */
  hasControl?: boolean
}

/** One running imitation. */
export interface Provider {
  readonly url: string
  readonly port: number
  readonly books: Books
  /** Every request that arrived, in order, whatever was answered. */
  readonly requests: SeenRequest[]
  /** What the imitation itself did wrong since the last reset; a test must find this empty. */
  readonly faults: string[]
  /** The second origin, where there is one. */
  readonly elsewhere: Provider | null
  /** The chat requests among `requests`. */
  chats(): SeenRequest[]
  /** One behaviour for each of the next chat requests that pass validation; then the default again. */
  script(...behaviours: Behaviour[]): void
  /** The same for another path, such as `/v1/models`: only what happens before or instead of an answer is played. */
  scriptPath(path: string, ...behaviours: Behaviour[]): void
  setDefault(behaviour: Behaviour): void
  /** Changes settings while running: price, billing, delays. A request keeps the price it began with. */
  configure(settings: Partial<Settings>): void
  /** Lets every held stream go on. */
  release(): void
  /** Resolves when `count` chat requests have arrived; rejects after `timeoutMs` (default 5 s). */
  waitForChats(count: number, timeoutMs?: number): Promise<SeenRequest[]>
  /** Resolves when every chat request is closed and its row settled; rejects after `timeoutMs` (default 5 s). */
  settled(timeoutMs?: number): Promise<void>
  /** As freshly started: scripts, default, settings, books, requests; cuts what is still being answered. */
  reset(): void
  /** Closes everything, open streams too. Throws if the imitation was ever at fault, resets or not. */
  close(): Promise<void>
}

const fiftyDollars = 100_000_000

/** Starts an imitation on 127.0.0.1. */
export async function startProvider(options: ProviderOptions = {}): Promise<Provider> {
  const elsewhere = options.hasElsewhere === true ? await startProvider({ settings: { acceptedKeys: [] } }) : null
  const fresh = (): Settings => ({ ...defaultSettings(cataloguePrice), ...options.settings })
  const balance = options.balance ?? fiftyDollars
  const house: House = {
    settings: fresh(),
    books: createBooks(balance),
    requests: [],
    faults: [],
    script: [],
    pathScripts: new Map(),
    fallback: readBehaviour(options.fallback ?? {}),
    held: new Set(),
    elsewhere: elsewhere?.url ?? null,
    logsHits: [],
  }
  const live = new Set<ServerResponse>()
  const pastFaults: string[] = []
  const server = createServer((req, res) => void take(req, res))
  server.keepAliveTimeout = 60_000
  server.requestTimeout = 0

  async function take(req: IncomingMessage, res: ServerResponse): Promise<void> {
    res.on('error', () => undefined)
    const path = new URL(req.url ?? '/', 'http://imitation').pathname
    try {
      if (options.hasControl === true && path.startsWith('/__control/'))
        return await answerControl(provider, path, req, res)
      live.add(res)
      res.once('close', () => live.delete(res))
      await answerRequest(house, req, res, newIds(req))
    } catch (error) {
      house.faults.push(error instanceof Error ? error.message : String(error))
      breakOff(res)
    }
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo

  const provider: Provider = {
    url: `http://127.0.0.1:${port}`,
    port,
    books: house.books,
    requests: house.requests,
    faults: house.faults,
    elsewhere,
    chats: () => house.requests.filter((seen) => seen.chat !== null),
    script: (...behaviours) => void house.script.push(...behaviours.map(readBehaviour)),
    scriptPath(path, ...behaviours) {
      house.pathScripts.set(path, [...(house.pathScripts.get(path) ?? []), ...behaviours.map(readBehaviour)])
    },
    setDefault(behaviour) {
      house.fallback = readBehaviour(behaviour)
    },
    configure(settings) {
      const stranger = Object.keys(settings).find((key) => !(key in house.settings))
      if (stranger !== undefined) throw new Error(`The imitation knows no setting «${stranger}».`)
      Object.assign(house.settings, settings)
    },
    release() {
      for (const go of house.held) go()
    },
    async waitForChats(count, timeoutMs = 5_000) {
      await poll(
        () => provider.chats().length >= count,
        timeoutMs,
        () => `${count} chat requests`,
      )
      return provider.chats()
    },
    settled: (timeoutMs = 5_000) =>
      poll(
        () => provider.chats().every((seen) => seen.closedAt !== null && seen.chat?.state === 'ended'),
        timeoutMs,
        () => 'every chat request to be settled and closed',
      ),
    reset() {
      for (const res of live) breakOff(res)
      pastFaults.push(...house.faults.splice(0))
      house.script.length = 0
      house.pathScripts.clear()
      house.requests.length = 0
      house.logsHits.length = 0
      house.fallback = readBehaviour(options.fallback ?? {})
      house.settings = fresh()
      house.books.clear(balance)
      elsewhere?.reset()
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const res of live) breakOff(res)
      server.closeAllConnections()
      await closed
      await elsewhere?.close()
      const faults = [...pastFaults, ...house.faults]
      if (faults.length > 0) throw new Error(`The imitation was at fault: ${faults.join(' | ')}`)
    },
  }
  return provider
}

function newIds(req: IncomingMessage): Ids {
  const asked = req.headers['x-client-request-id']
  const isFit = typeof asked === 'string' && /^[A-Za-z0-9._:-]{1,128}$/.test(asked)
  return {
    requestId: `req-imitation-${randomUUID()}`,
    inferenceId: `inf-imitation-${randomUUID()}`,
    clientRequestId: isFit ? asked : null,
  }
}

async function poll(isMet: () => boolean, timeoutMs: number, what: () => string): Promise<void> {
  const end = Date.now() + timeoutMs
  while (!isMet()) {
    if (Date.now() > end) throw new Error(`The imitation waited ${timeoutMs} ms for ${what()}.`)
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}
