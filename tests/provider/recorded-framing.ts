// Recorded stream bodies for tests: what the event-stream form itself allows. Re-creations, not captures.
import type { RecordedStream } from './recorded.ts'
import { end, events, meta, ordinary, role, say, stop, usage } from './recorded-lines.ts'

const plain = events(role, say('Line'), say(' ends 🚀.'), ...end)
const expected = { ...ordinary, content: 'Line ends 🚀.' }

/** Line ends, marks, fields and missing ends. */
export const recordedFraming: readonly RecordedStream[] = [
  { name: 'crlf', about: 'Lines end with CR LF.', body: plain.replaceAll('\n', '\r\n'), expect: expected },
  { name: 'cr', about: 'Lines end with CR alone.', body: plain.replaceAll('\n', '\r'), expect: expected },
  {
    name: 'mixed-line-ends',
    about: 'Every event has another line end.',
    body: plain
      .split('\n\n')
      .reduce((sum, part, index) => sum + (index === 0 ? '' : ['\n\n', '\r\n\r\n', '\r\r'][index % 3]) + part, ''),
    expect: expected,
  },
  {
    name: 'byte-order-mark',
    about: 'A byte order mark before the first event.',
    body: new Uint8Array([0xef, 0xbb, 0xbf, ...new TextEncoder().encode(plain)]),
    expect: expected,
  },
  {
    name: 'no-last-blank-line',
    about: 'The last event, the cost, has no blank line after it.',
    body: events(role, say('Line'), say(' ends 🚀.'), stop, usage, meta).slice(0, -1),
    expect: expected,
  },
  {
    name: 'no-last-line-end',
    about: 'The last event, the cost, has no line end at all.',
    body: events(role, say('Line'), say(' ends 🚀.'), stop, usage, meta).slice(0, -2),
    expect: expected,
  },
  {
    name: 'event-names',
    about: 'An event name is never a command.',
    body: plain.replaceAll('data: ', 'event: execute\ndata: '),
    expect: expected,
  },
  {
    name: 'no-space-after-colon',
    about: 'The space after the colon is optional.',
    body: plain.replaceAll('data: ', 'data:'),
    expect: expected,
  },
  {
    name: 'other-fields',
    about: 'Ids, retry times and fields nobody knows between the data.',
    body: `retry: 1\n\n${plain.replaceAll('data: ', 'id: 7\nfoo: bar\ndata: ')}`,
    expect: expected,
  },
  {
    name: 'data-over-two-lines',
    about: 'One JSON value over two data lines, which are joined by a line end.',
    body: plain.replaceAll('"choices":[{', '"choices":[\ndata: {'),
    expect: expected,
  },
  {
    name: 'empty-data',
    about: 'Empty data and blank lines dispatch nothing worth reading.',
    body: `\n\ndata:\n\ndata: \n\n${plain}`,
    expect: expected,
  },
  {
    name: 'comment-inside-event',
    about: 'A comment between the data line and the blank line.',
    body: plain.replaceAll('}\n\n', '}\n: OPENROUTER PROCESSING\n\n'),
    expect: expected,
  },
  {
    name: 'cut-inside-character',
    about: 'The body ends in the middle of a character of an event that never ended.',
    body: new TextEncoder()
      .encode(events(role, say('Whole.')) + 'data: {"choices":[{"index":0,"delta":{"content":"🚀')
      .slice(0, -2),
    expect: { content: 'Whole.', reasoning: '', finishReason: null, unreadable: 1 },
  },
]
