import { useSyncExternalStore } from 'react'
import { liveness, type Liveness } from '../ipc/liveness.ts'

/** Whether main answers. */
export const useLiveness = (): Liveness => useSyncExternalStore(liveness.subscribe, liveness.get)

const onlineEvents = (listener: () => void) => {
  addEventListener('online', listener)
  addEventListener('offline', listener)
  return () => {
    removeEventListener('online', listener)
    removeEventListener('offline', listener)
  }
}

/** Whether the system has any network. */
export const useIsOnline = (): boolean => useSyncExternalStore(onlineEvents, () => navigator.onLine)
