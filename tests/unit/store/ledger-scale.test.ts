import { expect, it } from 'vitest'
import { expectFastBooks } from '../../helpers/fast-books.ts'

it('answers every question of the spend page quickly over 100,000 ledger rows, and right', () => {
  const { worstMs } = expectFastBooks({ attempts: 50_000, conversations: 2_000 })
  expect(worstMs).toBeLessThan(250)
})
