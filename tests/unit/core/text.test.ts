import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cjkTerms, searchTerms } from '../../../electron/main/core/cjk.ts'
import { continuationRequest, createJoint } from '../../../electron/main/core/continuation.ts'
import { snippetAround } from '../../../electron/main/core/snippet.ts'
import { titleFrom } from '../../../electron/main/core/titles.ts'

describe('local titles', () => {
  it.each([
    ['How do I bake bread?', 'How do I bake bread?'],
    ['\n\n## A heading\nand more', 'A heading'],
    ['- [ ] one', '[ ] one'],
    ['a\u202Eb\u0000c', 'abc'],
    ['  many   blanks  ', 'many blanks'],
  ])('%j → %j', (text, title) => expect(titleFrom(text)).toBe(title))

  it('is cut at a word, never inside a character', () => {
    expect(titleFrom('word '.repeat(40))).toMatch(/^(word )+word…$/)
    expect(titleFrom('👨‍👩‍👧‍👦'.repeat(100))).toBe(`${'👨‍👩‍👧‍👦'.repeat(60)}…`)
  })
})

describe('CJK terms', () => {
  it('are unigrams and bigrams of every run', () => {
    expect(cjkTerms('学习 hello 中文x')).toBe('学 学习 习 中 中文 文')
    expect(cjkTerms('only latin')).toBe('')
  })

  it('queries quote everything a person types', () => {
    expect(searchTerms('bread OR "bake" NEAR(xy)').join(' AND ')).toBe(
      'text:"bread" AND text:"OR" AND text:"bake" AND text:"NEAR" AND text:"xy"*',
    )
    expect(searchTerms('a b')).toEqual(['text:"a"', 'text:"b"'])
    expect(searchTerms('学习法')).toEqual(['cjk:"学习"', 'cjk:"习法"'])
    expect(searchTerms('学')).toEqual(['cjk:"学"'])
    expect(searchTerms('*"()')).toEqual([])
  })
})

describe('snippets', () => {
  it('give back the text around the match, marked', () => {
    const runs = snippetAround(`${'a '.repeat(100)}needle${' b'.repeat(100)}`, 'needle')
    expect(runs.find((run) => run.isMatch)?.text).toBe('needle')
    expect(runs.map((run) => run.text).join('').length).toBeLessThan(220)
  })
  it('stand any words', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (text, words) => {
        snippetAround(text, words)
      }),
    )
  })
})

describe('the joint of a continuation', () => {
  const join = (partial: string, pieces: string[]) => {
    const joint = createJoint(partial)
    return partial.trimEnd() + pieces.map((piece) => joint.push(piece)).join('') + joint.end()
  }
  const partial = 'The quick brown fox jumps over the lazy dog and then it'

  it('drops what repeats the end, however it is cut into pieces', () => {
    const answer = 'lazy dog and then it went home.'
    for (let size = 1; size <= answer.length; size++) {
      const pieces = answer.match(new RegExp(`.{1,${size}}`, 'g')) ?? []
      expect(join(partial, pieces)).toBe(`${partial} went home.`)
    }
  })

  it('drops nothing that only looks alike', () => {
    expect(join(partial, [' went home.'])).toBe(`${partial} went home.`)
    expect(join(partial, ['then it went'])).toBe(`${partial}then it went`)
    expect(join(partial, ['The quick brown fox jumps again'])).toBe(`${partial}The quick brown fox jumps again`)
  })

  it('gives back everything of a text without a repetition', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string({ maxLength: 11 }), { maxLength: 6 }), (before, pieces) => {
        const joint = createJoint(`${before}§§§§§§§§§§§§`)
        const given = pieces.map((piece) => joint.push(piece)).join('') + joint.end()
        if (!pieces.join('').includes('§')) expect(given).toBe(pieces.join(''))
      }),
    )
  })

  it('quotes the last words', () => {
    expect(continuationRequest('word '.repeat(100), (words) => words)).toMatch(/^(word ){10,}word$/)
  })
})
