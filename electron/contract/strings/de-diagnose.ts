import type { DiagnoseWords } from './en-diagnose.ts'

/** The questions of a diagnosis and what its report says. */
export const diagnoseWords: DiagnoseWords = {
  locale: 'de',
  title: 'Parley: was der Anbieter heute tut',
  questions: {
    'bill-with-usage': 'Steht die Rechnung im Strom, wenn nach dem Verbrauch gefragt wird, und wo?',
    'bill-without-usage': 'Steht sie da, wenn nicht nach dem Verbrauch gefragt wird?',
    pdf: 'Geht ein PDF als Teil einer Nachricht, und was kostet eine Seite?',
    abort: 'Wird eine abgebrochene Antwort berechnet, und steht sie im Protokoll?',
    trailing: 'Setzt eine letzte Nachricht des Assistenten ihn fort?',
  },
  price: (input, output, context, most) =>
    `Preis: ${input} $ hinein, ${output} $ heraus je 1.000.000 Token; Kontext ${context}, längste Antwort ${most}.`,
  unpriced: 'Preis: Der Katalog nennt keinen.',
  bill: (source, place, order) => `Rechnung: ${source}; in Datenereignis ${place}; ${order}`,
  billMissing: 'Rechnung: nicht in der Antwort',
  tokens: (prompt, completion) => `Token: ${prompt} hinein, ${completion} heraus`,
  reasoning: (names) => `Felder für Gedanken: ${names}`,
  failed: (code, status) => `abgelehnt: ${code}${status}`,
  text: (words) => `gesagt: ${words}`,
  place: (number, amount) => `${number} von ${amount}`,
  order: { none: 'kein [DONE] gesehen', before: 'vor [DONE]', after: 'nach [DONE]' },
  inLog: (credits) => `im Protokoll: ${credits} Credits`,
  notInLog: 'noch nicht im Protokoll',
  none: 'keine',
  notAsked:
    'Nicht gefragt, weil es Schaden oder Glück bräuchte: die Grenze des Anfragetextes, die Kopfzeilen eines 429, ein 403, bevor das Guthaben 0 ist.',
}
