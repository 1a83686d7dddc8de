import { z } from 'zod'
import { model } from '../core/origin.ts'
import { isByteSource, type ByteSource } from './byte-source.ts'

/** Stored bytes of one of these types, in the place of a data URL: they become one while the request is sent. */
const bytesOf = (types: RegExp) => z.custom<ByteSource>((value) => isByteSource(value) && types.test(value.mediaType))

const textPart = z.strictObject({ type: z.literal('text'), text: z.string() })

const imagePart = z.strictObject({
  type: z.literal('image_url'),
  image_url: z.strictObject({
    url: z.union([
      z.string().regex(/^(https:\/\/[^\s/]|data:image\/(png|jpeg|jpg|gif|webp);base64,[A-Za-z0-9+/])/i),
      bytesOf(/^image\/(png|jpeg|gif|webp)$/),
    ]),
    detail: z.enum(['low', 'high', 'auto']).optional(),
  }),
})

const filePart = z.strictObject({
  type: z.literal('file'),
  file: z.strictObject({
    file_data: z.union([
      z.string().regex(/^data:application\/pdf;base64,[A-Za-z0-9+/]/i),
      bytesOf(/^application\/pdf$/),
    ]),
    filename: z.string().min(1).max(255).optional(),
  }),
})

const texts = z.union([z.string(), z.array(textPart).min(1)])
const parts = z.union([z.string(), z.array(z.discriminatedUnion('type', [textPart, imagePart, filePart])).min(1)])
const participant = z.string().min(1).max(64).optional()

const message = z.discriminatedUnion('role', [
  z.strictObject({ role: z.literal('user'), content: parts, name: participant }),
  z.strictObject({ role: z.literal('system'), content: texts, name: participant }),
  z.strictObject({ role: z.literal('developer'), content: texts, name: participant }),
  z.strictObject({ role: z.literal('assistant'), content: texts, name: participant }),
])

const responseFormat = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text') }),
  z.strictObject({ type: z.literal('json_object') }),
  z.strictObject({
    type: z.literal('json_schema'),
    json_schema: z.strictObject({
      name: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
      schema: z.record(z.string(), z.unknown()).optional(),
      strict: z.boolean().optional(),
      description: z.string().optional(),
    }),
  }),
])

const field = <Schema extends z.ZodType>(range: string, schema: Schema) => ({ range, schema })

/**
 * Every field of a request, with its range in words and its schema: the one place both come from. Where the specification
 * allows more than makes sense (a part without its data, a fraction of a token), the range here is the narrower one.
 */
export const fields = {
  model: field(`"${model}"`, z.literal(model)),
  messages: field('a list of at least one message', z.array(message).min(1)),
  max_tokens: field('a whole number from 1', z.int().min(1).optional()),
  stream: field('true or false', z.boolean().optional()),
  stream_options: field('{ include_usage: true or false }', z.strictObject({ include_usage: z.boolean() }).optional()),
  temperature: field('a number from 0 to 2', z.number().min(0).max(2).optional()),
  top_p: field('a number from 0.01 to 1', z.number().min(0.01).max(1).optional()),
  stop: field(
    'a text, or 1 to 4 texts, none of them empty',
    z.union([z.string().min(1), z.array(z.string().min(1)).min(1).max(4)]).optional(),
  ),
  logit_bias: field(
    'token ids (whole numbers), each with a number from -100 to 100',
    z.record(z.string().regex(/^\d{1,9}$/), z.number().min(-100).max(100)).optional(),
  ),
  logprobs: field('true or false', z.boolean().optional()),
  top_logprobs: field(
    'a whole number from 0 to 20, and only together with logprobs: true',
    z.int().min(0).max(20).optional(),
  ),
  frequency_penalty: field('a number from -2 to 2', z.number().min(-2).max(2).optional()),
  presence_penalty: field('a number from -2 to 2', z.number().min(-2).max(2).optional()),
  prediction: field(
    '{ type: "content", content: a text or text parts }',
    z.strictObject({ type: z.literal('content'), content: texts }).optional(),
  ),
  seed: field('a whole number from 1', z.int().min(1).optional()),
  reasoning_effort: field('"low", "medium" or "high"', z.enum(['low', 'medium', 'high']).optional()),
  response_format: field(
    '{ type: "text" }, { type: "json_object" } or { type: "json_schema", json_schema: … }',
    responseFormat.optional(),
  ),
  repetition_penalty: field('a number', z.number().optional()),
}

/** What other services call the same thing. */
export const otherNames: Record<string, keyof typeof fields> = {
  max_completion_tokens: 'max_tokens',
  max_output_tokens: 'max_tokens',
  max_new_tokens: 'max_tokens',
  num_predict: 'max_tokens',
  repeat_penalty: 'repetition_penalty',
  stop_sequences: 'stop',
  reasoning: 'reasoning_effort',
  system: 'messages',
  prompt: 'messages',
}

/** The ranges of what is inside a field; `[]` stands for any place in a list. */
export const innerRanges: Record<string, string> = {
  'messages[].role': '"user", "system", "developer" or "assistant"',
  'messages[].content': 'a text, or a list of at least one part; never null',
  'messages[].content[].type': '"text"; for a user also "image_url" or "file"',
  'messages[].content[].text': 'a text',
  'messages[].content[].image_url': '{ url, detail }',
  'messages[].content[].image_url.url': 'an https address, or a data URL (base64) of a PNG, JPEG, GIF or WEBP image',
  'messages[].content[].image_url.detail': '"low", "high" or "auto"',
  'messages[].content[].file': '{ file_data, filename }',
  'messages[].content[].file.file_data': 'a data URL (base64) of a PDF',
  'messages[].content[].file.filename': 'a name of 1 to 255 characters',
  'messages[].name': 'a name of 1 to 64 characters',
  'stream_options.include_usage': 'true or false',
  'prediction.type': '"content"',
  'prediction.content': 'a text or text parts',
  'response_format.type': '"text", "json_object" or "json_schema"',
  'response_format.json_schema.name': '1 to 64 letters (a–z), digits, _ or -',
  'response_format.json_schema.schema': 'a JSON schema (an object)',
  'response_format.json_schema.strict': 'true or false',
  'response_format.json_schema.description': 'a text',
}
