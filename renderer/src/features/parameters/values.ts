import type { Parameters, RequestField } from '../../../../electron/contract/routes/parameters.ts'

type Value = Parameters[string]

/** What a field shows of a value; an empty text is the provider's default. */
export function toText(field: RequestField, value: Value | undefined): string {
  if (value === undefined) return ''
  if (field.kind === 'texts') return Array.isArray(value) ? value.join('\n') : String(value)
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** What was written into a field. `isValid` is false for what is no value of its kind; main has the last word. */
export type Written = { isValid: true; value: Value | undefined } | { isValid: false }

function parse(field: RequestField, text: string): Value | undefined {
  if (field.kind === 'number' || field.kind === 'integer') {
    const number = Number(text.trim().replace(',', '.'))
    const isInside = number >= (field.min ?? -Infinity) && number <= (field.max ?? Infinity)
    const isWhole = field.kind === 'number' || Number.isInteger(number)
    if (!isInside || !isWhole) throw new RangeError(field.name)
    return number
  }
  if (field.kind === 'boolean') return text === 'true'
  if (field.kind === 'texts') return text.split('\n').filter((line) => line !== '')
  return field.kind === 'json' ? (JSON.parse(text) as Value) : text
}

/** Reads a field. What equals the provider's default is left out. */
export function fromText(field: RequestField, text: string): Written {
  if (text.trim() === '') return { isValid: true, value: undefined }
  try {
    const value = parse(field, text)
    return { isValid: true, value: value === field.providerDefault ? undefined : value }
  } catch {
    return { isValid: false }
  }
}
