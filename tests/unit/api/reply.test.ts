import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createReply } from '../../../electron/main/api/reply.ts'

const chunk = (delta: object, finish: string | null = null): string =>
  JSON.stringify({ id: 'gen-1', model: 'm', choices: [{ index: 0, delta, finish_reason: finish }] })

function read(events: string[]) {
  const reply = createReply()
  const deltas = events.map((event) => reply.feed(event))
  deltas.push(reply.end())
  return { ...reply.state, contents: deltas.map((each) => each.contentDelta) }
}

const time = (count: number): number => {
  const reply = createReply()
  const event = chunk({ content: 'word ' })
  const begin = performance.now()
  for (let index = 0; index < count; index++) reply.feed(event)
  return performance.now() - begin
}

describe('a reply', () => {
  it('keeps to the first name its reasoning came under', () => {
    const both = { reasoning: 'a', reasoning_content: 'a', reasoning_details: [{ type: 'reasoning.text', text: 'a' }] }
    expect(read([chunk(both), chunk(both)]).reasoning).toBe('aa')
    expect(read([chunk({ reasoning_content: 'x' }), chunk({ reasoning: 'x', reasoning_content: 'y' })]).reasoning).toBe(
      'xy',
    )
    const details = [{ type: 'reasoning.summary', summary: 's' }, { type: 'reasoning.encrypted', data: '…' }, null]
    expect(read([chunk({ reasoning_details: details })]).reasoning).toBe('s')
  })

  it('is not over at an empty finish reason, and keeps the first real one', () => {
    const events = [chunk({ content: 'a' }, ''), chunk({ content: 'b' }, 'end_turn'), chunk({}, 'stop')]
    expect(read(events)).toMatchObject({ content: 'ab', finishReason: 'end_turn' })
  })

  it('takes a whole message once, not again after deltas', () => {
    const message = JSON.stringify({ choices: [{ message: { content: 'whole' }, finish_reason: 'stop' }] })
    expect(read([message]).content).toBe('whole')
    expect(read([chunk({ content: 'del' }), chunk({ content: 'ta' }), message]).content).toBe('delta')
  })

  it('collects refusal, annotations, tool calls and the mark of logprobs', () => {
    const call = { index: 0, function: { name: 'f', arguments: '{}' } }
    const many = Array.from({ length: 200_000 }, () => ({ type: 'url_citation' }))
    const state = read([
      chunk({ refusal: 'I ' }),
      chunk({ refusal: 'cannot', annotations: many, tool_calls: [call] }),
      JSON.stringify({ choices: [{ delta: {}, logprobs: { content: [] } }] }),
    ])
    expect(state).toMatchObject({ refusal: 'I cannot', toolCalls: [call], hasLogprobs: true })
    expect(state.annotations).toHaveLength(200_000)
  })

  it('keeps an error that came before the end, and none that came after', () => {
    const error = JSON.stringify({ error: { code: 'server_error', message: 'gone' } })
    expect(read([chunk({ content: 'a' }), error]).error?.message).toBe('gone')
    expect(read([chunk({ content: 'a' }, 'stop'), error]).error).toBeNull()
    expect(read([JSON.stringify({ statusCode: '429', message: ['slow', 'down'] })]).error).toMatchObject({
      message: 'slow; down',
      status: 429,
    })
  })

  it('never believes absurd counts, and never a polluted object', () => {
    const bad = { prompt_tokens: -1, completion_tokens: '5', total_tokens: 1e300 }
    expect(read([JSON.stringify({ usage: bad })]).usage).toBeNull()
    expect(read(['{"usage":{"prompt_tokens":NaN,"completion_tokens":7}}']).usage).toMatchObject({ completionTokens: 7 })
    const polluted =
      '{"__proto__":{"choices":[{"delta":{"content":"evil"}}]},"choices":[{"delta":{"__proto__":{"content":"evil"}}}]}'
    expect(read([polluted]).content).toBe('')
    expect(({} as Record<string, unknown>)['choices']).toBeUndefined()
  })

  it('reads NaN beside text without touching the text', () => {
    const event = '{"choices":[{"delta":{"content":"x: NaN, \\"Infinity"},"p":NaN,"q":-Infinity}]}'
    expect(read([event]).content).toBe('x: NaN, "Infinity')
  })

  it('survives depth: 100,000 levels', () => {
    const deep = `{"deep":${'['.repeat(100_000)}${']'.repeat(100_000)},"choices":[{"delta":{"content":"ok"}}]}`
    expect(read([deep]).content).toBe('ok')
  })

  it('never gives out half a surrogate pair, and a lone half as U+FFFD', () => {
    const state = read([
      chunk({ content: 'a\ud83d' }),
      chunk({ content: '\ude80\ud83d' }),
      chunk({ content: 'b\ude80' }),
    ])
    expect(state.contents).toEqual(['a', '🚀', '\ufffdb\ufffd', ''])
    expect(read([chunk({ content: 'a\ud83d' })]).content).toBe('a\ufffd')
  })

  it('reads any text the same, cut anywhere', () => {
    const unit = fc.constantFrom(
      '<',
      '|',
      'channel>',
      'thought',
      '\n',
      ' ',
      'a',
      '\ud83d',
      '\ude80',
      '<channel|>',
      '<|channel>thought',
    )
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 12 }), fc.array(fc.nat(80), { maxLength: 8 }), (units, cuts) => {
        const text = units.join('')
        const places = [0, ...cuts.filter((at) => at < text.length).toSorted((a, b) => a - b), text.length]
        const pieces = places.slice(1).map((at, index) => chunk({ content: text.slice(places[index], at) }))
        const whole = read([chunk({ content: text })])
        const cut = read(pieces)
        expect([cut.content, cut.reasoning]).toEqual([whole.content, whole.reasoning])
      }),
      { numRuns: 3_000 },
    )
  })

  it('takes time linear in its length', () => {
    time(20_000)
    expect(time(200_000)).toBeLessThan(Math.max(200, 30 * time(20_000)))
  })
})

const leak = (...pieces: string[]) => {
  const { content, reasoning } = read(pieces.map((piece) => chunk({ content: piece })))
  return [content, reasoning]
}

describe('a leaked thought', () => {
  it.each([
    [['thought\nHello'], ['Hello', '']],
    [
      ['tho', 'ught', '\n', 'Hello'],
      ['Hello', ''],
    ],
    [['\nthought\nHello'], ['Hello', '']],
    [
      ['thought\n<chan', 'nel|>Hello'],
      ['Hello', ''],
    ],
    [
      ['thought\n<channe', 'Hello'],
      ['<channeHello', ''],
    ],
    [['<|channel>thought\nhm<channel|>Hello'], ['Hello', 'hm']],
    [
      ['<|chan', 'nel>thou', 'ght\nh', 'm<chan', 'nel|>Hello'],
      ['Hello', 'hm'],
    ],
    [['<|channel>thought\nit never closes <chan'], ['', 'it never closes <chan']],
    [['<|channel>thought a <channel b <channel|>c<channel|>d'], ['c<channel|>d', ' a <channel b ']],
    [['thoughtful people'], ['thoughtful people', '']],
    [['thought'], ['thought', '']],
    [
      ['<', 'b>bold</b>'],
      ['<b>bold</b>', ''],
    ],
    [['The word thought\nis inside'], ['The word thought\nis inside', '']],
    [
      [' '.repeat(9), 'thought\nx'],
      [`${' '.repeat(9)}thought\nx`, ''],
    ],
  ])('%j', (pieces, expected) => {
    expect(leak(...pieces)).toEqual(expected)
  })

  it('holds back only what may still be one', () => {
    const reply = createReply()
    expect(reply.feed(chunk({ content: 'th' })).contentDelta).toBe('')
    expect(reply.feed(chunk({ content: 'e sky' })).contentDelta).toBe('the sky')
    expect(reply.feed(chunk({ content: 'thought\n' })).contentDelta).toBe('thought\n')
  })
})
