import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { diagnoseWords as diagnoseDe } from '../../electron/contract/strings/de-diagnose.ts'
import { statementWords as statementDe } from '../../electron/contract/strings/de-statement.ts'
import { reasonInGerman } from '../../electron/contract/strings/de-reasons.ts'
import { de } from '../../electron/contract/strings/de.ts'
import { diagnoseWords as diagnoseEn } from '../../electron/contract/strings/en-diagnose.ts'
import { statementWords as statementEn } from '../../electron/contract/strings/en-statement.ts'
import { en } from '../../electron/contract/strings/en.ts'
import { chooseLanguage, localeFor } from '../../electron/contract/strings/languages.ts'
import { requestFields } from '../../electron/main/api/request.ts'
import { innerRanges } from '../../electron/main/api/request-schema.ts'
import { natives } from '../../electron/contract/strings/native.ts'

const english = { page: en, diagnose: diagnoseEn, statement: statementEn, native: natives.en }
const german = { page: de, diagnose: diagnoseDe, statement: statementDe, native: natives.de }

type Leaf = string | ((...args: never[]) => unknown)

/** Every sentence by its path. */
function leaves(words: object, path = ''): Map<string, Leaf> {
  const found = new Map<string, Leaf>()
  for (const [name, value] of Object.entries(words) as [string, Leaf | object][]) {
    const at = path === '' ? name : `${path}.${name}`
    if (typeof value === 'object') for (const [inner, leaf] of leaves(value, at)) found.set(inner, leaf)
    else found.set(at, value)
  }
  return found
}

const inEnglish = leaves(english)
const inGerman = leaves(german)

/** Names, units and words that are the same in both languages. */
const same = new Set([
  'page.demo.name',
  'native.name',
  'page.about.name',
  'page.thread.gemma',
  'page.thread.code',
  'native.menu.zoom',
  'page.onboarding.getKeyUrl',
  'page.appearance.languages.en',
  'page.appearance.languages.de',
  'page.data.units.1',
  'page.data.units.2',
  'page.data.units.3',
  'page.data.units.4',
  'page.connection.proxy',
  'page.recovery.salvageConversations',
  'statement.usd',
  'statement.columns.0',
  'statement.columns.1',
  'statement.columns.2',
  'statement.columns.3',
  'page.parameters.fields.top_p.0',
])

/** German took these from English long ago. */
const sameWords = new Set([
  'Budget',
  'Budgets',
  'Credits',
  'Filter',
  'Chat',
  'Chats',
  'Details',
  'Name',
  'Code',
  'CSV',
  'JSON',
  'Token',
])

test('every sentence exists in both languages, and nothing else does', () => {
  expect([...inGerman.keys()].toSorted()).toEqual([...inEnglish.keys()].toSorted())
})

test('no German sentence is the English one, and none is empty where the other is not', () => {
  const equal: string[] = []
  for (const [path, said] of inGerman) {
    const other = inEnglish.get(path)
    expect(typeof said, path).toBe(typeof other)
    if (typeof said !== 'string' || typeof other !== 'string') continue
    expect(said === '', path).toBe(other === '')
    if (said === other && said !== '' && !same.has(path) && !sameWords.has(said)) equal.push(`${path}: ${said}`)
  }
  expect(equal).toEqual([])
})

describe('a sentence with parameters', () => {
  const functions = [...inEnglish].filter(([, said]) => typeof said === 'function')
  const call = (words: Map<string, Leaf>, path: string, args: unknown[]) => {
    const said = words.get(path) as (...args: unknown[]) => unknown
    return JSON.stringify(said(...args))
  }

  /** Where a parameter is one of a few names, or an amount with its unit. */
  const special: Readonly<Record<string, unknown[][]>> = {
    'page.budgets.over': ['message', 'conversation', 'day', 'month'].map((scope) => [scope, '1.11', '2.22', '3.33']),
    'page.documents.refusal': ['empty', 'not-a-file', 'changed', 'unreadable-image'].map((reason) => [
      { name: 'Quitte', reason },
    ]),
    'page.budgets.reached': ['conversation', 'day', 'month'].flatMap((scope) => [
      [80, '1.11', '2.22', scope],
      [100, '1.11', '2.22', scope],
    ]),
  }
  const named = new Set(['message', 'conversation', 'day', 'month'])

  /** Different for each parameter, and found again in what is said. */
  const samples = [
    ['Quitte', 'Birne', 'Pflaume', 'Kirsche'],
    [7, 5, 3, 9],
    [1, 1, 1, 1],
  ]

  test.each(functions.map(([path]) => path))('%s takes the same parameters in both', (path) => {
    let compared = 0
    for (const sample of special[path] ?? (path.startsWith('page.prices.changed.') ? [['12 %']] : samples)) {
      const outcomes = [inEnglish, inGerman].map((words) => {
        try {
          return call(words, path, sample)
        } catch {
          // Text was given where a list or a number belongs: the next sample fits.
          return null
        }
      })
      const [first, second] = outcomes
      if (typeof first !== 'string' || typeof second !== 'string') continue
      compared += 1
      for (const value of sample.map(String).filter((each) => !named.has(each)))
        expect(second.includes(value), `${path}: ${value} in ${second} as in ${first}`).toBe(first.includes(value))
      expect(second).not.toContain('undefined')
    }
    if (compared === 0) {
      const lists = [inEnglish, inGerman].map((words) => call(words, path, [['Quitte', 'Birne'], 2, 3]))
      for (const said of lists) expect(said).toMatch(/Quitte.*Birne/)
    }
  })
})

test('German is set as German is: quotes, dashes, dots and no straight apostrophes', () => {
  for (const [path, said] of inGerman) {
    if (typeof said !== 'string') continue
    expect(said, path).not.toMatch(/[“”"][^“]*[”"]|\w'\w| - |\w…$/)
  }
})

test('every range and reason that main gives is known in German', () => {
  const folder = new URL('../../electron/main/', import.meta.url)
  const sources = [
    'core/origin.ts',
    'api/proxy-route.ts',
    'api/certificates.ts',
    'settings/connection.ts',
    'secrets/api-key.ts',
    'api/request-fields.ts',
    'chat/prompt.ts',
    'store/budgets.ts',
    'ipc/router.ts',
  ]
  const said = sources.flatMap((file) =>
    [
      ...readFileSync(new URL(file, folder), 'utf8').matchAll(/(?:refuse\(|range: |Range = |return )(['`])(.*?)\1/g),
    ].map(([, , reason = '']) => reason.replaceAll(/\$\{[^}]*\}/g, '7')),
  )
  expect(said.length).toBeGreaterThan(15)
  const reasons = [...said, ...requestFields.map(({ range }) => range), ...Object.values(innerRanges)]
  const isNames = (reason: string) => !/\b(?:an?|or|and|the|of|not|to)\b/.test(reason)
  for (const reason of reasons) if (!isNames(reason)) expect(reasonInGerman(reason), reason).not.toBe(reason)
})

describe('the language', () => {
  test.each([
    ['system', ['de-AT', 'en'], 'de'],
    ['system', ['DE'], 'de'],
    ['system', ['de_DE.UTF-8'], 'de'],
    ['system', ['fr', 'de-CH', 'en'], 'de'],
    ['system', ['fr-FR'], 'en'],
    ['system', ['den-XX'], 'en'],
    ['system', [], 'en'],
    ['en', ['de'], 'en'],
    ['de', ['en'], 'de'],
  ] as const)('set to %s on a system of %j is %s', (setting, system, language) => {
    expect(chooseLanguage(setting, system)).toBe(language)
  })

  test('numbers and dates are those of the region where it speaks that language', () => {
    expect(localeFor('de', ['en-US', 'de-CH'])).toBe('de-CH')
    expect(localeFor('de', ['en-GB'])).toBe('de')
  })
})
