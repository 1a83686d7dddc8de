import { expect, it } from 'vitest'
import { expectFastBooks } from '../helpers/fast-books.ts'

it('answers every question of the spend page quickly over 1,000,000 ledger rows, and right', () => {
  const { worstMs, times } = expectFastBooks({ attempts: 500_000, conversations: 5_000 })
  console.log(times)
  expect(worstMs).toBeLessThan(1_000)
})
