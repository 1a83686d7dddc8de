import { useQuery } from '@tanstack/react-query'
import type { InputOf } from '../../../electron/contract/registry.ts'
import type { PriceRecord } from '../../../electron/contract/routes/prices.ts'
import { ask, call, onEvent } from '../ipc/call.ts'
import { keys } from './keys.ts'
import { queryClient } from './query-client.ts'

/** The price in force and what the catalogue said last. */
export const usePrices = () => useQuery({ queryKey: keys.prices, queryFn: () => ask('prices.state', {}) })

/** Every price so far, newest first. */
export const usePriceHistory = () => useQuery({ queryKey: keys.priceHistory, queryFn: () => ask('prices.history', {}) })

const outdated = () => queryClient.invalidateQueries({ queryKey: keys.prices })

/** Asks the catalogue now, a free call; throws a `CallError`. */
export async function refreshPrice() {
  await ask('prices.refresh', {})
  await outdated()
}

/** Lets a price entered by hand hold, or with `null` the catalogue's again; throws a `CallError`. */
export async function overridePrice(price: InputOf<'prices.override'>['price']) {
  await ask('prices.override', { price })
  await outdated()
}

/** Calls back when the catalogue's price in force has become another one; returns how to stop. */
export function onPriceChanged(listener: (price: PriceRecord) => void): () => void {
  let told: string | null = null
  const look = async () => {
    const state = await call('prices.state', {})
    const price = state.ok ? state.value.inForce : null
    if (!price || price.source !== 'catalogue' || price.changes.length === 0 || price.id === told) return
    told = price.id
    listener(price)
  }
  return onEvent((event) => {
    if (event.name === 'price.changed') void look()
  })
}
