/**
 * Prompt tokens without the vocabulary (a file of 33 MB): a weighted sum of characters by kind, with weights that settle on
 * the real counts of billed requests. At first: prompt = 1 + Σ over messages (n + 5) + 7, and 4.7 characters per token in
 * English, 3.5 in Russian, 1.8 in Chinese, 2.2 in code.
 */
const features = ['prose', 'cyrillic', 'cjk', 'code', 'other', 'messages', 'request'] as const

/** How much of each feature a text or a prompt has, in the order of `features`: UTF-16 units, messages, 1 for a request. */
export type Features = number[]

/** What the estimator has learnt: weights, and how sure it is of them. Plain data, kept between starts. */
export interface Estimator {
  weights: number[]
  /** Covariance of the weights. */
  covariance: number[][]
  /** How many real counts it has seen. */
  seen: number
}

const startWeights = [1 / 4.7, 1 / 3.5, 1 / 1.8, 1 / 2.2, 1 / 2.5, 5, 8]
/** How far off the first weights may be: a share of each. */
const startDoubt = [0.3, 0.3, 0.4, 0.4, 0.5, 0.4, 0.8]
/** A prompt's count scatters around the best weights by this share, and by some tokens. */
const scatterShare = 0.02
const scatterTokens = 2
/** What is forgotten with each count, so that a change at the provider is followed. */
const drift = 1.002
const widest = 4

/** An estimator that has seen nothing. */
export function newEstimator(): Estimator {
  const covariance = startWeights.map((weight, row) =>
    startWeights.map((_, column) => (row === column ? (weight * (startDoubt[row] ?? 0)) ** 2 : 0)),
  )
  return { weights: [...startWeights], covariance, seen: 0 }
}

/** Whether stored data is an estimator of this form; another form is forgotten. */
export function isEstimator(value: unknown): value is Estimator {
  if (typeof value !== 'object' || value === null) return false
  const { weights, covariance, seen } = value as Partial<Estimator>
  const isRow = (row: unknown) =>
    Array.isArray(row) && row.length === features.length && row.every((each) => Number.isFinite(each))
  return (
    isRow(weights) &&
    Array.isArray(covariance) &&
    covariance.length === features.length &&
    covariance.every(isRow) &&
    Number.isSafeInteger(seen)
  )
}

/** The features of one message's text, itself included as a message. One pass, about 100 MB/s. */
export function textFeatures(text: string): Features {
  const found = [0, 0, 0, 0, 0, 1, 0]
  let line = 0
  let isFenced = false
  while (line < text.length) {
    const end = text.indexOf('\n', line)
    const next = end < 0 ? text.length : end + 1
    const isFence = text.startsWith('```', line)
    if (isFence) isFenced = !isFenced
    countLine(text, line, next, found, isFenced || isFence)
    line = next
  }
  return found
}

function countLine(text: string, from: number, to: number, found: Features, isFenced: boolean): void {
  let prose = 0
  let cyrillic = 0
  let cjk = 0
  let other = 0
  let signs = 0
  for (let place = from; place < to; place++) {
    const unit = text.charCodeAt(place)
    if (unit < 0x250) {
      prose += 1
      if (isSign(unit)) signs += 1
    } else if (unit >= 0x400 && unit < 0x530) cyrillic += 1
    else if (
      (unit >= 0x2e80 && unit < 0xa000) ||
      (unit >= 0xac00 && unit < 0xd7b0) ||
      (unit >= 0xf900 && unit < 0xfb00) ||
      unit >= 0xff00
    )
      cjk += 1
    else if (unit >= 0x2010 && unit < 0x2030) prose += 1
    else other += 1
  }
  // Between Cyrillic words the spaces and stops belong to them; a line full of signs is code.
  const isCyrillic = cyrillic > prose
  const isCode = isFenced || (signs >= 3 && signs * 12 > to - from && cyrillic + cjk === 0)
  const kind = isCode ? 3 : isCyrillic ? 1 : 0
  found[kind] = (found[kind] ?? 0) + prose
  found[1] = (found[1] ?? 0) + cyrillic
  found[2] = (found[2] ?? 0) + cjk
  found[4] = (found[4] ?? 0) + other
}

/** Brackets, operators and the like, in ASCII: `{}[]()<>=;:_/\|&*#$@^~+` and digits' friends, not stops and quotes. */
function isSign(unit: number): boolean {
  return (
    (unit >= 0x23 && unit <= 0x26) ||
    (unit >= 0x28 && unit <= 0x2b) ||
    unit === 0x2f ||
    (unit >= 0x3a && unit <= 0x3e) ||
    unit === 0x40 ||
    (unit >= 0x5b && unit <= 0x60) ||
    (unit >= 0x7b && unit <= 0x7e)
  )
}

/** Adds features; `request` marks the sum as a whole prompt. */
export function addFeatures(all: Iterable<Features>, isRequest: boolean): Features {
  const sum = [0, 0, 0, 0, 0, 0, isRequest ? 1 : 0]
  for (const one of all) for (const [place, value] of one.entries()) sum[place] = (sum[place] ?? 0) + value
  return sum
}

/** Tokens of what has these features. Never negative; not rounded. */
export function estimateTokens({ weights }: Estimator, found: Features): number {
  return Math.max(0, dot(weights, found))
}

/** The estimator after it saw a real count: a Kalman filter over the weights. Same input, same result. */
export function learn(before: Estimator, found: Features, tokens: number): Estimator {
  if (!(tokens > 0) || found.every((value) => value === 0)) return before
  const covariance = before.covariance.map((row) => row.map((value) => value * drift))
  const spread = covariance.map((row) => dot(row, found))
  const noise = (tokens * scatterShare) ** 2 + scatterTokens ** 2
  const gain = spread.map((value) => value / (dot(spread, found) + noise))
  const error = tokens - dot(before.weights, found)
  const weights = before.weights.map((weight, place) => {
    const start = startWeights[place] ?? 0
    return Math.min(start * widest, Math.max(start / widest, weight + (gain[place] ?? 0) * error))
  })
  const next = covariance.map((row, at) => row.map((value, place) => value - (gain[at] ?? 0) * (spread[place] ?? 0)))
  return { weights, covariance: next, seen: before.seen + 1 }
}

const dot = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, place) => sum + value * (b[place] ?? 0), 0)
