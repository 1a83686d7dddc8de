import { en, type Strings } from '../../../electron/contract/strings/en.ts'
import { localeFor, type Language } from '../../../electron/contract/strings/languages.ts'

/** Every sentence of the page, in the language in use. Read it where it is shown: what was read before a change is old. */
export let t: Strings = en

/** How numbers and dates are written. */
export let locale: string = en.locale

/** Languages of the person, best first. */
export const systemLanguages = (): readonly string[] => navigator.languages

/** Loads the words of a language; from then on {@link t} speaks it. Only English is there from the start. */
export async function speak(language: Language): Promise<void> {
  t = language === 'en' ? en : (await import('../../../electron/contract/strings/de.ts')).de
  locale = localeFor(language, systemLanguages())
  document.documentElement.lang = language
}
