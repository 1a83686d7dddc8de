import { rmSync } from 'node:fs'
import { expect, test } from 'vitest'
import { canPlayPowerLoss, playPowerLoss, recordLife, recordReturn, stateFolder } from '../helpers/power-loss.ts'

/** `POWER_LOSS_STATES=50000` for a longer run, `POWER_LOSS_SEED` for the same lots. */
const states = Number(process.env['POWER_LOSS_STATES'] ?? 9_000)
const seed = Number(process.env['POWER_LOSS_SEED'] ?? Math.floor(Math.random() * 2 ** 31))

test.skipIf(!canPlayPowerLoss())(
  `power lost ${states} times, around every sync and in between: all that was acknowledged is there`,
  { timeout: 60_000 + states * 500 },
  async () => {
    console.log(`POWER_LOSS_SEED=${seed}`)
    const folder = stateFolder()
    const recorded = recordLife(folder, { pairs: 8 })
    const played = await playPowerLoss(folder, recorded, { seed, states, startEvery: 40 })
    console.log(JSON.stringify(played))
    expect(played.states).toBeGreaterThan(states / 2)
    // And once more, in the middle of coming back from it.
    for (let round = 0; round < 5; round++) {
      const again = recordReturn(folder, recorded, seed + round)
      const rest = await playPowerLoss(folder, again, { seed: seed + round, states: states / 20, startEvery: 40 })
      console.log(JSON.stringify(rest))
      expect(rest.states).toBeGreaterThan(states / 40)
    }
    rmSync(folder, { recursive: true, force: true })
  },
)
