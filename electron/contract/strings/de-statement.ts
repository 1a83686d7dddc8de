import type { StatementWords } from './en-statement.ts'

/** The words of a monthly statement. */
export const statementWords: StatementWords = {
  locale: 'de',
  title: (month) => `Parley: Abrechnung für ${month}`,
  made: (when, zone) => `Erstellt ${when} (UTC). Tage sind Kalendertage in ${zone}. Beträge in US-Dollar.`,
  total: 'Der Monat',
  days: 'Nach Tagen',
  day: 'Tag',
  conversations: 'Nach Unterhaltungen',
  conversation: 'Unterhaltung',
  amounts: ['Abgerechnet', 'davon errechnet', 'Noch nicht bekannt', 'Dafür vorgemerkt'],
  columns: ['settled_usd', 'computed_usd', 'unknown_count', 'held_usd'],
  untitled: '(ohne Titel)',
  others: (count) => `${count.toLocaleString('de')} weitere Unterhaltungen`,
  provider: 'Verglichen mit dem Konto beim Anbieter',
  usd: 'USD',
  notCompared: 'Das Konto wurde nicht abgefragt.',
  open: (count) => `Nicht verglichen: ${count.toLocaleString('de')} Anfragen sind noch nicht abgerechnet.`,
  first: 'Erste Ablesung des Guthabens; die nächste Abrechnung kann vergleichen.',
  since: (when) => `Das Guthaben fiel seit ${when} um`,
  thisApp: 'Von Parley ausgegeben',
  elsewhere: 'Anderswo mit diesem Schlüssel ausgegeben',
  notReported: '(Noch) nicht im Protokoll des Anbieters, von einem anderen Schlüssel oder eine Aufladung (negativ)',
  note: 'Abgerechnete Beträge sind, was der Anbieter berechnet hat, sofern sie nicht als aus Token und Preis errechnet gekennzeichnet sind. Unbekannt ist nie null: Es wird zum Höchstbetrag vorgemerkt, bis das Protokoll des Anbieters Auskunft gibt.',
}
