import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const styles = readFileSync(join(import.meta.dirname, '..', '..', '..', 'renderer', 'src', 'styles.css'), 'utf8')

type Tokens = Map<string, readonly [light: string, dark: string]>

/** The colours of one block of the stylesheet, each as it is in light and in dark. */
function colours(start: string): Tokens {
  const block = styles.slice(styles.indexOf(start)).split('\n}')[0] ?? ''
  const found = [...block.matchAll(/--color-([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)]
  return new Map(found.map(([, name = '', light = '', dark = '']) => [name, [light, dark]]))
}

const usual = colours('@theme {')
const strong: Tokens = new Map([...usual, ...colours(":root[data-contrast='more'] {")])

/** Relative luminance as WCAG 2 defines it. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function ratio(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

const grounds = ['paper', 'side', 'raised', 'fill', 'fill-strong']
const codeColours = [...usual.keys()].filter((name) => name.startsWith('code-'))

/** What is read on what. */
const texts: (readonly [string, string])[] = [
  ...grounds.flatMap((ground) => [['ink', ground] as const, ['muted', ground] as const]),
  ...['paper', 'side', 'raised', 'fill'].flatMap((ground) =>
    ['accent', 'danger', 'warn'].map((name) => [name, ground] as const),
  ),
  ['on-accent', 'accent'],
  ['ink', 'accent-fill'],
  ['danger', 'danger-fill'],
  ['warn', 'warn-fill'],
  ['ink', 'match'],
  ['paper', 'ink'],
  ...codeColours.map((name) => [name, 'side'] as const),
]

/** What has to be seen: edges of fields, the outline of the focus, dots. */
const parts: (readonly [string, string])[] = ['paper', 'side', 'raised'].flatMap((ground) => [
  ['line-strong', ground] as const,
  ['accent', ground] as const,
])

const themes = [
  { name: 'light', tokens: usual, at: 0, text: 4.5, part: 3 },
  { name: 'dark', tokens: usual, at: 1, text: 4.5, part: 3 },
  { name: 'light, high contrast', tokens: strong, at: 0, text: 7, part: 4.5 },
  { name: 'dark, high contrast', tokens: strong, at: 1, text: 7, part: 4.5 },
] as const

describe.each(themes)('$name', ({ tokens, at, text, part }) => {
  const of = (name: string) => {
    const found = tokens.get(name)
    if (!found) throw new Error(`no colour is called ${name}`)
    return found[at]
  }

  test.each(texts)('%s on %s can be read', (name, ground) => {
    expect(ratio(of(name), of(ground))).toBeGreaterThanOrEqual(text)
  })

  test.each(parts)('%s on %s can be seen', (name, ground) => {
    expect(ratio(of(name), of(ground))).toBeGreaterThanOrEqual(part)
  })
})

test('the numbers are those of WCAG', () => {
  expect(ratio('#000000', '#ffffff')).toBeCloseTo(21, 5)
  expect(ratio('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
})

test('high contrast changes every colour that needs it, and names no other', () => {
  for (const name of colours(":root[data-contrast='more'] {").keys()) expect(usual.has(name), name).toBe(true)
})
