import { randomUUID } from 'node:crypto'
import type { Price } from '../../contract/price.ts'
import { sql, transact, type Database } from './database.ts'

/** A price as kept: every attempt points to the one it was reserved with. */
export interface KeptPrice extends Price {
  id: string
  etag: string | null
  seenAt: number
}

const columns = `id, model, input_nano_usd_per_mtok AS inputNanoUsdPerMTok, output_nano_usd_per_mtok AS outputNanoUsdPerMTok,
  cached_nano_usd_per_mtok AS cachedNanoUsdPerMTok, context_tokens AS contextTokens, max_output_tokens AS maxOutputTokens,
  etag, seen_at AS seenAt`

/** The newest price of a model on a connection; `undefined`: none was ever seen. */
export function latestPrice(db: Database, input: { connectionId: string; model: string }): KeptPrice | undefined {
  return sql<[string, string], KeptPrice>(
    db,
    `SELECT ${columns} FROM price WHERE connection_id = ? AND model = ? ORDER BY seen_at DESC, rowid DESC LIMIT 1`,
  ).get(input.connectionId, input.model)
}

/** Keeps what the catalogue said, as a new row, if it differs from the newest. Gives the row that holds now. */
export function keepPrice(
  db: Database,
  input: { connectionId: string; price: Price; etag: string | null; raw: string; at: number },
): KeptPrice {
  return transact(db, () => {
    const last = latestPrice(db, { connectionId: input.connectionId, model: input.price.model })
    const isSame =
      last &&
      last.etag === input.etag &&
      last.inputNanoUsdPerMTok === input.price.inputNanoUsdPerMTok &&
      last.outputNanoUsdPerMTok === input.price.outputNanoUsdPerMTok &&
      last.cachedNanoUsdPerMTok === input.price.cachedNanoUsdPerMTok &&
      last.contextTokens === input.price.contextTokens &&
      last.maxOutputTokens === input.price.maxOutputTokens
    if (isSame) return last
    const kept: KeptPrice = { ...input.price, id: randomUUID(), etag: input.etag, seenAt: input.at }
    sql(
      db,
      `INSERT INTO price (id, connection_id, model, source, input_nano_usd_per_mtok, output_nano_usd_per_mtok,
         cached_nano_usd_per_mtok, context_tokens, max_output_tokens, etag, raw, seen_at)
       VALUES (?, ?, ?, 'catalogue', ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      kept.id,
      input.connectionId,
      kept.model,
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
  })
}
