import { expect, test } from 'vitest'
import { finishedBlocks, headingLevels } from '../../../renderer/src/features/thread/markdown/blocks.ts'
import { createLiveBlocks } from '../../../renderer/src/features/thread/markdown/live-blocks.ts'
import { createParts } from '../../../renderer/src/features/thread/markdown/parts.ts'

const text = Array.from(
  { length: 30 },
  (_, number) => `${'#'.repeat(1 + (number % 5))} Part ${number}\n\nWords.\n\n`,
).join('')

test('a reply that grows changes its last parts only', () => {
  const live = createLiveBlocks()
  const cut = createParts()
  let before = cut.of([])
  for (let end = 0; end <= text.length; end += 7) {
    const parts = cut.of(live.advance(text.slice(0, end)))
    const changed = parts.filter((part, at) => part !== before[at]).length
    expect(changed).toBeLessThanOrEqual(2)
    before = parts
  }
  expect(before.length).toBeGreaterThan(2)
})

test('parts hold every block once, with the levels of the whole', () => {
  const blocks = finishedBlocks(text) ?? []
  const cut = createParts()
  for (const shown of [blocks, blocks.slice(0, 25), blocks]) {
    const parts = cut.of(shown)
    expect(parts.flatMap((part) => part.blocks)).toEqual(shown)
    expect(parts.flatMap((part) => part.levels)).toEqual(headingLevels(shown))
  }
})
