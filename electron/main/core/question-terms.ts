const cjkRun = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+/gu

/** The most terms of a question that pages are looked through for. */
const mostTerms = 60

/** A word of a question, and the FTS5 phrase that finds it (or other forms of it) in the text of a page. */
export interface QuestionTerm {
  word: string
  phrase: string
}

/**
 * The words of a question, each once and in its order; of a CJK run its pairs of characters, as such a run has no word
 * breaks. Words are quoted, so that nothing in them is an operator; words of one letter say nothing.
 */
export function questionTerms(question: string): QuestionTerm[] {
  const found = new Map<string, QuestionTerm>()
  const add = (word: string, phrase: string) => {
    if (found.size < mostTerms && !found.has(phrase)) found.set(phrase, { word, phrase })
  }
  for (const [word] of question.replace(cjkRun, ' ').matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    if (word.length > 1 || /\p{N}/u.test(word)) add(word, `text:"${word.toLowerCase()}"`)
  }
  for (const [run] of question.matchAll(cjkRun)) {
    const letters = [...run]
    if (letters.length === 1) add(run, `cjk:"${run}"`)
    for (const [place, letter] of letters.entries()) {
      const next = letters[place + 1]
      if (next !== undefined) add(letter + next, `cjk:"${letter}${next}"`)
    }
  }
  return [...found.values()]
}
