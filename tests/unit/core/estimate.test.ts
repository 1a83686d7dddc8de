import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  addFeatures,
  estimateTokens,
  isEstimator,
  learn,
  newEstimator,
  textFeatures,
  type Estimator,
} from '../../../electron/main/core/estimate.ts'
import { proposeFit } from '../../../electron/main/core/fit-context.ts'
import { countPrompt } from '../../provider/tokens.ts'

const file = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')
const russian =
  'Книга лежит на столе, а за окном идёт снег. Мы долго говорили о том, как устроены города и почему люди возвращаются домой. '
const chinese = '书放在桌子上，窗外正在下雪。我们谈了很久，谈城市是怎样建成的，也谈人们为什么总要回家。'
const sources = {
  english: `${file('README.md')}\n${file('ARCHITECTURE.md')}`.replaceAll(/```[^`]*```/g, ''),
  russian: russian.repeat(60),
  chinese: chinese.repeat(60),
  code: file('electron/main/store/ledger.ts') + file('electron/main/chat/run.ts'),
}

/** A first prompt of one kind, of a length and from a place that follow from its number alone. */
function prompt(number: number): string {
  const kinds = Object.values(sources)
  const source = kinds[number % kinds.length] ?? ''
  const length = 200 + ((number * 977) % 2_600)
  const from = (number * 1_571) % Math.max(1, source.length - length)
  return source.slice(from, from + length)
}

/** The imitation's own count: another vocabulary than the model's, so only learning is measured here, not the first weights. */
const truth = (text: string) => countPrompt([{ role: 'user', content: text }])

const featuresOf = (text: string) => addFeatures([textFeatures(text)], true)

describe('the estimator', () => {
  it('starts from the published ratios: 4.7, 3.5, 1.8 and 2.2 characters per token', () => {
    const of = (text: string) => text.length / (estimateTokens(newEstimator(), textFeatures(text)) - 5)
    expect(of('The lamp stood by the window and nobody said a word for a long while.')).toBeCloseTo(4.7, 1)
    expect(of('Лампа стояла у окна, и долго никто не говорил ни слова.')).toBeCloseTo(3.5, 1)
    expect(of('灯放在窗边很久没有人说话')).toBeCloseTo(1.8, 1)
    expect(of('for (const [key, value] of map) { run(key, value[0]); }')).toBeCloseTo(2.2, 1)
  })

  it('settles on the counts it is shown: first turns of a mixed corpus', () => {
    let estimator = newEstimator()
    const errors: number[] = []
    for (let number = 0; number < 120; number++) {
      const text = prompt(number)
      errors.push(Math.abs(estimateTokens(estimator, featuresOf(text)) - truth(text)) / truth(text))
      estimator = learn(estimator, featuresOf(text), truth(text))
    }
    const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 1
    const first = median(errors.slice(0, 8))
    const later = median(errors.slice(40))
    console.log(
      `estimator, first turns: median error ${(first * 100).toFixed(1)} % at first, ${(later * 100).toFixed(2)} % later`,
    )
    expect(later).toBeLessThan(0.03)
  })

  it('gives the same for the same, survives nonsense, and says what is not one', () => {
    const run = () => {
      let estimator: Estimator = newEstimator()
      for (let number = 0; number < 30; number++) {
        estimator = learn(estimator, featuresOf(prompt(number)), truth(prompt(number)))
        estimator = learn(estimator, featuresOf(prompt(number)), number % 2 ? 1 : 1_000_000)
      }
      return estimator
    }
    expect(run()).toEqual(run())
    expect(run().weights.every((weight) => Number.isFinite(weight) && weight > 0)).toBe(true)
    expect(isEstimator(JSON.parse(JSON.stringify(run())))).toBe(true)
    for (const value of [null, {}, { weights: [1], covariance: [], seen: 0 }, { ...newEstimator(), seen: 'x' }])
      expect(isEstimator(value)).toBe(false)
    expect(learn(newEstimator(), featuresOf('x'), Number.NaN)).toEqual(newEstimator())
  })
})

describe('what to leave out', () => {
  const of = (...tokens: number[]) => tokens.map((each, place) => ({ messageId: `m${place}` as never, tokens: each }))
  const ids = (...input: Parameters<typeof proposeFit>) =>
    proposeFit(...input)?.map(({ messageId }) => messageId) ?? null

  it('proposes the fewest of the dearest, or the oldest, and nothing where all fits', () => {
    expect(ids(of(10, 500, 20, 300, 40), 600, 'dearest')).toEqual(['m1', 'm3'])
    expect(ids(of(10, 500, 20, 300, 40), 500, 'oldest')).toEqual(['m1'])
    expect(ids(of(10, 500, 20), 0, 'oldest')).toEqual([])
    expect(ids(of(10, 500, 20), 531, 'oldest')).toBeNull()
  })
})
