const run = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+/gu

/**
 * The CJK runs of a text as unigrams and bigrams, separated by blanks: what the index needs to find a word
 * inside a run, since its tokenizer knows word breaks only where there are blanks. Empty for other texts.
 */
export function cjkTerms(text: string): string {
  const terms: string[] = []
  for (const [characters] of text.matchAll(run)) {
    const letters = [...characters]
    for (const [place, letter] of letters.entries()) {
      terms.push(letter)
      const next = letters[place + 1]
      if (next !== undefined) terms.push(letter + next)
    }
  }
  return terms.join(' ')
}

/**
 * A person's words as terms of an FTS5 query, to be joined by AND: every word quoted, so that nothing in it is an operator;
 * the last one matches beginnings too, as it may still be being typed, unless it is one letter: half of everything begins
 * with it. CJK runs become phrases of the `cjk` column. Empty: nothing to look for.
 */
export function searchTerms(words: string): string[] {
  const terms: string[] = []
  const latin = words.replace(run, ' ').match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
  for (const [place, word] of latin.entries()) {
    const isPrefix = place === latin.length - 1 && word.length > 1
    terms.push(`text:"${word}"${isPrefix ? '*' : ''}`)
  }
  for (const [characters] of words.matchAll(run)) {
    const letters = [...characters]
    if (letters.length === 1) terms.push(`cjk:"${letters[0]}"`)
    else
      for (let place = 0; place + 1 < letters.length; place++)
        terms.push(`cjk:"${letters[place]}${letters[place + 1]}"`)
  }
  return terms
}
