/** The words of a monthly statement. */
export const statementWords = {
  locale: 'en',
  title: (month: string) => `Parley: statement for ${month}`,
  made: (when: string, zone: string) => `Made ${when} (UTC). Days are calendar days in ${zone}. Amounts in US dollars.`,
  total: 'The month',
  days: 'By day',
  day: 'Day',
  conversations: 'By conversation',
  conversation: 'Conversation',
  amounts: ['Settled', 'of it computed', 'Not yet known', 'Held for them'],
  columns: ['settled_usd', 'computed_usd', 'unknown_count', 'held_usd'],
  untitled: '(no title)',
  others: (count: number) => `${count.toLocaleString('en')} more conversations`,
  provider: 'Compared with the provider’s account',
  usd: 'USD',
  notCompared: 'The account was not asked.',
  open: (count: number) => `Not compared: ${count.toLocaleString('en')} requests are not settled yet.`,
  first: 'First reading of the balance; the next statement can compare.',
  since: (when: string) => `The balance fell since ${when}`,
  thisApp: 'Spent by Parley',
  elsewhere: 'Spent elsewhere with this key',
  notReported: 'Not in the provider’s log (yet), of another key, or a top-up (negative)',
  note: 'Settled amounts are what the provider billed, unless marked as computed from tokens and price. Unknown is never zero: it is held at its most until the provider’s log tells.',
}

export type StatementWords = typeof statementWords
