// Part of an imitation of the provider, for tests. Shares no code with the application.
import { readFileSync } from 'node:fs'
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import { creditsPerUsd } from './money.ts'

type Schema = Record<string, unknown>

const document = JSON.parse(readFileSync(new URL('./openapi.json', import.meta.url), 'utf8')) as unknown
const operation = dig(document, 'paths', '/v1/chat/completions', 'post')
const request = dig(operation, 'requestBody', 'content', 'application/json', 'schema')
const responses = dig(operation, 'responses', '200', 'content')

const ajv = new Ajv({ allErrors: true, strict: false, discriminator: true })
ajv.addFormat('uri', (text: string) => URL.canParse(text))

const strictRequest = ajv.compile(closed(converted(request)))
const looseRequest = ajv.compile(converted(request))
const completion = ajv.compile(loosened(converted(dig(responses, 'application/json', 'schema'))))
const chunk = ajv.compile(loosened(converted(dig(responses, 'text/event-stream', 'schema'))))

/** What the schema refuses in a request, or null. Strict also refuses every key the schema does not name. */
export function schemaFault(body: unknown, isStrict: boolean): string | null {
  return faultOf(isStrict ? strictRequest : looseRequest, body)
}

/** What is wrong with a completion the imitation is about to send, or null. */
export function completionFault(body: unknown): string | null {
  return faultOf(completion, body) ?? metaFault(dig(body, 'meta'))
}

/**
 * What is wrong with a stream chunk the imitation is about to send, or null. The schema is loosened where real streams
 * are known to differ from it: `finish_reason` may be null, `delta` may be absent or have any of its fields, and the
 * chunk with the cost has `meta` alone.
 */
export function chunkFault(body: unknown): string | null {
  if (dig(body, 'choices') === undefined) return metaFault(dig(body, 'meta'))
  return faultOf(chunk, body) ?? (dig(body, 'meta') === undefined ? null : metaFault(dig(body, 'meta')))
}

/** Throws when the imitation was about to send what its own schema refuses: a test must see that. */
export function demandSound(fault: string | null): void {
  if (fault !== null)
    throw new Error(`The imitation of the provider was about to send what its schema refuses: ${fault}`)
}

function metaFault(meta: unknown): string | null {
  const credits = dig(meta, 'usage', 'credits_used')
  if (!Number.isSafeInteger(credits) || (credits as number) < 0) return 'meta/usage/credits_used is not a whole number'
  const usd = dig(meta, 'usage', 'usd_spent')
  if (usd !== undefined && usd !== (credits as number) / creditsPerUsd) return 'meta/usage/usd_spent is another amount'
  return null
}

function faultOf(validate: ValidateFunction, body: unknown): string | null {
  if (validate(body)) return null
  const told = (validate.errors ?? []).map(sentenceOf)
  return [...new Set(told)].slice(0, 4).join('; ')
}

function sentenceOf(error: ErrorObject): string {
  const extra =
    dig(error.params, 'additionalProperty') ?? dig(error.params, 'allowedValues') ?? dig(error.params, 'tagValue')
  const place = error.instancePath === '' ? 'the body' : error.instancePath.slice(1)
  return `${place} ${error.message ?? error.keyword}${extra === undefined ? '' : ` (${JSON.stringify(extra)})`}`
}

/** OpenAPI 3.0 to JSON Schema: `nullable` becomes a type; alternatives told apart by one field get a discriminator. */
function converted(value: unknown): Schema {
  return convert(value) as Schema
}

function convert(value: unknown, isAlternative = false): unknown {
  if (Array.isArray(value)) return value.map((item) => convert(item))
  if (typeof value !== 'object' || value === null) return value
  const { nullable, example: _example, anyOf, oneOf, ...rest } = value as Schema
  const made: Schema = Object.fromEntries(Object.entries(rest).map(([key, item]) => [key, convert(item)]))
  const branches = (anyOf ?? oneOf) as unknown[] | undefined
  if (branches) {
    const all = branches.map((branch) => convert(branch, true) as Schema)
    const tag = ['role', 'type'].find((name) => all.every((branch) => isTagged(branch, name)))
    if (tag !== undefined) Object.assign(made, { type: 'object', oneOf: all, discriminator: { propertyName: tag } })
    else made[anyOf ? 'anyOf' : 'oneOf'] = all
  }
  if (nullable !== true) return made
  if (typeof made['type'] === 'string') {
    made['type'] = [made['type'], 'null']
    if (Array.isArray(made['enum'])) made['enum'] = [...made['enum'], null]
    return made
  }
  return isAlternative ? { type: 'null' } : made
}

function isTagged(branch: Schema, name: string): boolean {
  const values = dig(branch, 'properties', name, 'enum')
  const required = branch['required']
  return Array.isArray(values) && values.length === 1 && Array.isArray(required) && required.includes(name)
}

/** Every object that names its properties accepts no others. */
function closed(value: unknown): Schema {
  return walk(value, (schema) =>
    'properties' in schema && !('additionalProperties' in schema) ? { ...schema, additionalProperties: false } : schema,
  ) as Schema
}

function loosened(value: unknown): Schema {
  return walk(value, (schema) => {
    const properties = schema['properties'] as Schema | undefined
    if (!properties) return schema
    const required = schema['required']
    const finish = properties['finish_reason'] as Schema | undefined
    if (Array.isArray(required) && required.join() === 'content,role' && !('finish_reason' in properties)) {
      const { required: _required, ...open } = schema
      return open
    }
    if (!finish || !('delta' in properties)) return schema
    const reasons = [...((finish['enum'] as unknown[] | undefined) ?? []), null]
    return { ...schema, properties: { ...properties, finish_reason: { type: ['string', 'null'], enum: reasons } } }
  }) as Schema
}

function walk(value: unknown, change: (schema: Schema) => Schema): unknown {
  if (Array.isArray(value)) return value.map((item) => walk(item, change))
  if (typeof value !== 'object' || value === null) return value
  const inner = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, walk(item, change)]))
  return change(inner)
}

function dig(value: unknown, ...path: string[]): unknown {
  let found = value
  for (const key of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined
    found = (found as Schema)[key]
  }
  return found
}
