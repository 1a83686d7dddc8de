import { z } from 'zod'
import { limits } from '../../contract/limits.ts'
import type { RequestField } from '../../contract/routes/parameters.ts'
import { fields } from './request-schema.ts'

type FieldName = keyof typeof fields

const ofTheTurn: readonly string[] = ['model', 'messages', 'stream_options'] satisfies FieldName[]

/** Whether a field of this name is decided by the turn. */
export const isOfTheTurn = (name: string): boolean => ofTheTurn.includes(name)

/** What the system prompt may be. */
export const systemRange = `a text of at most ${limits.messageChars} characters`

/**
 * What the provider uses for a field that is absent, where it says so. Source: temperature and top_p are the model's own;
 * the penalties change nothing at 0; no limit, seed or stop is set. What is not here is not known.
 */
const providerDefaults: { readonly [Name in FieldName]?: RequestField['providerDefault'] } = {
  temperature: 1,
  top_p: 0.95,
  frequency_penalty: 0,
  presence_penalty: 0,
  logprobs: false,
}

/** Every field that a conversation may set, `system` and `stream` included: read off the schema that requests are checked with. */
export const settableFields: RequestField[] = [
  { name: 'system', kind: 'text', range: systemRange, min: null, max: null, options: [], providerDefault: '' },
  ...(Object.keys(fields) as FieldName[]).filter((name) => !ofTheTurn.includes(name)).map(describe),
]

interface Shape {
  type?: string
  minimum?: number
  maximum?: number
  enum?: string[]
}

function describe(name: FieldName): RequestField {
  const { range, schema } = fields[name]
  const shape = z.toJSONSchema(schema) as Shape
  return {
    name,
    kind: kindOf(name, shape),
    range,
    min: bound(shape.minimum),
    max: bound(shape.maximum),
    options: shape.enum ?? [],
    // Parley streams unless told otherwise, whatever the provider does.
    providerDefault: name === 'stream' ? true : (providerDefaults[name] ?? null),
  }
}

function kindOf(name: FieldName, { type, enum: options }: Shape): RequestField['kind'] {
  if (name === 'stop') return 'texts'
  if (options) return 'choice'
  return type === 'number' || type === 'integer' || type === 'boolean' ? type : 'json'
}

/** A bound that means something: those of whole numbers as such are left out. */
function bound(value: number | undefined): number | null {
  return value === undefined || Math.abs(value) >= Number.MAX_SAFE_INTEGER ? null : value
}
