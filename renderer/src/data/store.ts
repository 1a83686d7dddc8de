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

/** After a recovery everything is asked for again. */
export const askEverythingAgain = () => queryClient.invalidateQueries()
