import type { NanoUsd } from '../../contract/money.ts'
import type { Price } from '../../contract/price.ts'
import { readDecimal, scaled } from './decimal.ts'
import { getJson } from './get-json.ts'
import type { GetDeps } from './get-json.ts'
import { asArray, asObject, name, own, tokens } from './wire.ts'
import type { JsonObject } from './wire.ts'

/** 10,000 USD per 1,000,000 tokens: more than that is a fault of the catalogue. */
const mostNanoUsdPerMTok = 10_000_000_000_000

/** What the catalogue answered. `price: null`: it names no usable price, which is said and never read as zero. */
export type CatalogueAnswer =
  | { isUnchanged: true }
  | { isUnchanged: false; price: Price | null; etag: string | null; raw: string }

/** Asks the catalogue for one model, without the key. `etag`: of the answer already known. Throws a `FailureError`. */
export async function readCatalogue(deps: GetDeps, model: string, etag?: string): Promise<CatalogueAnswer> {
  const path = `/v1/models?${new URLSearchParams({ id: model, include: 'pricing,modalities,capabilities' })}`
  const answer = await getJson(deps, { path, purpose: 'models', key: null, ...(etag === undefined ? {} : { etag }) })
  if (answer.isUnchanged) return answer
  return { isUnchanged: false, price: readPrice(answer.body, model), etag: answer.headers.get('etag'), raw: answer.raw }
}

/** The price of a model in a catalogue's answer. `null`: not listed, or no price that can be one. */
export function readPrice(body: JsonObject, model: string): Price | null {
  const rows = asArray(own(body, 'data'))
    .map(asObject)
    .filter((row) => row !== null && isNamed(row, model))
  const row = rows.find((each) => isChat(each)) ?? null
  const rates = readRates(asObject(own(row, 'pricing')))
  if (row === null || rates === null) return null
  const info = asObject(own(row, 'info'))
  return {
    model,
    ...rates,
    contextTokens: firstCount(info, ['contextLength', 'context_length']),
    maxOutputTokens: firstCount(info, ['outputMax', 'maxTokens', 'max_output_tokens']),
  }
}

type Rates = Pick<Price, 'inputNanoUsdPerMTok' | 'outputNanoUsdPerMTok' | 'cachedNanoUsdPerMTok'>

/**
 * Two documented shapes: a unit says its `origin` (`provided`, `generated`, `cached`), or only its `measure` (`input`,
 * `output`). Where both are there `measure` is always `output`, so `origin` decides.
 */
function readRates(pricing: JsonObject | null): Rates | null {
  const currency = own(pricing, 'currency') ?? 'USD'
  const kind = own(pricing, 'kind') ?? 'fixed'
  if (pricing === null || currency !== 'USD' || kind !== 'fixed') return null
  const units = asArray(own(pricing, 'units'))
    .map(asObject)
    .filter((unit) => unit !== null && isTextToken(unit))
  const input = highest(units, ['provided', 'input'])
  const output = highest(units, ['generated', 'output'])
  if (input === null || output === null) return null
  return {
    inputNanoUsdPerMTok: input,
    outputNanoUsdPerMTok: output,
    cachedNanoUsdPerMTok: highest(units, ['cached']),
  }
}

/** The highest rate among the units of a side: what cannot be told apart must not be underestimated. */
function highest(units: (JsonObject | null)[], sides: string[]): NanoUsd | null {
  const rates = units.filter((unit) => sides.includes(sideOf(unit))).map(rateOf)
  const sane = rates.filter((rate) => rate !== null)
  return rates.length === 0 || sane.length < rates.length ? null : Math.max(...sane)
}

function sideOf(unit: JsonObject | null): string {
  return name(own(unit, 'origin')) ?? name(own(unit, 'measure')) ?? ''
}

/**
 * Dollars for `per` tokens as nano-USD per 1,000,000 tokens: exact, and rounded up where it is not whole (what is within a
 * thousandth of a whole number is the noise of somebody's floating-point arithmetic).
 */
function rateOf(unit: JsonObject | null): NanoUsd | null {
  const price = own(unit, 'price')
  const per = own(unit, 'per')
  if (typeof price !== 'number' || !Number.isFinite(price) || price <= 0) return null
  if (!Number.isSafeInteger(per) || (per as number) <= 0) return null
  const read = readDecimal(String(price))
  if (read === null) return null
  const { top, bottom } = scaled(read, 15)
  const whole = bottom * BigInt(per as number)
  const nearest = (2n * top + whole) / (2n * whole)
  const off = top - nearest * whole
  const nano = Number(off * 1_000n > whole ? nearest + 1n : nearest)
  return nano > 0 && nano <= mostNanoUsdPerMTok ? nano : null
}

function isTextToken(unit: JsonObject): boolean {
  const content = own(unit, 'content') ?? 'text'
  const type = own(unit, 'type') ?? 'charge'
  return own(unit, 'name') === 'token' && content === 'text' && type === 'charge'
}

function isNamed(row: JsonObject, model: string): boolean {
  return own(row, 'id') === model || asArray(own(row, 'aliases')).includes(model)
}

/** Ids repeat once per endpoint; the price that counts is that of the chat endpoint. */
function isChat(row: JsonObject | null): boolean {
  return /(^|\/)chat-completions?$/.test(name(own(row, 'type')) ?? '')
}

function firstCount(info: JsonObject | null, names: string[]): number | null {
  const counts = names.map((each) => tokens(own(info, each)))
  return counts.find((count) => count !== null && count > 0) ?? null
}
