import Ajv from 'ajv'
import * as fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { FailureError } from '../../../electron/contract/errors.ts'
import type { Failure } from '../../../electron/contract/errors.ts'
import { model } from '../../../electron/main/core/origin.ts'
import { parseChatRequest, requestBytes, requestFields } from '../../../electron/main/api/request.ts'

const hello = { model, messages: [{ role: 'user', content: 'Hello' }] }

function failureOf(value: unknown): Failure {
  try {
    parseChatRequest(value)
  } catch (error) {
    if (error instanceof FailureError) return error.failure
    throw error
  }
  throw new Error('it was accepted')
}

/** JSON Schema has no bare `nullable`: where it stands alone it means null, in a map of anything it means anything. */
const reviver = (key: string, value: unknown): unknown =>
  JSON.stringify(value) === '{"nullable":true}' ? (key === 'additionalProperties' ? {} : { type: 'null' }) : value
const specification = readFileSync(new URL('../../provider/openapi.json', import.meta.url), 'utf8')
const document = JSON.parse(specification, reviver)
const body = document.paths['/v1/chat/completions'].post.requestBody.content['application/json'].schema
const isValid = new Ajv({ strict: false, formats: { uri: true } }).compile(body)

const image = 'data:image/png;base64,iVBORw0KGgo='
const full = {
  model,
  messages: [
    { role: 'system', content: 'Be brief.', name: 'house' },
    { role: 'developer', content: [{ type: 'text', text: 'Use British spelling.' }] },
    {
      role: 'user',
      content: [
        { type: 'image_url', image_url: { url: image, detail: 'low' } },
        { type: 'image_url', image_url: { url: 'https://example.org/a.webp' } },
        { type: 'file', file: { file_data: 'data:application/pdf;base64,JVBERi0=', filename: 'x.pdf' } },
        { type: 'text', text: 'What is this?' },
      ],
    },
    { role: 'assistant', content: '' },
    { role: 'user', content: 'Again.' },
  ],
  max_tokens: 100,
  stream: true,
  stream_options: { include_usage: true },
  temperature: 1,
  top_p: 0.95,
  stop: ['a', 'b', 'c', 'd'],
  logit_bias: { '42': -100 },
  logprobs: true,
  top_logprobs: 20,
  frequency_penalty: -2,
  presence_penalty: 2,
  prediction: { type: 'content', content: [{ type: 'text', text: 'same' }] },
  seed: 1,
  reasoning_effort: 'high',
  response_format: { type: 'json_schema', json_schema: { name: 'a_B-9', schema: { type: 'object' }, strict: true } },
  repetition_penalty: 1.1,
}

describe('a request', () => {
  it('with every field passes and fits the specification', () => {
    expect(parseChatRequest(full)).toEqual(full)
    expect(isValid(full)).toBe(true)
    expect(requestFields.map(({ name }) => name).toSorted()).toEqual(Object.keys(body.properties).toSorted())
    expect(Object.keys(full).toSorted()).toEqual(Object.keys(body.properties).toSorted())
  })

  it('that is accepted always fits the specification', () => {
    const number = fc.oneof(fc.double(), fc.integer({ min: -200, max: 200 }), fc.constantFrom(0, 1, 2, 0.01, 4, 20))
    const junk = fc.oneof(number, fc.string({ maxLength: 8 }), fc.boolean(), fc.constant(null), fc.constant('high'))
    const optional = requestFields.map(({ name }) => name).filter((name) => name !== 'model' && name !== 'messages')
    let accepted = 0
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...optional), fc.oneof(junk, fc.array(junk)), { maxKeys: 3 }),
        (more) => {
          const request = { ...hello, ...more }
          try {
            const sent: unknown = JSON.parse(JSON.stringify(parseChatRequest(request)))
            accepted += 1
            expect(isValid(sent), JSON.stringify(sent)).toBe(true)
          } catch (error) {
            if (!(error instanceof FailureError)) throw error
            expect(error.failure).toMatchObject({ code: 'request.parameter' })
            expect(error.failure.field && error.failure.range && error.failure.value).toBeTruthy()
          }
        },
      ),
      { numRuns: 3_000 },
    )
    expect(accepted).toBeGreaterThan(100)
  })

  it.each([
    [{ temperature: 2.5 }, 'temperature', 'a number from 0 to 2', '2.5'],
    [{ temperature: Number.NaN }, 'temperature', 'a number from 0 to 2', 'NaN'],
    [{ temperature: null }, 'temperature', 'a number from 0 to 2', 'null'],
    [{ top_p: 0 }, 'top_p', 'a number from 0.01 to 1', '0'],
    [{ seed: 0 }, 'seed', 'a whole number from 1', '0'],
    [{ max_tokens: 1.5 }, 'max_tokens', 'a whole number from 1', '1.5'],
    [
      { stop: ['a', 'b', 'c', 'd', 'e'] },
      'stop',
      'a text, or 1 to 4 texts, none of them empty',
      '["a","b","c","d","e"]',
    ],
    [{ stop: [] }, 'stop', 'a text, or 1 to 4 texts, none of them empty', '[]'],
    [{ top_logprobs: 3 }, 'top_logprobs', 'a whole number from 0 to 20, and only together with logprobs: true', '3'],
    [{ logit_bias: { a: 1 } }, 'logit_bias.a', 'token ids (whole numbers), each with a number from -100 to 100', '1'],
    [{ reasoning_effort: 'max' }, 'reasoning_effort', '"low", "medium" or "high"', '"max"'],
    [
      { response_format: { type: 'json_schema', json_schema: { name: 'a b' } } },
      'response_format.json_schema.name',
      '1 to 64 letters (a–z), digits, _ or -',
      '"a b"',
    ],
    [{ response_format: { type: 'xml' } }, 'response_format.type', '"text", "json_object" or "json_schema"', '"xml"'],
    [{ model: 'other' }, 'model', `"${model}"`, '"other"'],
    [{ messages: [] }, 'messages', 'a list of at least one message', '[]'],
  ])('%j is refused by name, range and value', (more, field, range, value) => {
    expect(failureOf({ ...hello, ...more })).toMatchObject({ code: 'request.parameter', field, range, value })
  })

  it.each([
    [[{ role: 'tool', content: 'x' }], 'messages[0].role'],
    [[{ role: 'assistant', content: null }], 'messages[0].content'],
    [[{ role: 'system', content: [{ type: 'image_url', image_url: { url: image } }] }], 'messages[0].content[0].type'],
    [[{ role: 'user', content: [{ type: 'text', text: 5 }] }], 'messages[0].content[0].text'],
    [
      [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'ftp://a' } }] }],
      'messages[0].content[0].image_url.url',
    ],
    [
      [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'data:image/svg+xml;base64,AA' } }] }],
      'messages[0].content[0].image_url.url',
    ],
    [
      [{ role: 'user', content: [{ type: 'file', file: { filename: 'x.pdf' } }] }],
      'messages[0].content[0].file.file_data',
    ],
  ])('names the place inside a message: %j', (messages, field) => {
    expect(failureOf({ model, messages }).field).toBe(field)
  })

  it.each([
    ['temprature', 'temperature'],
    ['maxTokens', 'max_tokens'],
    ['max_completion_tokens', 'max_tokens'],
    ['topP', 'top_p'],
    ['response-format', 'response_format'],
    ['repeat_penalty', 'repetition_penalty'],
  ])('suggests %s → %s', (given, meant) => {
    expect(failureOf({ ...hello, [given]: 1 })).toMatchObject({
      field: given,
      range: `not a field; did you mean ${meant}?`,
      value: '1',
    })
  })

  it('lists what there is when nothing is near, also inside', () => {
    expect(failureOf({ ...hello, tools: [] }).range).toContain('there are model, messages, max_tokens')
    const messages = [{ role: 'user', content: [{ type: 'image_url', image_url: { url: image, detial: 'low' } }] }]
    expect(failureOf({ model, messages })).toMatchObject({
      field: 'messages[0].content[0].image_url.detial',
      range: 'not a field; did you mean detail?',
    })
  })

  it('does not take what an object inherits, and shortens a long value', () => {
    expect(failureOf(JSON.parse('{"__proto__":{"model":"x"}}')).code).toBe('request.parameter')
    const failure = failureOf({ ...hello, stop: [`${'x'.repeat(1_000_000)}`, ''] })
    expect(failure.value?.length).toBeLessThanOrEqual(100)
    expect(failureOf(null)).toMatchObject({ field: 'request', value: 'null' })
  })

  it('knows its size in bytes', () => {
    const request = parseChatRequest({ model, messages: [{ role: 'user', content: 'ж🚀' }] })
    expect(requestBytes(request)).toBe(Buffer.byteLength(JSON.stringify(request)))
  })
})
