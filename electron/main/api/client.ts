import type { Dispatcher } from 'undici'
import { fail } from '../../contract/errors.ts'
import { readBalance, readLogs } from './billing.ts'
import type { Balance, LogPage, LogQuery } from './billing.ts'
import { readCatalogue } from './catalogue.ts'
import type { CatalogueAnswer } from './catalogue.ts'
import { createChat } from './chat.ts'
import type { Chat } from './events.ts'
import { model } from '../core/origin.ts'

export interface ApiClientDeps {
  /** Normalised by `normaliseOrigin`. */
  origin: string
  /** The key of this origin, asked for at each request; `null`: there is none. */
  key: () => string | null
  dispatcher: Dispatcher
  /** Milliseconds; only differences and log times are taken from it. */
  now: () => number
  /** Called before each request leaves. */
  onContact: (host: string, purpose: string) => void
}

/** The provider as the application sees it. All but `chat` throw a `FailureError`. */
export interface ApiClient {
  chat: Chat
  models: (etag?: string) => Promise<CatalogueAnswer>
  billing: () => Promise<Balance>
  logs: (query: LogQuery) => Promise<LogPage>
}

/** Makes the client of one origin. It never retries and never follows a redirect. */
export function createApiClient(deps: ApiClientDeps): ApiClient {
  return {
    chat: createChat(deps),
    models: (etag) => readCatalogue(deps, model, etag),
    billing: async () => readBalance(deps, requireKey(deps)),
    logs: async (query) => readLogs(deps, requireKey(deps), query),
  }
}

function requireKey(deps: ApiClientDeps): string {
  const key = deps.key()
  if (key === null || key === '') throw fail('key.missing')
  if (!/^[\x21-\x7e]+$/.test(key)) throw fail('key.rejected')
  return key
}
