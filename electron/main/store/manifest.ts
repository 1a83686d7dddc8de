import { createHash } from 'node:crypto'
import { sql, type Database } from './database.ts'

/** Of what a request was made, as its attempt keeps it for ever: ids and the hash of the parameters, no text. */
interface StoredManifest {
  parametersHash?: string
  [part: string]: unknown
}

/**
 * Writes the parameters of a manifest, which can hold a person's words (the system prompt, stop words, a schema), where
 * deleting the conversation for good removes them. Gives the manifest as the attempt keeps it.
 */
export function storeManifest(db: Database, input: { conversationId: string; manifest: unknown }): string {
  const { parameters, ...rest } = (input.manifest ?? {}) as Record<string, unknown>
  if (parameters === undefined) return JSON.stringify(rest)
  const json = JSON.stringify(parameters)
  const hash = createHash('sha256').update(json).digest('hex')
  sql(
    db,
    `INSERT INTO sent_parameters (conversation_id, hash, json) SELECT @conversationId, @hash, @json
     WHERE EXISTS (SELECT 1 FROM conversation WHERE id = @conversationId) ON CONFLICT DO NOTHING`,
  ).run({ conversationId: input.conversationId, hash, json })
  return JSON.stringify({ ...rest, parametersHash: hash } satisfies StoredManifest)
}

/** A manifest with its parameters; without them where the conversation was deleted for good. */
export function readManifest(
  db: Database,
  input: { conversationId: string; manifest: string },
): Record<string, unknown> {
  const { parametersHash, ...rest } = JSON.parse(input.manifest) as StoredManifest
  if (parametersHash === undefined) return rest
  const found = sql<[string, string], { json: string }>(
    db,
    'SELECT json FROM sent_parameters WHERE conversation_id = ? AND hash = ?',
  ).get(input.conversationId, parametersHash)
  return found ? { ...rest, parameters: JSON.parse(found.json) } : { ...rest, parametersHash }
}
