import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { finishedBlocks } from '../../../renderer/src/features/thread/markdown/blocks.ts'
import { loadEntities } from '../../../renderer/src/features/thread/markdown/entities.ts'
import { blocksHtml } from '../../helpers/markdown-html.ts'

/**
 * The specification's text is not part of this repository, as its licence is another. `npm pack commonmark-spec@0.31.2`
 * has it; unpack it and name its `spec.txt` here.
 */
const file = process.env['COMMONMARK_SPEC'] ?? ''

/** Of its 652 examples, so many come out as written. The others: 12 escapes brackets as
 * formulas do; 602, 608, 611 and 612 are links in GitHub’s dialect; 148 differs in white space inside raw HTML. */
const least = 646

interface Example {
  number: number
  section: string
  markdown: string
  html: string
}

function readExamples(text: string): Example[] {
  const examples: Example[] = []
  let section = ''
  const parts = text.matchAll(/^`{32} example\n([\s\S]*?)^\.\n([\s\S]*?)^`{32}$|^#{1,6} (.*)$/gm)
  for (const [, markdown, html, heading] of parts) {
    if (heading !== undefined) section = heading
    else
      examples.push({
        number: examples.length + 1,
        section,
        markdown: (markdown ?? '').replaceAll('\u2192', '\t'),
        html: (html ?? '').replaceAll('\u2192', '\t'),
      })
  }
  return examples
}

/** Without the white space that means nothing: between blocks, and what a browser draws as one space or none. */
const normal = (html: string) =>
  html
    .split(/(<pre>[\s\S]*?<\/pre>)/)
    .map((part) =>
      part.startsWith('<pre>')
        ? part
        : part
            .replace(/\s+/g, ' ')
            .replace(/ ?(<\/?(?:p|li|ul|ol|blockquote|h\d|hr|div|table|tr|td)\b[^>]*>) ?/g, '$1')
            .replace(/ ?<br \/> ?/g, '<br />'),
    )
    .join('')
    .replace(/> ?(<pre>)/g, '>$1')
    .replace(/(<\/pre>) ?/g, '$1')
    .trim()

test.skipIf(!existsSync(file))('the examples of CommonMark 0.31', async () => {
  await loadEntities()
  const examples = readExamples(readFileSync(file, 'utf8'))
  expect(examples).toHaveLength(652)
  const wrong = examples.filter(
    ({ markdown, html }) => normal(blocksHtml(finishedBlocks(markdown) ?? [])) !== normal(html),
  )
  const bySection = Map.groupBy(wrong, ({ section }) => section)
  for (const [section, each] of bySection) console.log(section, each.map(({ number }) => number).join(' '))
  console.log(`CommonMark 0.31: ${examples.length - wrong.length} of ${examples.length}`)
  expect(examples.length - wrong.length).toBeGreaterThanOrEqual(least)
})
