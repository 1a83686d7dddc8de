import { en, type Strings } from '../../../electron/contract/strings/en.ts'

/** Every sentence of the page, in the language in use. */
export const t: Strings = en
