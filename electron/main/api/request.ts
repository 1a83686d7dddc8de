import { z } from 'zod'
import { fail } from '../../contract/errors.ts'
import type { FailureError } from '../../contract/errors.ts'
import { requestBody } from './request-body.ts'
import { nearestName } from './nearest-name.ts'
import { fields, innerRanges, otherNames } from './request-schema.ts'

type FieldName = keyof typeof fields
type Shape = { [Name in FieldName]: (typeof fields)[Name]['schema'] }

const shape = Object.fromEntries(
  Object.entries(fields).map(([name, field]) => [name, field.schema]),
) as unknown as Shape

/**
 * The body of a chat request, exactly: no key the model's specification does not have, no null. Source: the provider's
 * specification of `POST /v1/chat/completions` for this model, which drops unknown keys without a word.
 */
export const chatRequestSchema = z
  .strictObject(shape)
  .refine((request) => request.top_logprobs === undefined || request.logprobs === true, { path: ['top_logprobs'] })

/** The body of a chat request. Absent keys are left out; they are never null. */
export type ChatRequest = z.infer<typeof chatRequestSchema>

/** Every field a request may have, with its range in words. */
export const requestFields: readonly { name: FieldName; range: string }[] = (Object.keys(fields) as FieldName[]).map(
  (name) => ({ name, range: fields[name].range }),
)

/**
 * A request that can be sent, or a `request.parameter` failure that names the field, what it may be, and what was given
 * (shortened). A misspelt key is named with the nearest one there is.
 */
export function parseChatRequest(value: unknown): ChatRequest {
  const parsed = chatRequestSchema.safeParse(value)
  if (parsed.success) return parsed.data
  throw describe(deepest(parsed.error.issues), value)
}

/** Size of the request as it is sent, in bytes. */
export function requestBytes(request: ChatRequest): number {
  return requestBody(request).sizeBytes
}

type Issue = z.core.$ZodIssue
type Place = { path: PropertyKey[]; unknownKey: string | null }

/** The first problem; of the branches of a choice, the one that got furthest. */
function deepest(issues: Issue[]): Place {
  const issue = issues[0]
  if (issue === undefined) return { path: [], unknownKey: null }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const branches = issue.errors.map((errors) => deepest(errors))
    const best = branches.reduce((far, each) => (reach(each) > reach(far) ? each : far))
    return { path: [...issue.path, ...best.path], unknownKey: best.unknownKey }
  }
  const unknownKey = issue.code === 'unrecognized_keys' ? (issue.keys[0] ?? null) : null
  return { path: issue.path, unknownKey }
}

function reach(place: Place): number {
  return place.path.length + (place.unknownKey === null ? 0 : 1)
}

function describe({ path, unknownKey }: Place, value: unknown): FailureError {
  const given = at(value, path)
  const where = nameOf(path)
  if (unknownKey === null) {
    return fail('request.parameter', { field: where || 'request', range: rangeOf(path), value: show(given) })
  }
  const known = knownNames(path, given)
  const other = path.length === 0 && Object.hasOwn(otherNames, unknownKey) ? otherNames[unknownKey] : undefined
  const nearest = other ?? nearestName(unknownKey, known)
  return fail('request.parameter', {
    field: `${where === '' ? '' : `${where}.`}${unknownKey.slice(0, 80)}`,
    range:
      nearest === null ? `not a field here; there are ${known.join(', ')}` : `not a field; did you mean ${nearest}?`,
    value: show(at(given, [unknownKey])),
  })
}

/** `messages[0].content[1].text` */
function nameOf(path: PropertyKey[]): string {
  return path.reduce<string>(
    (name, key) => (typeof key === 'number' ? `${name}[${key}]` : `${name}${name === '' ? '' : '.'}${String(key)}`),
    '',
  )
}

/** The range of a place, or of the nearest place around it that has one. */
function rangeOf(path: PropertyKey[]): string {
  for (let length = path.length; length > 0; length--) {
    const name = patternOf(path.slice(0, length))
    const range = Object.hasOwn(innerRanges, name) ? innerRanges[name] : undefined
    if (range !== undefined) return range
    if (Object.hasOwn(fields, name)) return fields[name as FieldName].range
  }
  return 'an object with model and messages'
}

function patternOf(path: PropertyKey[]): string {
  return nameOf(path).replace(/\[\d+\]/g, '[]')
}

function knownNames(path: PropertyKey[], given: unknown): string[] {
  if (path.length === 0) return Object.keys(fields)
  const inside = `${patternOf(path)}.`
  const names = Object.keys(innerRanges)
    .filter((name) => name.startsWith(inside) && !/[.[]/.test(name.slice(inside.length)))
    .map((name) => name.slice(inside.length))
  const type = at(given, ['type'])
  return typeof type === 'string' && names.includes(type) ? ['type', type] : names
}

function at(value: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inside, key) =>
      typeof inside === 'object' && inside !== null && Object.hasOwn(inside, key)
        ? (inside as Record<PropertyKey, unknown>)[key]
        : undefined,
    value,
  )
}

/** A value on one short line. */
function show(value: unknown): string {
  if (value === undefined) return 'nothing'
  const long = typeof value === 'string' ? value.slice(0, 120) : value
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(long) ?? typeof value)
  return text.length > 100 ? `${text.slice(0, 99).toWellFormed()}…` : text
}
