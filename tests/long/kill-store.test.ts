import { expect, test } from 'vitest'
import { killAndVerify } from '../helpers/store-kill.ts'
import { filledFolder, temporaryFolder } from '../helpers/store.ts'

/** `KILLS=20000` for a longer run. */
const kills = Number(process.env['KILLS'] ?? 1_000)

test(
  `${kills} kills while writing: 0 shown characters lost, every store opens`,
  { timeout: kills * 5_000 },
  async () => {
    const opened: number[] = []
    let shown = 0
    let folder = temporaryFolder()
    for (let round = 0; round < kills; round++) {
      // A new store now and then, so that its first moments are killed as well.
      if (round % 50 === 0) folder = temporaryFolder()
      const { openMs, shownCount } = await killAndVerify(folder, 'turns', Math.random() * 250)
      opened.push(openMs)
      shown += shownCount
    }
    const sorted = opened.toSorted((a, b) => a - b)
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
    console.log(
      `${kills} kills, ${shown} replies shown, 0 lost; reopened in ${at(0.5).toFixed(1)} ms median, ${at(0.99).toFixed(1)} ms p99`,
    )
    expect(shown).toBeGreaterThan(0)
  },
)

test('100 kills while backing up', { timeout: 600_000 }, async () => {
  const { folder } = filledFolder({ turns: 500 })
  for (let round = 0; round < 100; round++) await killAndVerify(folder, 'backup', Math.random() * 400)
})
