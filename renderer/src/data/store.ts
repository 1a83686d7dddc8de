import { useQuery } from '@tanstack/react-query'
import { ask } from '../ipc/call.ts'
import { keys } from './keys.ts'
import { queryClient } from './query-client.ts'

/** Where the data is, how large, and its backups. */
export const useStoreInfo = () => useQuery({ queryKey: keys.store, queryFn: () => ask('store.info', {}), staleTime: 0 })

/** Makes a backup now; throws a `CallError`. */
export async function backUp() {
  await ask('store.backUp', {})
  await queryClient.invalidateQueries({ queryKey: keys.store })
}

/** Opens the damaged store for reading; throws a `CallError`. */
export const openReadOnly = () => ask('store.openReadOnly', {})

/** Starts from a backup; throws a `CallError`. */
export const restoreBackup = (name: string) => ask('store.restore', { name })

/** Reads what can be read into a new store; throws a `CallError`. */
export const salvage = () => ask('store.salvage', {})

/** Deletes a damaged store that was moved aside; throws a `CallError`. */
export async function removeSetAside(name: string) {
  queryClient.setQueryData(keys.store, await ask('store.removeSetAside', { name }))
}

/** Erases everything after a question outside the page, and begins anew; throws a `CallError`. */
export async function eraseEverything() {
  await ask('store.erase', {})
  // Drafts and whatever else this page still holds.
  location.reload()
}

/** After a recovery everything is asked for again. */
export const askEverythingAgain = () => queryClient.invalidateQueries()
