// Recorded stream bodies for tests: what goes wrong inside the events. Re-creations, not captures.
import type { RecordedStream } from './recorded.ts'
import { chunk, end, events, meta, ordinary, role, say, stop, usage } from './recorded-lines.ts'

const unpaid = { reasoning: '', finishReason: 'stop', usage: ordinary.usage }

function absurdCost(name: string, about: string, cost: string, more: { unreadable?: number } = {}): RecordedStream {
  return {
    name,
    about,
    body: events(role, say('Costly.'), stop, usage, `{"meta":{"usage":${cost}}}`, '[DONE]'),
    expect: { ...unpaid, content: 'Costly.', ...more },
  }
}

/** Failures, leaks, absurd numbers and hostile keys. */
export const recordedQuirks: readonly RecordedStream[] = [
  {
    name: 'error-in-stream',
    about: 'An error inside a 200 with finish_reason error; the text before it is kept.',
    body: events(
      role,
      say('Half a '),
      say('sentence'),
      '{"id":"gen-1775228350-recreated","error":{"code":"server_error","message":"Provider disconnected unexpectedly"},"choices":[{"index":0,"delta":{"content":""},"finish_reason":"error"}]}',
      '[DONE]',
    ),
    expect: {
      content: 'Half a sentence',
      reasoning: '',
      finishReason: 'error',
      error: { code: 'server_error', message: 'Provider disconnected unexpectedly' },
    },
  },
  {
    name: 'error-bare',
    about: 'An error without choices, its code a number, and nothing after it.',
    body: events(role, say('So'), '{"error":{"message":"Upstream timed out","code":502}}'),
    expect: { content: 'So', reasoning: '', finishReason: null, error: { code: 502, message: 'Upstream timed out' } },
  },
  {
    name: 'cut-after-text',
    about: 'The body ends without a finish reason: the connection ended early, the text is kept.',
    body: events(role, say('Never fin')),
    expect: { content: 'Never fin', reasoning: '', finishReason: null },
  },
  {
    name: 'empty',
    about: 'A 200 with no event at all.',
    body: '',
    expect: { content: '', reasoning: '', finishReason: null },
  },
  {
    name: 'empty-finish-reasons',
    about: 'Every chunk says finish_reason "", which is not an end.',
    body: events(chunk('{"content":"A"}', '""'), chunk('{"content":"B"}', '""'), ...end),
    expect: { ...ordinary, content: 'AB' },
  },
  {
    name: 'empty-finish-reason-only',
    about: 'The stream ends and no chunk ever said more than "".',
    body: events(chunk('{"content":"A"}', '""'), chunk('{"content":"B"}', '""'), '[DONE]'),
    expect: { content: 'AB', reasoning: '', finishReason: null },
  },
  {
    name: 'other-finish-reason',
    about: 'A finish reason no schema names.',
    body: events(role, say('Fin.'), chunk('{}', '"end_turn"'), usage, meta, '[DONE]'),
    expect: { ...ordinary, content: 'Fin.', finishReason: 'end_turn' },
  },
  {
    name: 'leaked-thought',
    about: 'The word that opens a thought leaks into the start of the content.',
    body: events(role, say('thought'), say('\n'), say('The sky is blue.'), ...end),
    expect: {
      ...ordinary,
      content: 'thought\nThe sky is blue.',
      cleaned: { content: 'The sky is blue.', reasoning: '' },
    },
  },
  {
    name: 'leaked-channel',
    about: 'A whole thought leaks with its marks, which are split over chunks.',
    body: events(
      role,
      say('<|chan'),
      say('nel>thought\nBlue light '),
      say('scatters.<chan'),
      say('nel|>The sky is blue.'),
      ...end,
    ),
    expect: {
      ...ordinary,
      content: '<|channel>thought\nBlue light scatters.<channel|>The sky is blue.',
      cleaned: { content: 'The sky is blue.', reasoning: 'Blue light scatters.' },
    },
  },
  {
    name: 'surrogate-halves',
    about: 'A surrogate pair divided between two JSON strings.',
    body: events(role, chunk('{"content":"a\\ud83d"}'), chunk('{"content":"\\ude80b"}'), ...end),
    expect: { ...ordinary, content: 'a🚀b' },
  },
  {
    name: 'duplicate-keys',
    about: 'Keys twice in one object: the last one counts, as JSON.parse has it.',
    body: events(
      role,
      '{"choices":[{"index":0,"delta":{"content":"WRONG"},"finish_reason":"stop"}],"choices":[{"index":0,"delta":{"content":"no","content":"right"},"finish_reason":null}]}',
      ...end,
    ),
    expect: { ...ordinary, content: 'right' },
  },
  {
    name: 'proto-keys',
    about: 'Keys that would change a prototype if they were merged.',
    body: events(
      role,
      '{"__proto__":{"isPolluted":true},"constructor":{"prototype":{"isPolluted":true}},"choices":[{"index":0,"delta":{"__proto__":{"content":"WRONG"},"content":"safe"},"finish_reason":null}]}',
      ...end,
    ),
    expect: { ...ordinary, content: 'safe' },
  },
  {
    name: 'unreadable-event',
    about: 'One event in the middle is not JSON.',
    body: events(role, say('Be'), '{"choices":[{"index":0,"delta":{"content":"lost', say('fore'), ...end),
    expect: { ...ordinary, content: 'Before', unreadable: 1 },
  },
  {
    name: 'wrong-types',
    about: 'JSON that is no chunk: null, a number, a list, choices that are not a list, content that is a number.',
    body: events(
      role,
      'null',
      '42',
      '[]',
      '{"choices":"none"}',
      '{"choices":[null]}',
      chunk('{"content":7}'),
      say('Ok.'),
      ...end,
    ),
    expect: { ...ordinary, content: 'Ok.' },
  },
  absurdCost('cost-nan', 'NaN is not JSON: the event cannot be read.', '{"credits_used":NaN,"usd_spent":NaN}', {
    unreadable: 1,
  }),
  absurdCost('cost-negative', 'A cost below zero.', '{"credits_used":-2480,"usd_spent":-0.00124}'),
  absurdCost('cost-huge', 'A cost beyond every whole number.', '{"credits_used":1e300,"usd_spent":5e293}'),
  absurdCost('cost-string', 'A cost in quotes.', '{"credits_used":"2480","usd_spent":"0.00124"}'),
  absurdCost('cost-null', 'A cost that is null.', '{"credits_used":null,"usd_spent":null}'),
  absurdCost('cost-object', 'A cost that is an object.', '{"credits_used":{"amount":2480},"usd_spent":{}}'),
  absurdCost('cost-fraction', 'Credits that are not whole.', '{"credits_used":2480.5,"usd_spent":"x"}'),
  {
    name: 'usage-absurd',
    about: 'Token counts that make no sense: no usage, and the cost stays good.',
    body: events(
      role,
      say('Count.'),
      stop,
      '{"choices":[],"usage":{"prompt_tokens":-1,"completion_tokens":"many","total_tokens":1e300}}',
      meta,
      '[DONE]',
    ),
    expect: { content: 'Count.', reasoning: '', finishReason: 'stop', creditsUsed: 2480, usdSpent: 0.00124 },
  },
]
