import { expect, it } from 'vitest'
import { expectRandomTurns } from '../helpers/random-turns.ts'

it('10,000 turns at random: the ledger is the provider’s books to the credit, and no budget is exceeded', async () => {
  let turns = 0
  for (let seed = 1; turns < 10_000; seed++) {
    const run = await expectRandomTurns({ turns: 1_000, seed })
    turns += run.turns
    console.log(run)
  }
  expect(turns).toBeGreaterThanOrEqual(10_000)
})
