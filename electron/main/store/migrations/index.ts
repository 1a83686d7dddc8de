import { firstEvening } from './0001-first-evening.ts'

/** Marks a file as a Parley store (`PRAGMA application_id`): the letters "Prly". */
export const applicationId = 0x50726c79

/** Append only. The place in the list, from 1, is the `user_version` it leads to. */
export const migrations: readonly string[] = [firstEvening]

/** The schema version this build writes. A store with a higher one is refused, with nothing changed. */
export const schemaVersion = migrations.length
