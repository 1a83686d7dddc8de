import { fail } from '../../contract/errors.ts'
import type { Residual } from '../../contract/routes/residual.ts'
import type { ApiClient } from '../api/client.ts'
import { creditsToNanoUsd } from '../core/money.ts'
import type { Store } from '../store/host.ts'

const pageLimit = 20
/** The log answers at most 92 days. Milliseconds. */
const reachMs = 91 * 24 * 60 * 60 * 1000

export interface ResidualDeps {
  store: Pick<Store, 'read' | 'write'>
  /** `null` while there is no key. */
  client: () => Pick<ApiClient, 'logs' | 'billing'> | null
  connectionId: () => Promise<string>
  now: () => number
}

/** Compares the account with the books: what fell, and who spent it. Only while no attempt is open. Free calls only. */
export async function readResidual(deps: ResidualDeps, since: number): Promise<Residual> {
  const { store, now } = deps
  const client = deps.client()
  if (!client) throw fail('key.missing')
  const connectionId = await deps.connectionId()
  const books = await store.read.connectionBooks({ connectionId })
  if (books.openCount > 0) return { kind: 'open', openCount: books.openCount }
  const { first } = await store.read.balanceReadings({ connectionId, since })
  const calls = ['/v2/billing']
  const { nanoUsd: balanceNanoUsd } = await client.billing()
  const at = now()
  const reading = { balanceNanoUsd, ledgerNanoUsd: books.ledgerNanoUsd, at }
  if (!(await store.write.keepBalance({ connectionId, ...reading }))) {
    const { openCount } = await store.read.connectionBooks({ connectionId })
    return { kind: 'open', openCount }
  }
  if (!first) return { kind: 'first', balanceNanoUsd, at }

  let elsewhereNanoUsd = 0
  let offset = 0
  let isPartial = first.at < at - reachMs
  for (let page = 0; ; page++) {
    if (page === pageLimit) {
      isPartial = true
      break
    }
    const found = await client.logs({ startMs: Math.max(first.at, at - reachMs), endMs: at, offset })
    calls.push('/v2/logs')
    const ids = found.rows.map(({ clientRequestId }) => clientRequestId).filter((id) => id !== null)
    const ours = new Set(await store.read.knownAttempts({ ids }))
    for (const { clientRequestId, credits } of found.rows) {
      if (clientRequestId !== null && ours.has(clientRequestId)) continue
      elsewhereNanoUsd += credits === null ? 0 : creditsToNanoUsd(credits)
    }
    if (!found.hasMore || found.rows.length === 0) break
    offset = found.nextOffset
  }
  const fellNanoUsd = first.balanceNanoUsd - balanceNanoUsd
  const thisAppNanoUsd = books.ledgerNanoUsd - first.ledgerNanoUsd
  return {
    kind: 'known',
    since: first.at,
    at,
    balanceNanoUsd,
    fellNanoUsd,
    thisAppNanoUsd,
    elsewhereNanoUsd,
    notReportedNanoUsd: fellNanoUsd - thisAppNanoUsd - elsewhereNanoUsd,
    isPartial,
    calls,
  }
}
