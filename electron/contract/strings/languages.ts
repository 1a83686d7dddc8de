/** The languages Parley speaks. */
export const languages = ['en', 'de'] as const
export type Language = (typeof languages)[number]

/** As the setting has it: one of them, or what the system prefers. */
export const languageSettings = ['system', ...languages] as const
export type LanguageSetting = (typeof languageSettings)[number]

const languageOf = (tag: string) => tag.toLowerCase().split(/[-_.@]/, 1)[0]

/** The language to speak: as set, or the first of the system's (`de-AT`, `en-GB`, best first) that Parley knows, or English. */
export function chooseLanguage(setting: LanguageSetting, system: readonly string[]): Language {
  if (setting !== 'system') return setting
  for (const tag of system) {
    const known = languages.find((language) => language === languageOf(tag))
    if (known) return known
  }
  return 'en'
}

/** How numbers and dates are written: as in the person's own region where it speaks this language. */
export const localeFor = (language: Language, system: readonly string[]): string =>
  system.find((tag) => languageOf(tag) === language) ?? language
