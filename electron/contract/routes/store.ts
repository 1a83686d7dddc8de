import { z } from 'zod'
import { returns, route } from '../route.ts'

/** A backup that Parley made, described by its manifest. */
export interface Backup {
  name: string
  createdAt: number
  reason: 'daily' | 'before-migration' | 'before-restore' | 'by-hand'
  conversationCount: number
  messageCount: number
  sizeBytes: number
}

export type Damage = 'zero-length' | 'not-a-database' | 'bad-pages' | 'missing-wal' | 'foreign-database' | 'missing'

/** What of a damaged store could not be read. */
export interface Unread {
  conversations: number
  messages: number
}

export type StoreState =
  | { kind: 'ready' }
  | { kind: 'read-only'; reason: 'chosen' | 'not-writable' | 'disk-full' | 'future-version'; unread: Unread | null }
  | { kind: 'damaged'; damage: Damage; detail: string; backups: Backup[] }
  | { kind: 'future'; version: number; supported: number }

export interface Salvage {
  conversations: { read: number; lost: number }
  messages: { read: number; lost: number }
  ledgerEntries: { read: number; lost: number }
  /** Where the damaged file was moved to: a name inside the profile. */
  movedTo: string
}

/** A damaged store that was moved aside. It still holds what it held. */
export interface SetAside {
  /** A name inside `damaged/`. */
  name: string
  sizeBytes: number
}

export interface StoreInfo {
  /** The profile folder, for people to find and back up themselves. */
  folder: string
  sizeBytes: number
  backups: Backup[]
  setAside: SetAside[]
}

const none = z.strictObject({})

export const storeRoutes = {
  'store.info': route({ input: none, output: returns<StoreInfo>() }),
  'store.backUp': route({ input: none, output: returns<Backup>() }),
  /** Opens a damaged store as far as it can be read; nothing is written. */
  'store.openReadOnly': route({ input: none, output: returns<StoreState>() }),
  /** Moves the damaged file aside and starts from a copy of the backup. */
  'store.restore': route({
    input: z.strictObject({ name: z.string().max(200) }),
    output: returns<{ movedTo: string }>(),
  }),
  /** Reads what can be read into a new store and moves the damaged file aside. */
  'store.salvage': route({ input: none, output: returns<Salvage>() }),
  /** Deletes a damaged store that was moved aside. */
  'store.removeSetAside': route({ input: z.strictObject({ name: z.string().max(200) }), output: returns<StoreInfo>() }),
  /**
   * Erases everything: conversations, the books, backups, damaged stores, settings, logs, and the keys in the keychain.
   * Asks outside the page first (`confirm.declined`), and begins anew. Fails with `keychain.*`, with nothing erased, while
   * the keychain does not give a key up.
   */
  'store.erase': route({ input: none, output: returns<null>() }),
}
