import { FailureError } from '../../contract/errors.ts'
import type { ParleyEvent } from '../../contract/events.ts'
import type { ApiClient } from '../api/client.ts'
import { model } from '../core/origin.ts'
import type { Logger } from '../log/logger.ts'
import type { Store } from '../store/host.ts'
import type { KeptPrice } from '../store/prices.ts'

const dayMs = 24 * 60 * 60 * 1000

export interface PriceBookDeps {
  store: Pick<Store, 'read' | 'write'>
  /** The client of the origin in use. */
  client: () => Pick<ApiClient, 'models'>
  /** The connection prices are kept under; `null` while nothing was kept under it yet. */
  findConnectionId: () => Promise<string | null>
  /** The same, made when it is new. */
  connectionId: () => Promise<string>
  publish: (event: ParleyEvent) => void
  now: () => number
  log: Pick<Logger, 'info' | 'warn'>
}

/** What the model costs, from the provider's catalogue. Looked up when a price is needed and none is younger than a day. */
export interface PriceBook {
  /** The newest price known, without asking anyone. */
  known(): Promise<KeptPrice | null>
  /** The price to reserve with: what is known, or what the catalogue answers within `waitMs`; `null`: unpriced. */
  current(waitMs: number): Promise<KeptPrice | null>
  /** The price in force, what the catalogue said last, and all before them, newest first. */
  state(): Promise<{ inForce: KeptPrice | null; catalogue: KeptPrice | null; history: KeptPrice[] }>
  /** Lets a price entered by hand hold, or with `null` the catalogue's again. */
  override(price: Parameters<Store['write']['overridePrice']>[0]['price']): Promise<void>
  /** From now on asks the catalogue once a day by itself, where it has been asked before. Gives how to stop. */
  keepDaily(): () => void
  /** Asks the catalogue now. Fails like any request; the price known before stays. */
  refresh(): Promise<KeptPrice | null>
}

/** Keeps the catalogue's price. Nothing is fetched until somebody asks. */
export function createPriceBook({ store, publish, now, log, ...deps }: PriceBookDeps): PriceBook {
  let askedAt = -Infinity
  let asking: Promise<KeptPrice | null> | null = null

  const known = async () => {
    const connectionId = await deps.findConnectionId()
    return connectionId === null ? null : ((await store.read.latestPrice({ connectionId, model })) ?? null)
  }
  const ask = async () => {
    const connectionId = await deps.connectionId()
    const last = (await store.read.cataloguePrice({ connectionId, model })) ?? null
    const answer = await deps.client().models(last?.etag ?? undefined)
    askedAt = now()
    if (answer.isUnchanged || answer.price === null) return last
    const { price, etag, raw } = answer
    const kept = await store.write.keepPrice({ connectionId, price, etag, raw, at: now() })
    if (kept.id !== last?.id) publish({ name: 'price.changed' })
    return kept
  }
  const refresh = () => (asking ??= ask().finally(() => (asking = null)))
  const refreshQuietly = () =>
    refresh().catch((error: unknown) => {
      log.warn('the catalogue did not answer', {
        code: error instanceof FailureError ? error.failure.code : 'internal',
      })
      return null
    })

  return {
    known,
    async current(waitMs) {
      const price = await known()
      const isFresh = price?.source === 'catalogue' && now() - Math.max(askedAt, price.seenAt) < dayMs
      if (price && (isFresh || now() - askedAt < dayMs)) return price
      const asked = refreshQuietly()
      if (price) return price
      return Promise.race([asked, new Promise<null>((resolve) => setTimeout(resolve, waitMs, null).unref())])
    },
    refresh,
    async state() {
      const connectionId = await deps.findConnectionId()
      if (connectionId === null) return { inForce: null, catalogue: null, history: [] }
      const place = { connectionId, model }
      const [inForce, catalogue, history] = await Promise.all([
        store.read.latestPrice(place),
        store.read.cataloguePrice(place),
        store.read.priceHistory(place),
      ])
      return { inForce: inForce ?? null, catalogue: catalogue ?? null, history }
    },
    async override(price) {
      await store.write.overridePrice({ connectionId: await deps.connectionId(), model, price, at: now() })
      publish({ name: 'price.changed' })
    },
    keepDaily() {
      const look = async () => {
        const connectionId = await deps.findConnectionId()
        const last = connectionId && (await store.read.cataloguePrice({ connectionId, model }))
        if (last && now() - Math.max(askedAt, last.seenAt) >= dayMs) await refreshQuietly()
      }
      const timer = setInterval(() => void look().catch(() => undefined), dayMs / 24)
      timer.unref()
      return () => clearInterval(timer)
    },
  }
}
