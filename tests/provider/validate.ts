// Part of an imitation of the provider, for tests. Shares no code with the application.
import { schemaFault } from './schemas.ts'
import { fieldOf } from './tokens.ts'

/** A request that passed: what the imitation itself reads of it. */
export interface Ask {
  model: string
  messages: unknown[]
  isStream: boolean
  includeUsage: boolean
  maxTokens: number | null
}

/** The request, or the sentence that names its fault. */
export type Verdict = { ask: Ask } | { fault: string }

/**
 * Judges the body of a chat request. Strict (the rule in tests): the schema, no key it does not name, and the limits its
 * prose states. Lenient, as the real provider is seen to be: unknown top-level keys are dropped without a word.
 */
export function judge(text: string, isStrict: boolean): Verdict {
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    return { fault: 'the body is not JSON' }
  }
  const fault = schemaFault(body, isStrict) ?? (isStrict ? proseFault(body) : null)
  if (fault !== null) return { fault }
  const maxTokens = fieldOf(body, 'max_tokens')
  return {
    ask: {
      model: fieldOf(body, 'model') as string,
      messages: fieldOf(body, 'messages') as unknown[],
      isStream: fieldOf(body, 'stream') === true,
      includeUsage: fieldOf(fieldOf(body, 'stream_options'), 'include_usage') === true,
      maxTokens: typeof maxTokens === 'number' ? maxTokens : null,
    },
  }
}

function proseFault(body: unknown): string | null {
  const maxTokens = fieldOf(body, 'max_tokens')
  if (maxTokens !== undefined && !Number.isInteger(maxTokens)) return 'max_tokens must be a whole number'
  const stop = fieldOf(body, 'stop')
  if (Array.isArray(stop) && stop.length > 4) return 'stop must have no more than 4 sequences'
  if (typeof fieldOf(body, 'top_logprobs') === 'number' && fieldOf(body, 'logprobs') !== true) {
    return 'top_logprobs needs logprobs: true'
  }
  if (fieldOf(body, 'stream_options') !== undefined && fieldOf(body, 'stream') !== true) {
    return 'stream_options is for stream: true only'
  }
  const bias = Object.keys((fieldOf(body, 'logit_bias') as object | null | undefined) ?? {})
  if (bias.some((key) => !/^\d+$/.test(key))) return 'logit_bias keys must be token ids'
  const name = fieldOf(fieldOf(fieldOf(body, 'response_format'), 'json_schema'), 'name')
  if (typeof name === 'string' && !/^[A-Za-z0-9_-]{1,64}$/.test(name)) return 'json_schema/name has a wrong form'
  return messagesFault(fieldOf(body, 'messages') as unknown[])
}

function messagesFault(messages: unknown[]): string | null {
  if (messages.length === 0) return 'messages must not be empty'
  for (const [index, message] of messages.entries()) {
    const content = fieldOf(message, 'content')
    if (content === undefined) return `messages/${index}/content must be present`
    if (!Array.isArray(content)) continue
    if (content.length === 0) return `messages/${index}/content must not be an empty list`
    for (const [place, part] of content.entries()) {
      const fault = partFault(part)
      if (fault !== null) return `messages/${index}/content/${place} ${fault}`
    }
  }
  return null
}

function partFault(part: unknown): string | null {
  const type = fieldOf(part, 'type')
  if (type === 'image_url') {
    const url = fieldOf(fieldOf(part, 'image_url'), 'url') as string
    const isImage = url.startsWith('https://') || /^data:image\/(?:jpeg|png|gif|webp);base64,./.test(url)
    return isImage ? null : 'must be an https address or a data address of a JPG, PNG, GIF or WEBP image'
  }
  if (type === 'file') {
    const data = fieldOf(fieldOf(part, 'file'), 'file_data')
    const isPdf = typeof data === 'string' && data.startsWith('data:application/pdf;base64,')
    return isPdf ? null : 'must carry file_data with a PDF as a data address'
  }
  return null
}
