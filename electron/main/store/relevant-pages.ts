import type { RelevantPage } from '../../contract/attachment.ts'
import { estimateTokens, newEstimator, textFeatures } from '../core/estimate.ts'
import { questionTerms, type QuestionTerm } from '../core/question-terms.ts'
import { snippetAround } from '../core/snippet.ts'
import { sql, type Database } from './database.ts'

/** Pages that a question is about, in page order, with what they and the whole document take. */
export interface RelevantPages {
  pages: RelevantPage[]
  tokens: number
  allTokens: number
}

interface Scored {
  number: number
  score: number
  terms: { term: QuestionTerm; weight: number }[]
}

/**
 * The pages of one document that a question is about: the best ones until `budgetTokens` are spent, the very best one always.
 * Without a word in common, the document's beginning.
 */
export function relevantPages(
  db: Database,
  input: { hash: string; question: string; budgetTokens: number },
): RelevantPages {
  const { hash, question, budgetTokens } = input
  const texts = sql<[string], { number: number; text: string }>(
    db,
    'SELECT number, text FROM document_page WHERE source_hash = ? ORDER BY number',
  ).all(hash)
  const tokensOf = new Map(texts.map(({ number, text }) => [number, pageTokens(text)]))
  const scored = score(db, hash, questionTerms(question), texts.length)
  const order = scored.length > 0 ? scored : texts.map(({ number }): Scored => ({ number, score: 0, terms: [] }))
  const chosen: Scored[] = []
  let tokens = 0
  for (const page of order) {
    const more = tokensOf.get(page.number) ?? 0
    if (chosen.length > 0 && tokens + more > budgetTokens) continue
    chosen.push(page)
    tokens += more
    if (tokens >= budgetTokens) break
  }
  const textOf = new Map(texts.map(({ number, text }) => [number, text]))
  const pages = chosen
    .toSorted((a, b) => a.number - b.number)
    .map(({ number, terms }) => ({
      number,
      tokens: tokensOf.get(number) ?? 0,
      terms: terms.toSorted((a, b) => b.weight - a.weight).map(({ term }) => term.word),
      snippet: snippetAround(textOf.get(number) ?? '', terms[0]?.term.word ?? ''),
    }))
  return { pages, tokens, allTokens: [...tokensOf.values()].reduce((sum, each) => sum + each, 0) }
}

/**
 * Best first. A word weighs by how few pages of this document have it; how often a page has it, and how long the page is,
 * is what bm25 says, as a share of the page that is best in it.
 */
function score(db: Database, hash: string, terms: QuestionTerm[], pageCount: number): Scored[] {
  const matching = sql<[string, string], { number: number; rank: number }>(
    db,
    `SELECT p.number, bm25(page_index, 0, 1, 1) AS rank FROM page_index
     JOIN document_page p ON p.seq = page_index.rowid WHERE page_index MATCH ? AND p.source_hash = ?`,
  )
  const pages = new Map<number, Scored>()
  for (const term of terms) {
    const found = matching.all(`source_hash:"${hash}" AND ${term.phrase}`, hash)
    const best = found.reduce((least, { rank }) => Math.min(least, rank), 0)
    const rarity = Math.log(1 + (pageCount - found.length + 0.5) / (found.length + 0.5))
    for (const { number, rank } of found) {
      const weight = rarity * (best < 0 ? rank / best : 1)
      const page = pages.get(number) ?? { number, score: 0, terms: [] }
      page.score += weight
      page.terms.push({ term, weight })
      pages.set(number, page)
    }
  }
  for (const page of pages.values()) page.terms = page.terms.toSorted((a, b) => b.weight - a.weight)
  return [...pages.values()].toSorted((a, b) => b.score - a.score || a.number - b.number)
}

const plain = newEstimator()

/** What the text of a page takes, by the weights that hold before anything was learnt. */
function pageTokens(text: string): number {
  return Math.round(estimateTokens(plain, textFeatures(text)))
}
