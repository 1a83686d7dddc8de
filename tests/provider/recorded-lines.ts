// Parts of recorded stream bodies, for tests. Re-creations from documented shapes, not captures.

const head = '"id":"gen-1775228350-recreated","object":"chat.completion.chunk","created":1775228350'
const model = '"model":"google/gemma-4-31b-it"'

/** Events in the usual form: each line becomes one `data:` event with a blank line after it. */
export function events(...lines: string[]): string {
  return lines.map((line) => (line.startsWith(':') ? `${line}\n\n` : `data: ${line}\n\n`)).join('')
}

/** A chunk with this delta (raw JSON) and finish reason (raw JSON, null when left out). */
export function chunk(delta: string, finish = 'null'): string {
  const choice = `{"index":0,"delta":${delta},"finish_reason":${finish},"native_finish_reason":${finish}}`
  return `{${head},${model},"choices":[${choice}]}`
}

/** A chunk with a piece of the answer. */
export function say(text: string): string {
  return chunk(`{"content":${JSON.stringify(text)}}`)
}

/** The first chunk of most streams. */
export const role = chunk('{"role":"assistant","content":""}')

/** The chunk that finishes with `stop`. */
export const stop = chunk('{"role":"assistant","content":""}', '"stop"')

/** Usage in a chunk of its own, without choices: 22 + 453 tokens. */
export const usage =
  '{"id":"gen-1775228350-recreated","choices":[],"usage":{"prompt_tokens":22,"completion_tokens":453,' +
  '"total_tokens":475},"obfuscation":"x8Kq","service_tier":"default"}'

/** The cost, as documented. */
export const meta = '{"meta":{"usage":{"credits_used":2480,"usd_spent":0.00124}}}'

/** What a whole ordinary stream comes to, apart from its text. */
export const ordinary = {
  reasoning: '',
  finishReason: 'stop',
  usage: { prompt: 22, completion: 453, total: 475 },
  creditsUsed: 2480,
  usdSpent: 0.00124,
}

/** The ordinary end of a stream. */
export const end = [stop, usage, meta, '[DONE]'] as const
