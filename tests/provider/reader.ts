// A reader of whole stream bodies, for the imitation's own tests: slow, plain, and no code shared with the application.
import type { RecordedExpectation } from './recorded.ts'
import { fieldOf } from './tokens.ts'

/** The data of every event of a body that has ended; an event the end left open counts as dispatched. */
export function dataEvents(bytes: Uint8Array): string[] {
  const text = new TextDecoder('utf-8').decode(bytes)
  const found: string[] = []
  let data: string[] = []
  for (const line of [...text.split(/\r\n|\r|\n/), '']) {
    const [, value] = /^data(?:: ?(.*))?$/s.exec(line) ?? []
    if (line.startsWith('data') && (value !== undefined || line === 'data')) data.push(value ?? '')
    if (line !== '') continue
    if (data.length > 0) found.push(data.join('\n'))
    data = []
  }
  return found
}

/** What a whole body says, in the form of a recorded expectation (without `cleaned`). */
export function readBody(bytes: Uint8Array): RecordedExpectation {
  const told: RecordedExpectation = { content: '', reasoning: '', finishReason: null }
  let unreadable = 0
  for (const data of dataEvents(bytes)) {
    if (data.trim() === '' || data.trim() === '[DONE]') continue
    try {
      take(told, JSON.parse(data))
    } catch {
      unreadable += 1
    }
  }
  return unreadable === 0 ? told : { ...told, unreadable }
}

function take(told: RecordedExpectation, event: unknown): void {
  const choices = fieldOf(event, 'choices')
  const choice: unknown = Array.isArray(choices) ? choices[0] : undefined
  const delta = fieldOf(choice, 'delta')
  told.content += textOf(fieldOf(delta, 'content'))
  told.reasoning += thoughtOf(delta)
  const finish = fieldOf(choice, 'finish_reason')
  if (typeof finish === 'string' && finish !== '') told.finishReason ??= finish
  takeNumbers(told, event)
  const error = fieldOf(event, 'error')
  if (error === undefined) return
  const code = fieldOf(error, 'code')
  told.error = {
    code: typeof code === 'string' || typeof code === 'number' ? code : null,
    message: textOf(fieldOf(error, 'message')),
  }
}

function takeNumbers(told: RecordedExpectation, event: unknown): void {
  const usage = fieldOf(event, 'usage')
  const [prompt, completion, total] = ['prompt_tokens', 'completion_tokens', 'total_tokens'].map((key) =>
    fieldOf(usage, key),
  )
  if (isCount(prompt) && isCount(completion) && isCount(total)) told.usage = { prompt, completion, total }
  const paid = fieldOf(fieldOf(event, 'meta'), 'usage')
  const credits = fieldOf(paid, 'credits_used')
  if (!isCount(credits)) return
  told.creditsUsed = credits
  const usd = fieldOf(paid, 'usd_spent')
  if (typeof usd === 'number' && usd >= 0) told.usdSpent = usd
}

function thoughtOf(delta: unknown): string {
  const plain = textOf(fieldOf(delta, 'reasoning')) || textOf(fieldOf(delta, 'reasoning_content'))
  if (plain !== '') return plain
  const details = fieldOf(delta, 'reasoning_details')
  return Array.isArray(details) ? details.map((detail) => textOf(fieldOf(detail, 'text'))).join('') : ''
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}
