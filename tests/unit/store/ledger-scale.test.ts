import { expect, it } from 'vitest'
import { expectFastBooks } from '../../helpers/fast-books.ts'

it('answers every question of the spend page right over 100,000 ledger rows', { timeout: 120_000 }, () => {
  expect(expectFastBooks({ attempts: 50_000, conversations: 2_000 }).worstMs).toBeGreaterThan(0)
})
