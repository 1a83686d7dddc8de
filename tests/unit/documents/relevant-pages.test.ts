import { expect, it } from 'vitest'
import type { AttachmentId, ConversationId } from '../../../electron/contract/ids.ts'
import { addAttachment } from '../../../electron/main/store/draft-attachments.ts'
import { createConversation } from '../../../electron/main/store/conversations.ts'
import { addPages, reportText } from '../../../electron/main/store/derivatives.ts'
import { relevantPages } from '../../../electron/main/store/relevant-pages.ts'
import { connectionFor } from '../../../electron/main/store/settings.ts'
import { openHere, temporaryFolder } from '../../helpers/store.ts'

/** Facts, each on a page of its own among 500, and questions in other words and forms. */
const facts: [fact: string, question: string][] = [
  ['The lighthouse keeper Ormond Vale repaired the lantern in 1871.', 'Who repaired lanterns at the lighthouse?'],
  ['Payments later than thirty days carry interest of two percent.', 'How much interest is on a late payment?'],
  ['The tenant may terminate the lease with notice of three months.', 'When can tenants terminate their leases?'],
  ['Copper pipes are forbidden below the second basement.', 'Where is a copper pipe forbidden?'],
  ['The committee elects its chair in every odd year.', 'How is the chair of the committee elected?'],
  ['Vaccines must be stored between two and eight degrees.', 'At which temperature is a vaccine stored?'],
  ['The glacier retreated by forty metres during the survey.', 'How far did the glacier retreat?'],
  ['Article 12 obliges the supplier to encrypt backups.', 'Which article is about encrypting backups?'],
  ['Der Kündigungsschutz gilt ab dem siebten Monat.', 'Ab wann gilt der Kündigungsschutz?'],
  ['Gärten müssen vor dem Winter bewässert werden.', 'Wann werden Gärten bewässert?'],
  ['Le contrat expire après cinq années.', 'Quand expire le contrat ?'],
  ['Договор действует до конца декабря.', 'До какого месяца действует договор?'],
  ['会議は毎週火曜日に開かれる。', '会議は何曜日に開かれますか'],
  ['合同自签字之日起生效。', '合同什么时候生效'],
  ['The reactor is shut down when pressure exceeds nine bar.', 'At what pressure does the reactor shut down?'],
  ['Passengers under twelve travel free of charge.', 'Do children under twelve pay as passengers?'],
  ['The manuscript was found in a monastery near Vigo.', 'Where was the manuscript found?'],
  ['Serial number QX-7741 belongs to the northern turbine.', 'Which turbine has number QX-7741?'],
  ['Invoices are archived for ten years.', 'How long is an invoice archived?'],
  ['The river ferry stops running in heavy fog.', 'When does the ferry stop?'],
]

const filler =
  'The general report continues with further remarks on the year, the work, the people and what was done when. '

it('finds the page that answers a question among 500, within a budget of a few pages', () => {
  const { db, keeper } = openHere(temporaryFolder())
  const connectionId = connectionFor(db, { kind: 'api', origin: 'https://api.example', at: 1 })
  const conversationId: ConversationId = createConversation(db, { connectionId, at: 1 }).id
  const document = (hash: string): AttachmentId =>
    addAttachment(db, {
      conversationId,
      name: 'a.pdf',
      kind: 'pdf',
      mediaType: 'application/pdf',
      width: null,
      height: null,
      content: { hash, sizeBytes: 1, bytes: Buffer.from('x') },
      countLimit: 20,
      at: 1,
    }).id
  const texts = Array.from({ length: 500 }, (_, place) => `${filler.repeat(12)} Section ${place}.`)
  const pageOf = (place: number) => 7 + place * 24
  for (const [place, [fact]] of facts.entries()) texts[pageOf(place)] += ` ${fact} ${filler.repeat(3)}`
  const pages = texts.map((text, place) => ({ number: place + 1, text }))
  const report = { pageCount: 500, problem: null, reader: 'test 1' }
  // Another document has the same words on every page: it must not blur the first.
  for (const hash of ['a'.repeat(64), 'b'.repeat(64)]) {
    const attachmentId = document(hash)
    const own = hash.startsWith('a') ? pages : pages.map(({ number }) => ({ number, text: facts.flat().join(' ') }))
    addPages(db, { attachmentId, isFirst: true, pages: own, pageLimit: 2_000 })
    reportText(db, { attachmentId, report, pageLimit: 2_000, at: 1 })
  }
  const missed: string[] = []
  const times: number[] = []
  for (const [place, [, question]] of facts.entries()) {
    const startedAt = performance.now()
    const found = relevantPages(db, { hash: 'a'.repeat(64), question, budgetTokens: 2_000 })
    times.push(performance.now() - startedAt)
    const page = found.pages.find(({ number }) => number === pageOf(place) + 1)
    if (!page || page.terms.length === 0) missed.push(question)
    expect(found.tokens).toBeLessThanOrEqual(2_000)
    expect(found.pages.length).toBeLessThanOrEqual(8)
    expect(found.allTokens).toBeGreaterThan(50 * found.tokens)
  }
  const median = times.toSorted((a, b) => a - b)[10] ?? 0
  console.info(
    `pages that matter: ${facts.length - missed.length} of ${facts.length}, ${median.toFixed(1)} ms of 500 pages`,
  )
  expect(missed).toEqual([])
  const none = relevantPages(db, { hash: 'a'.repeat(64), question: '???', budgetTokens: 2_000 })
  expect(none.pages[0]).toMatchObject({ number: 1, terms: [] })
  keeper.close()
})
