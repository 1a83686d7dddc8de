import { randomUUID } from 'node:crypto'
import type { Price } from '../../contract/price.ts'
import { sql, transact, type Database } from './database.ts'
import { writeSettings } from './settings.ts'

/** A price as kept: every attempt points to the one it was reserved with. */
export interface KeptPrice extends Price {
  id: string
  source: 'catalogue' | 'override'
  etag: string | null
  seenAt: number
}

interface Place {
  connectionId: string
  model: string
}

const columns = `id, model, source, input_nano_usd_per_mtok AS inputNanoUsdPerMTok, output_nano_usd_per_mtok AS outputNanoUsdPerMTok,
  cached_nano_usd_per_mtok AS cachedNanoUsdPerMTok, context_tokens AS contextTokens, max_output_tokens AS maxOutputTokens,
  etag, seen_at AS seenAt`

const overrideKey = ({ connectionId, model }: Place) => `priceOverride ${connectionId} ${model}`

/** The price in force: the one entered by hand, else the newest of the catalogue; `undefined`: unpriced. */
export function latestPrice(db: Database, input: Place): KeptPrice | undefined {
  const override = sql<[string], KeptPrice>(
    db,
    `SELECT ${columns} FROM price WHERE id = (SELECT json_extract(value, '$') FROM setting WHERE key = ?)`,
  ).get(overrideKey(input))
  return override ?? cataloguePrice(db, input)
}

/** What the catalogue said last; `undefined`: nothing yet. */
export function cataloguePrice(db: Database, input: Place): KeptPrice | undefined {
  return sql<[string, string], KeptPrice>(
    db,
    `SELECT ${columns} FROM price WHERE connection_id = ? AND model = ? AND source = 'catalogue'
     ORDER BY seen_at DESC, rowid DESC LIMIT 1`,
  ).get(input.connectionId, input.model)
}

/** Every price seen or entered, newest first, at most 500. */
export function priceHistory(db: Database, input: Place): KeptPrice[] {
  return sql<[string, string], KeptPrice>(
    db,
    `SELECT ${columns} FROM price WHERE connection_id = ? AND model = ? ORDER BY seen_at DESC, rowid DESC LIMIT 500`,
  ).all(input.connectionId, input.model)
}

/** Keeps what the catalogue said, as a new row, if it differs from what it said last. Gives the row that holds now. */
export function keepPrice(
  db: Database,
  input: { connectionId: string; price: Price; etag: string | null; raw: string; at: number },
): KeptPrice {
  return transact(db, () => {
    const last = cataloguePrice(db, { connectionId: input.connectionId, model: input.price.model })
    const isSame =
      last &&
      last.etag === input.etag &&
      last.inputNanoUsdPerMTok === input.price.inputNanoUsdPerMTok &&
      last.outputNanoUsdPerMTok === input.price.outputNanoUsdPerMTok &&
      last.cachedNanoUsdPerMTok === input.price.cachedNanoUsdPerMTok &&
      last.contextTokens === input.price.contextTokens &&
      last.maxOutputTokens === input.price.maxOutputTokens
    return isSame ? last : insertPrice(db, { ...input, source: 'catalogue' })
  })
}

/** Lets a price entered by hand hold from now on, or (with `null`) the catalogue's again. Earlier rows stay. */
export function overridePrice(
  db: Database,
  input: Place & {
    price: Pick<Price, 'inputNanoUsdPerMTok' | 'outputNanoUsdPerMTok' | 'cachedNanoUsdPerMTok'> | null
    at: number
  },
): void {
  transact(db, () => {
    const { connectionId, model, at } = input
    const { contextTokens = null, maxOutputTokens = null } = cataloguePrice(db, input) ?? {}
    const price = input.price && { ...input.price, model, contextTokens, maxOutputTokens }
    const id = price && insertPrice(db, { connectionId, price, etag: null, raw: '', at, source: 'override' }).id
    writeSettings(db, { values: { [overrideKey(input)]: id }, at })
  })
}

function insertPrice(
  db: Database,
  input: {
    connectionId: string
    price: Price
    etag: string | null
    raw: string
    at: number
    source: KeptPrice['source']
  },
): KeptPrice {
  const { source, etag, at: seenAt } = input
  const kept: KeptPrice = { ...input.price, id: randomUUID(), source, etag, seenAt }
  sql(
    db,
    `INSERT INTO price (id, connection_id, model, source, input_nano_usd_per_mtok, output_nano_usd_per_mtok,
       cached_nano_usd_per_mtok, context_tokens, max_output_tokens, etag, raw, seen_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    kept.id,
    input.connectionId,
    kept.model,
    source,
    kept.inputNanoUsdPerMTok,
    kept.outputNanoUsdPerMTok,
    kept.cachedNanoUsdPerMTok,
    kept.contextTokens,
    kept.maxOutputTokens,
    kept.etag,
    input.raw,
    kept.seenAt,
  )
  return kept
}
