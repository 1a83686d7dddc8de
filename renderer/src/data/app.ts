import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import type { KeyState } from '../../../electron/contract/key-state.ts'
import type { InputOf } from '../../../electron/contract/registry.ts'
import type { About, AppSnapshot } from '../../../electron/contract/routes/app.ts'
import type { Settings } from '../../../electron/contract/routes/settings.ts'
import { ask, whenOpen } from '../ipc/call.ts'
import { keys } from './keys.ts'
import { queryClient } from './query-client.ts'

/** Events first: then nothing that changes after the answer can be missed. */
const appQuery = { queryKey: keys.app, queryFn: () => whenOpen.then(() => ask('app.snapshot', {})) }

/** The first answer, before anything is drawn. */
export const useAppQuery = () => useQuery(appQuery)

/** The state of the application, once it is there. */
export const useApp = (): AppSnapshot => useSuspenseQuery(appQuery).data

/** Version, licences and hosts. */
export const useAbout = () =>
  useQuery<About>({ queryKey: keys.about, queryFn: () => ask('app.about', {}), staleTime: 0 })

const patchApp = (patch: Partial<AppSnapshot>) =>
  queryClient.setQueryData<AppSnapshot>(keys.app, (app) => (app ? { ...app, ...patch } : app))

const keepSettings = (settings: Settings) => {
  patchApp({ settings })
}

const keepKey = (key: KeyState) => {
  patchApp({ key })
}

let lastChange: Promise<unknown> = Promise.resolve()

/** Changes appearance and behaviour, one change after the other as they were made; throws a `CallError`. */
export function setSettings(input: InputOf<'settings.set'>): Promise<void> {
  const change = lastChange.then(async () => keepSettings(await ask('settings.set', input)))
  lastChange = change.catch(() => null)
  return change
}

/** Changes how the provider is reached, after a confirmation outside the page; throws a `CallError`. */
export async function setConnection(input: InputOf<'connection.set'>): Promise<Settings> {
  const settings = await ask('connection.set', input)
  keepSettings(settings)
  return settings
}

/** Trusts extra certificates, or none; throws a `CallError`. */
export const setCertificates = async (pem: string | null) =>
  keepSettings(await ask('connection.setCertificates', { pem }))

/** Tests the key given, or the one in use; throws a `CallError`. */
export const testKey = (key: string | null) => ask('key.test', key === null ? {} : { key })

/** Keeps a key; throws a `CallError`. */
export const setKey = async (input: InputOf<'key.set'>) => keepKey(await ask('key.set', input))

/** Forgets the key; throws a `CallError`. */
export const removeKey = async () => keepKey(await ask('key.remove', {}))

/** Looks at the keychain again; throws a `CallError`. */
export const reloadKey = async () => keepKey(await ask('key.reload', {}))
