import type { Language } from './languages.ts'
import { native as de } from './native-de.ts'
import { native as en, type Native } from './native-en.ts'

/** What the desktop shell says, by language. */
export const natives: Record<Language, Native> = { en, de }
