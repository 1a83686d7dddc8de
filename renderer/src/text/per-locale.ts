import { locale } from './strings.ts'

/** Makes formatters once for each locale, as they are slow to make and the language can change. */
export function perLocale<Formats>(make: (locale: string) => Formats): () => Formats {
  let made: { locale: string; formats: Formats } | null = null
  return () => {
    if (made?.locale !== locale) made = { locale, formats: make(locale) }
    return made.formats
  }
}
