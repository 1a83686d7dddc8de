import { rmSync } from 'node:fs'
import { expect, test } from 'vitest'
import { canPlayPowerLoss, playPowerLoss, recordLife, stateFolder } from '../helpers/power-loss.ts'

const seed = Number(process.env['POWER_LOSS_SEED'] ?? Math.floor(Math.random() * 2 ** 31))

test.skipIf(!canPlayPowerLoss())(
  'power lost at places drawn by lot: all that was acknowledged is there',
  { timeout: 60_000 },
  async () => {
    console.log(`POWER_LOSS_SEED=${seed}`)
    const folder = stateFolder()
    const recorded = recordLife(folder, { pairs: 2 })
    const played = await playPowerLoss(folder, recorded, {
      seed,
      states: 250,
      startEvery: 40,
      until: performance.now() + 11_000,
    })
    console.log(JSON.stringify(played))
    expect(played.states).toBeGreaterThan(50)
    rmSync(folder, { recursive: true, force: true })
  },
)
