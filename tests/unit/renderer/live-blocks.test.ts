import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { finishedBlocks } from '../../../renderer/src/features/thread/markdown/blocks.ts'
import { createLiveBlocks } from '../../../renderer/src/features/thread/markdown/live-blocks.ts'

const reply = `# Title

First *paragraph* with \`code\`,
and a second line.

1. one
2. two
   - nested
   - more

> a quotation

| a | b |
|---|--:|
| 1 | 2 |

\`\`\`ts
const a = 1

const b = \`two\`
\`\`\`

~~~
tildes
~~~

- [x] done
- [ ] open

***

Last line, no end`

const raws = (blocks: readonly { raw: string }[] | null) => (blocks ?? []).map((block) => block.raw.trimEnd())

/** What stands in a text when it arrives in pieces of the given sizes. */
function stream(text: string, sizes: readonly number[]) {
  const live = createLiveBlocks()
  let blocks = live.advance('')
  for (let at = 0, turn = 0; at < text.length; turn += 1) {
    at += sizes[turn % sizes.length] ?? 1
    blocks = live.advance(text.slice(0, at))
  }
  return blocks
}

describe('a reply that grows', () => {
  test.each([[1], [2], [7], [64]])('in pieces of %i ends in the blocks of the whole text', (size) => {
    expect(raws(stream(reply, [size]))).toEqual(raws(finishedBlocks(reply)))
  })

  test('a fence is open until its end has arrived, wherever the text was cut', () => {
    const before = 'Some words.\n\n'
    const body = '```ts\nconst a = 1\nconst b = 2\n'
    const after = '```\n\nMore words.'
    for (let from = 0; from < before.length + body.length; from += 1) {
      for (let to = before.length + 6; to <= before.length + body.length; to += 1) {
        const live = createLiveBlocks()
        live.advance((before + body).slice(0, from))
        const code = live.advance((before + body).slice(0, Math.max(from, to))).at(-1)
        expect([code?.token?.type, code?.isOpen], `${from} ${to}`).toEqual(['code', true])
        expect(live.advance(before + body + after).find(({ token }) => token?.type === 'code')?.isOpen).toBeUndefined()
      }
    }
  })

  test('in pieces of any sizes shows the same text as the whole', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 30 }), (sizes) => {
        expect(raws(stream(reply, sizes))).toEqual(raws(finishedBlocks(reply)))
      }),
    )
  })

  test('keeps every character of any text, whatever the pieces', () => {
    const pieces = fc.array(
      fc.constantFrom(
        'a',
        ' ',
        '\n',
        '\n\n',
        '- ',
        '> ',
        '```\n',
        '`',
        '*',
        '_',
        '|',
        '[',
        '](',
        '1. ',
        '<b>',
        '#',
        '\t',
      ),
      {
        maxLength: 60,
      },
    )
    fc.assert(
      fc.property(pieces, (parts) => {
        const live = createLiveBlocks()
        let text = ''
        for (const part of parts) {
          text += part
          const shown = live
            .advance(text)
            .map((block) => block.raw)
            .join('')
          expect(shown.replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
        }
      }),
    )
  })

  test('does not make finished blocks anew', () => {
    const live = createLiveBlocks()
    const before = live.advance('One.\n\nTwo.\n\nThree')
    const after = live.advance('One.\n\nTwo.\n\nThree and more')
    expect(after[0]).toBe(before[0])
    expect(after[1]).toBe(before[1])
    expect(after[2]).not.toBe(before[2])
  })

  test('grows an open fence without parsing it again, and closes it', () => {
    const live = createLiveBlocks()
    expect(live.advance('```js\nlet a').at(-1)?.token).toMatchObject({ type: 'code', lang: 'js', text: 'let a' })
    expect(live.advance('```js\nlet a\n``').at(-1)?.token).toMatchObject({ type: 'code', text: 'let a\n``' })
    expect(live.advance('```js\nlet a\n```\nafter').map((block) => block.token?.type)).toEqual(['code', 'paragraph'])
  })

  test('starts anew when the text is another', () => {
    const live = createLiveBlocks()
    live.advance('One.\n\nTwo.\n\nThree')
    expect(raws(live.advance('Other.'))).toEqual(['Other.'])
  })

  test('reads Windows line ends as line ends', () => {
    expect(raws(stream('One.\r\n\r\nTwo.', [1]))).toEqual(['One.', 'Two.'])
  })

  test('takes linear time', () => {
    const time = (paragraphs: number) => {
      const text = 'Some *text* with a [link](https://example.org) and `code` in it.\n\n'.repeat(paragraphs)
      // The processor's time: the clock's says more about what else the machine does.
      const before = process.threadCpuUsage()
      stream(text, [20])
      const { user, system } = process.threadCpuUsage(before)
      return (user + system) / 1_000 / paragraphs
    }
    time(50)
    expect(time(1_600)).toBeLessThan(time(200) * 4 + 0.2)
  })
})

test('a long reply that arrives in one piece is drawn as if it had arrived bit by bit', () => {
  const text = `${Array.from({ length: 120 }, (_, number) => reply.replace('Last line, no end', `Part ${number}`)).join('\n\n')}\n\nThe end`
  expect(text.length).toBeLessThan(200_000)
  const live = createLiveBlocks()
  const whole = raws(finishedBlocks(text))
  expect(raws(live.advance(text.slice(0, -4)))).toHaveLength(whole.length)
  expect(raws(live.advance(text))).toEqual(whole)
})
