import type { HandlersFor } from '../../contract/registry.ts'
import type { PriceRecord, PriceState, priceRoutes } from '../../contract/routes/prices.ts'
import { priceChanges } from '../core/price-change.ts'
import type { PriceBook } from '../spend/price-book.ts'
import type { KeptPrice } from '../store/prices.ts'

/** Handlers of `prices.*`. `writable` fails where nothing can be written. */
export function createPriceHandlers(deps: {
  prices: () => PriceBook
  writable: () => unknown
}): HandlersFor<keyof typeof priceRoutes> {
  const records = async (): Promise<PriceState & { history: PriceRecord[] }> => {
    const { inForce, catalogue, history } = await deps.prices().state()
    const record = (price: KeptPrice, place: number): PriceRecord => ({
      ...price,
      isInForce: price.id === inForce?.id,
      changes: priceChanges(history[place + 1] ?? null, price),
    })
    const all = history.map(record)
    const find = (price: KeptPrice | null) => all.find(({ id }) => id === price?.id) ?? null
    return { inForce: find(inForce), catalogue: find(catalogue), history: all }
  }
  const state = async (): Promise<PriceState> => {
    const { inForce, catalogue } = await records()
    return { inForce, catalogue }
  }
  return {
    'prices.state': () => state(),
    'prices.history': async () => (await records()).history,
    'prices.refresh': async () => {
      deps.writable()
      await deps.prices().refresh()
      return state()
    },
    'prices.override': async ({ price }) => {
      deps.writable()
      await deps.prices().override(price)
      return state()
    },
  }
}
