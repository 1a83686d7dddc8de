const maxChars = 60

/** Control characters, and those that change the direction of what follows: a title must not rearrange the list. */
const hidden = /[\p{Cc}\u200B\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gu

/** A title made of the first words of a message, without a call to the model. Never empty for a text that is not blank. */
export function titleFrom(text: string): string {
  const line =
    text
      .split('\n')
      .map((each) => each.replace(/^[\s#>*\-`]+/, '').trim())
      .find((each) => each !== '') ?? text.trim()
  const flat = line.replace(hidden, '').replace(/\s+/g, ' ')
  const letters = [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(flat)].map(
    (each) => each.segment,
  )
  if (letters.length <= maxChars) return flat
  const cut = letters.slice(0, maxChars).join('')
  const blank = cut.lastIndexOf(' ')
  return `${(blank > maxChars / 2 ? cut.slice(0, blank) : cut).trimEnd()}…`
}
