import { expect, it } from 'vitest'
import { expectRandomTurns } from '../helpers/random-turns.ts'

it('300 turns at random: the ledger is the provider’s books to the credit, and no budget is exceeded', async () => {
  const run = await expectRandomTurns({ turns: 300, seed: 20_260_301 })
  console.log(run)
  expect(run.turns).toBeGreaterThanOrEqual(300)
  expect(run.crashes).toBeGreaterThan(0)
  expect(run.refused).toBeGreaterThan(0)
}, 120_000)
