import { countIn } from './count-in.ts'
import type { Strings } from './en.ts'

const count = countIn('de')

/** What can be done with a message. */
export const reading: Strings['reading'] = {
  newerLoading: 'Spätere Nachrichten werden geladen …',
  actions: 'Weitere Aktionen',
  copyRich: 'Mit Gestaltung kopieren',
  copiedRich: 'Mit Gestaltung kopiert.',
  copyRefused: 'Die Zwischenablage hat es nicht angenommen.',
  quote: 'Zitieren',
  edit: 'Bearbeiten',
  delete: 'Löschen',
  deleted: (amount) =>
    amount <= 1 ? 'Die Nachricht wurde gelöscht.' : `Die Nachricht und was ihr folgt wurden gelöscht (${amount}).`,
  edited: 'Bearbeitet',
  editField: 'Text der Nachricht',
  save: 'Nur speichern',
  saveHint: 'Speichert die neuen Worte. Nichts wird gesendet.',
  resend: 'Speichern und neu senden',
  resendHint: 'Macht eine neue Fassung und bittet um eine Antwort darauf. Das kostet erneut.',
  resendHintFree: 'Macht eine neue Fassung und bittet um eine Antwort darauf.',
  resendNote: 'Neu senden kostet erneut. Die Fassung davor und ihre Antworten bleiben.',
  resendNoteFree: 'Die Fassung davor und ihre Antworten bleiben.',
  cancel: 'Abbrechen',
  hiddenBranch: (amount) =>
    `${count(amount, 'andere Fassung', 'andere Fassungen')} mit allem, was ${amount === 1 ? 'ihr' : 'ihnen'} folgte, nicht gezeigt.`,
  notHere: 'Diese Nachricht gibt es in der Unterhaltung nicht mehr.',
  failed: (title) => `Das hat nicht geklappt: ${title}.`,
}

/** Find in this conversation. */
export const find: Strings['find'] = {
  name: 'Im Chat suchen',
  field: 'Im Chat suchen',
  none: 'Nicht gefunden',
  place: (at, total) => `${at.toLocaleString('de')} von ${total.toLocaleString('de')}`,
  previous: 'Voriger Treffer',
  next: 'Nächster Treffer',
  close: 'Suche schließen',
  failed: 'Hier konnte nicht gesucht werden.',
}
