import { describe, expect, test } from 'vitest'
import { readAddress } from '../../../renderer/src/features/thread/markdown/address.ts'
import { finishedBlocks, headingLevels } from '../../../renderer/src/features/thread/markdown/blocks.ts'
import { decodeEntities } from '../../../renderer/src/features/thread/markdown/entities.ts'
import { createLiveBlocks } from '../../../renderer/src/features/thread/markdown/live-blocks.ts'

/** No task over 200 ms is promised; this machine may be slow and busy. */
const limitMs = 400

const deepList = Array.from({ length: 1_200 }, (_, depth) => `${'  '.repeat(depth)}- a`).join('\n')

/** Texts that overflow, or take the square of their length or worse, in a lexer without a budget. */
const bombs: [name: string, text: string][] = [
  ['50,000 quotations', '>'.repeat(50_000)],
  ['50,000 spaced quotations', '> '.repeat(25_000)],
  ['a list of 1,200 levels', deepList],
  ['1,200 list markers in one line', `${'- '.repeat(1_200)}a`],
  ['1,200 numbers in one line', `${'1. '.repeat(1_200)}a`],
  ['60,000 brackets', '['.repeat(60_000)],
  ['100,000 images', '![a](https://example.org/a.png)'.repeat(100_000)],
  ['a line of 10 MB', 'a'.repeat(10_000_000)],
  ['a table of 100,000 rows', `|a|b|\n|-|-|\n${'|1|2|\n'.repeat(100_000)}`],
  ['strikes that do not match', '~~a~ '.repeat(30_000)],
  ['underscores', '_a'.repeat(50_000)],
  ['nested emphasis', `${'*a **b '.repeat(8_000)}${'** c*'.repeat(8_000)}`],
  ['marks in list items', '2. ~~a~ ~~a~ ~~a~\n'.repeat(8_000)],
  ['marks below a table', `|a|\n|-|\n${'~~a~ '.repeat(20_000)}`],
  ['marks in 200 paragraphs', `${'~~a~ '.repeat(190)}\n\n`.repeat(200)],
  ['backslashes', '\\'.repeat(150_000)],
  ['open addresses', 'www.a.b/(('.repeat(18_000)],
  ['stars', '*'.repeat(60_000)],
  ['30,000 headings', '# a\n'.repeat(30_000)],
]

/** Processor time of this process, which a busy machine does not stretch. */
function cpuMs(body: () => void): number {
  const before = process.cpuUsage()
  body()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}

describe('a hostile text', () => {
  test.each(bombs)('%s: parsed or refused in time', (_, text) => {
    expect(cpuMs(() => finishedBlocks(text))).toBeLessThan(limitMs)
  })

  test.each(bombs.filter(([, text]) => text.length < 300_000))('%s: no slower while it streams', (_, text) => {
    const live = createLiveBlocks()
    let slowest = 0
    for (let at = 0; at < text.length; at += Math.ceil(text.length / 40)) {
      slowest = Math.max(
        slowest,
        cpuMs(() => live.advance(text.slice(0, at))),
      )
    }
    expect(slowest).toBeLessThan(limitMs)
  })

  test.each([
    ['headings', '# a\n'.repeat(9_000)],
    ['rows of a table', `|a|b|\n|-|-|\n${'|1|2|\n'.repeat(9_000)}`],
    ['cells of a table', `|${'a|'.repeat(100)}\n|${'-|'.repeat(100)}\n${`|${'1|'.repeat(100)}\n`.repeat(200)}`],
  ])('9,000 %s and more are plain text: drawing them would hold up the window', (_, text) => {
    expect(finishedBlocks(text)).toBeNull()
  })

  test('a block that is too much to parse is plain in pieces, and nothing of it is lost', () => {
    const text = `Before.\n\n${'[word 😀 '.repeat(12_000)}\n\n# After\n\nEnd`
    const live = createLiveBlocks()
    let blocks = live.advance('')
    for (let at = 0; at <= text.length; at += 4_999) blocks = live.advance(text.slice(0, at))
    blocks = live.advance(text)
    expect(blocks.map(({ raw }) => raw).join('')).toHaveLength(text.replace('Before.\n\n', 'Before.').length)
    expect(Math.max(...blocks.map(({ raw }) => raw.length))).toBeLessThan(20_000)
    expect(blocks.some(({ raw }) => raw.isWellFormed() === false)).toBe(false)
  })

  test('an ordinary long reply is still formatted', () => {
    const code = '```py\n' + 'some_long_name = other_long_name * (a_b + c_d)\n'.repeat(900) + '```\n\n'
    const list = '- **bold** and *emphasis* and `code` and a [link](https://example.org)\n'.repeat(400)
    expect(finishedBlocks(`${code}${list}\n${'A *paragraph* with **marks**.\n\n'.repeat(500)}`)).not.toBeNull()
  })
})

describe('raw HTML', () => {
  test.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<svg onload=alert(1)>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<math><mglyph><style><img src=x onerror=alert(1)>',
    '<form action=https://evil.example><input name=a></form>',
    '<base href=https://evil.example>',
    '<meta http-equiv=refresh content=0>',
  ])('%s stays text', (html) => {
    const blocks = finishedBlocks(html) ?? []
    expect(blocks.map((block) => block.raw).join('')).toBe(html)
    for (const block of blocks) expect(['html', 'paragraph']).toContain(block.token?.type)
  })
})

describe('an address', () => {
  test.each([
    'javascript:alert(1)',
    'j&#x61;vascript:alert(1)',
    'java&#10;script:alert(1)',
    'JAVASCRIPT:alert(1)',
    'data:text/html,x',
    'data:image/svg+xml,<svg/>',
    'file:///etc/passwd',
    '//evil.example/x',
    '\\\\server\\share',
    'smb://server/share',
    'vbscript:x',
    'calculator:',
    'ms-msdt:/id',
    'search-ms:query=x',
    'relative/path',
    '#fragment',
    '',
    'https://',
  ])('%s is not offered', (href) => {
    expect(readAddress(href)).toBeNull()
  })

  test.each([
    ['https://example.org/a?b=1&amp;c=2', 'example.org'],
    ['https://good.example@evil.example/', 'evil.example'],
    ['https://xn--80ak6aa92e.com', 'xn--80ak6aa92e.com'],
    ['https://аррӏе.com', 'xn--80ak6aa92e.com'],
    ['http://localhost:8080/x', 'localhost:8080'],
    ['mailto:someone@example.org?attach=/etc/passwd', 'someone@example.org'],
  ])('%s shows %s', (href, shown) => {
    expect(readAddress(href)?.shown).toBe(shown)
  })
})

describe('character references', () => {
  test.each([
    ['&lt;b&gt; &amp; &quot;', '<b> & "'],
    ['&#65;&#x42;', 'AB'],
    ['&#0;&#xD800;&#x110000;', '���'],
    ['&unknown; & &;', '&unknown; & &;'],
    ['&constructor;&__proto__;', '&constructor;&__proto__;'],
  ])('%s', (written, read) => {
    expect(decodeEntities(written)).toBe(read)
  })
})

test('headings have levels without leaps', () => {
  const levels = (text: string) => headingLevels(finishedBlocks(text) ?? []).filter((level) => level > 0)
  expect(levels('### a\n\n##### b\n\n## c\n\ntext\n\n### d')).toEqual([2, 3, 2, 3])
  expect(levels('# a\n\n## b\n\n### c\n\n#### d\n\n##### e\n\n###### f')).toEqual([2, 3, 4, 5, 6, 6])
})
