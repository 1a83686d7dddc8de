// Recorded stream bodies for tests: the documented shapes. Re-creations, not captures.
import type { RecordedStream } from './recorded.ts'
import { chunk, end, events, meta, ordinary, role, say, stop, usage } from './recorded-lines.ts'

const details = (text: string) => `"reasoning_details":[{"type":"reasoning.text","text":${JSON.stringify(text)}}]`

/** The shapes of documentation and of the upstream, without anything broken in them. */
export const recordedShapes: readonly RecordedStream[] = [
  {
    name: 'ordinary',
    about: 'Role, text, finish, usage, cost, the end mark.',
    body: events(role, say('Hello'), say(', world'), say('.'), ...end),
    expect: { ...ordinary, content: 'Hello, world.' },
  },
  {
    name: 'comments-first',
    about: 'Comments while the request is queued; none of them is a data event.',
    body: events(
      ': OPENROUTER PROCESSING',
      ': OPENROUTER PROCESSING',
      role,
      ': OPENROUTER PROCESSING',
      say('Late.'),
      ...end,
    ),
    expect: { ...ordinary, content: 'Late.' },
  },
  {
    name: 'reasoning-and-details',
    about: 'The same thought under two names in one chunk: it is one thought.',
    body: events(
      chunk(`{"role":"assistant","content":"","reasoning":"Let me ",${details('Let me ')}}`),
      chunk(`{"role":"assistant","content":"","reasoning":"see.",${details('see.')}}`),
      say('Four.'),
      ...end,
    ),
    expect: { ...ordinary, content: 'Four.', reasoning: 'Let me see.' },
  },
  {
    name: 'reasoning-content-with-null',
    about: 'Thoughts as reasoning_content beside content: null and usage: null.',
    body: events(
      '{"choices":[{"delta":{"content":null,"reasoning_content":"Okay"},"index":0}],"usage":null}',
      '{"choices":[{"delta":{"content":null,"reasoning_content":", then"},"index":0}],"usage":null}',
      '{"choices":[{"delta":{"content":"Yes.","reasoning_content":null},"index":0}],"usage":null}',
      ...end,
    ),
    expect: { ...ordinary, content: 'Yes.', reasoning: 'Okay, then' },
  },
  {
    name: 'reasoning-details-only',
    about: 'Thoughts in the list alone; an encrypted entry has no text.',
    body: events(
      chunk(`{"content":"",${details('Step one. ')}}`),
      chunk('{"content":"","reasoning_details":[{"type":"reasoning.encrypted","data":"AAAA"}]}'),
      chunk(`{"content":"",${details('Step two.')}}`),
      say('Done.'),
      ...end,
    ),
    expect: { ...ordinary, content: 'Done.', reasoning: 'Step one. Step two.' },
  },
  {
    name: 'reasoning-only',
    about: 'Everything the model said is in reasoning; content stays empty.',
    body: events(chunk('{"role":"assistant","content":"","reasoning":"The answer is 4."}'), ...end),
    expect: { ...ordinary, content: '', reasoning: 'The answer is 4.' },
  },
  {
    name: 'reasoning-all-names',
    about: 'One thought under all three names.',
    body: events(
      chunk(`{"content":"","reasoning":"Once.","reasoning_content":"Once.",${details('Once.')}}`),
      say('Ok.'),
      ...end,
    ),
    expect: { ...ordinary, content: 'Ok.', reasoning: 'Once.' },
  },
  {
    name: 'finish-without-delta',
    about: 'A second finish chunk with an empty id and no delta.',
    body: events(
      role,
      say('Hi.'),
      stop,
      '{"id":"","choices":[{"index":0,"finish_reason":"stop"}],"usage":null}',
      usage,
      meta,
      '[DONE]',
    ),
    expect: { ...ordinary, content: 'Hi.' },
  },
  {
    name: 'length',
    about: 'Cut at max_tokens.',
    body: events(role, say('One two'), chunk('{"content":""}', '"length"'), usage, meta, '[DONE]'),
    expect: { ...ordinary, content: 'One two', finishReason: 'length' },
  },
  {
    name: 'finish-with-text',
    about: 'The last text and the finish reason in one chunk, usage in it too.',
    body: events(
      role,
      say('Almost '),
      chunk('{"content":"there."}', '"stop"').replace(
        /\}$/,
        ',"usage":{"prompt_tokens":22,"completion_tokens":453,"total_tokens":475}}',
      ),
      meta,
      '[DONE]',
    ),
    expect: { ...ordinary, content: 'Almost there.' },
  },
  {
    name: 'usage-with-null-details',
    about: 'Usage whose details are null, and a reply of 0 completion tokens that has text.',
    body: events(
      role,
      say('Text.'),
      stop,
      '{"choices":[],"usage":{"prompt_tokens":22,"completion_tokens":0,"total_tokens":22,"completion_tokens_details":null,"prompt_tokens_details":null}}',
      meta,
      '[DONE]',
    ),
    expect: { ...ordinary, content: 'Text.', usage: { prompt: 22, completion: 0, total: 22 } },
  },
  {
    name: 'meta-without-usd',
    about: 'The older cost without dollars.',
    body: events(role, say('Cheap.'), stop, usage, '{"meta":{"usage":{"credits_used":2480}}}', '[DONE]'),
    expect: { content: 'Cheap.', reasoning: '', finishReason: 'stop', usage: ordinary.usage, creditsUsed: 2480 },
  },
  {
    name: 'meta-after-done',
    about: 'The cost comes after the end mark.',
    body: events(role, say('Wait.'), stop, usage, '[DONE]', meta),
    expect: { ...ordinary, content: 'Wait.' },
  },
  {
    name: 'meta-with-extras',
    about: 'The newer cost with model, provider and metrics, inside the usage chunk.',
    body: events(
      role,
      say('New.'),
      stop,
      usage.replace(
        /\}$/,
        ',"meta":{"model":"google/gemma-4-31b-it","provider":"imitation","metrics":{"duration_ms":812,"ttft_ms":240,"tps":51.2},"usage":{"credits_used":2480,"usd_spent":0.00124}}}',
      ),
      '[DONE]',
    ),
    expect: { ...ordinary, content: 'New.' },
  },
  {
    name: 'no-meta',
    about: 'No cost at all: it is unknown, not zero.',
    body: events(role, say('Free?'), stop, usage, '[DONE]'),
    expect: { content: 'Free?', reasoning: '', finishReason: 'stop', usage: ordinary.usage },
  },
  {
    name: 'no-done',
    about: 'The stream ends without the end mark.',
    body: events(role, say('Bye.'), stop, usage, meta),
    expect: { ...ordinary, content: 'Bye.' },
  },
  {
    name: 'many-scripts',
    about:
      'Russian, Chinese, emoji with joiners, combining marks, an astral letter: byte splits fall inside characters.',
    body: events(role, say('Привет, '), say('世界 '), say('👩‍🚀🇫🇷 '), say('e\u0301 𠮷'), ...end),
    expect: { ...ordinary, content: 'Привет, 世界 👩‍🚀🇫🇷 e\u0301 𠮷' },
  },
  {
    name: 'logprobs',
    about: 'Log probabilities beside the text.',
    body: events(
      role,
      chunk('{"content":"Yes"}').replace(
        '"finish_reason":null',
        '"logprobs":{"content":[{"token":"Yes","bytes":[89,101,115],"logprob":-0.01,"top_logprobs":[]}],"refusal":[]},"finish_reason":null',
      ),
      ...end,
    ),
    expect: { ...ordinary, content: 'Yes' },
  },
]
