import { z } from 'zod'
import { returns, route } from '../route.ts'
import type { KeyState } from '../key-state.ts'
import type { Price } from '../price.ts'
import type { Settings } from './settings.ts'
import type { StoreState } from './store.ts'

/** Everything a window needs before it draws anything else. */
export interface AppSnapshot {
  version: string
  shell: 'browser' | 'desktop'
  platform: 'linux' | 'darwin' | 'win32'
  /** Started with `--demo`: new chats are demo chats until a key is given. */
  isDemoStart: boolean
  store: StoreState
  /** `null` while the store is not open. */
  settings: Settings | null
  key: KeyState
  /** The last price the catalogue gave; `null`: not known. */
  price: Price | null
  /** Things to say once at the top of the window. */
  warnings: AppWarning[]
}

export type AppWarning = 'profile-on-network' | 'profile-in-synced-folder' | 'disk-low' | 'saving-failed'

/** One host that Parley has ever opened a connection to, and what for. */
export interface HostContact {
  host: string
  purpose: string
  firstAt: number
  lastAt: number
  count: number
}

export interface About {
  version: string
  hosts: HostContact[]
  licence: string
  components: { name: string; version: string; licence: string }[]
}

export const appRoutes = {
  'app.snapshot': route({ input: z.strictObject({}), output: returns<AppSnapshot>() }),
  'app.about': route({ input: z.strictObject({}), output: returns<About>() }),
}
