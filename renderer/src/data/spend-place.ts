import { useEffect, useState } from 'react'
import type { ConversationId, MessageId } from '../../../electron/contract/ids.ts'
import type { AttemptState, LedgerRow } from '../../../electron/contract/routes/spend.ts'

/** As in the contract, whose values this page cannot import. */
export const states = ['held', 'settled', 'unknown', 'not-charged', 'written-off'] as const satisfies AttemptState[]
export const purposes = ['reply', 'retry', 'continue', 'key-test', 'diagnose'] as const satisfies LedgerRow['purpose'][]

const tabs = ['overview', 'ledger', 'open', 'statement'] as const
export type SpendTab = (typeof tabs)[number]

/** Which requests of the books are meant; what is `null` or empty lets everything through. */
export interface LedgerFilter {
  from: string | null
  to: string | null
  conversationId: ConversationId | null
  messageId: MessageId | null
  states: AttemptState[]
  purposes: LedgerRow['purpose'][]
}

/** Where on the spend page someone is. */
export interface SpendPlace {
  tab: SpendTab
  filter: LedgerFilter
  /** The request whose account lies over the page. */
  attemptId: string | null
}

export const everything: LedgerFilter = {
  from: null,
  to: null,
  conversationId: null,
  messageId: null,
  states: [],
  purposes: [],
}

/** Everything at a glance. */
export const overview: SpendPlace = { tab: 'overview', filter: everything, attemptId: null }

const prefix = '#/spend'
const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text)
const isId = (text: string) => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)

/** The place an address such as `#/spend/ledger?from=2026-03-01` means; `null`: it is not of the spend page. */
export function readPlace(address: string): SpendPlace | null {
  const [path = '', query = ''] = address.split('?')
  if (path !== prefix && !path.startsWith(`${prefix}/`)) return null
  const given = new URLSearchParams(query)
  const one = (name: string, isValid: (text: string) => boolean) => {
    const value = given.get(name)
    return value !== null && isValid(value) ? value : null
  }
  const many = <Value extends string>(name: string, known: readonly Value[]) => {
    const values = given.get(name)?.split(',') ?? []
    return known.filter((value) => values.includes(value))
  }
  return {
    tab: tabs.find((tab) => path === `${prefix}/${tab}`) ?? 'overview',
    filter: {
      from: one('from', isDay),
      to: one('to', isDay),
      conversationId: one('chat', isId) as ConversationId | null,
      messageId: one('message', isId) as MessageId | null,
      states: many('state', states),
      purposes: many('for', purposes),
    },
    attemptId: one('request', isId),
  }
}

/** The address of a place, for links; what is not given is not limited. */
export function spendAddress({
  tab,
  filter = {},
  attemptId = null,
}: {
  tab: SpendTab
  filter?: Partial<LedgerFilter>
  attemptId?: string | null
}): string {
  const of = { ...everything, ...filter }
  const given = [
    ['from', of.from],
    ['to', of.to],
    ['chat', of.conversationId],
    ['message', of.messageId],
    ['state', of.states.join(',')],
    ['for', of.purposes.join(',')],
    ['request', attemptId],
  ].filter((pair): pair is [string, string] => pair[1] !== null && pair[1] !== '')
  const query = given.map(([name, value]) => `${name}=${value}`).join('&')
  return `${prefix}${tab === 'overview' ? '' : `/${tab}`}${query === '' ? '' : `?${query}`}`
}

/** Where on the spend page the address leads; `null`: elsewhere. `leave` forgets it, whoever writes the next address. */
export function useSpendPlace(): {
  place: SpendPlace | null
  go: (place: SpendPlace) => void
  leave: () => void
} {
  const [place, setPlace] = useState(() => readPlace(location.hash))
  useEffect(() => {
    const follow = () => setPlace(readPlace(location.hash))
    addEventListener('hashchange', follow)
    return () => removeEventListener('hashchange', follow)
  }, [])
  return {
    place,
    go(next) {
      history.replaceState(null, '', spendAddress(next))
      setPlace(next)
    },
    leave: () => setPlace(null),
  }
}
