import { reasonInGerman } from './de-reasons.ts'
import type { Strings } from './en.ts'

/** The settings of one conversation. */
export const parameters: Strings['parameters'] = {
  name: 'Chat-Optionen',
  close: 'Chat-Optionen schließen',
  intro: 'Gesendet wird nur, was von den Vorgaben des Anbieters abweicht.',
  context: 'Welche Nachrichten gesendet werden …',
  fields: {
    system: ['Grundanweisung', 'Steht vor jeder Nachricht: wer das Modell ist und wie es antwortet.'],
    temperature: ['Temperatur', 'Höher ist abwechslungsreicher, niedriger ist vorhersehbarer.'],
    top_p: ['Top-p', 'Wählt aus den wahrscheinlichsten Wörtern, die zusammen diese Wahrscheinlichkeit haben.'],
    max_tokens: ['Längste Antwort', 'So viele Token darf eine Antwort höchstens haben; das begrenzt auch den Preis.'],
    stop: ['Endtexte', 'Die Antwort endet vor jedem dieser Texte, einer je Zeile.'],
    seed: ['Startwert', 'Derselbe Startwert bittet um dieselbe Antwort, soweit der Anbieter sich daran hält.'],
    frequency_penalty: ['Häufigkeitsabzug', 'Über 0 werden oft verwendete Wörter unwahrscheinlicher.'],
    presence_penalty: ['Vorkommensabzug', 'Über 0 werden schon verwendete Wörter unwahrscheinlicher.'],
    repetition_penalty: ['Wiederholungsabzug', 'Über 1 wird schon Gesagtes unwahrscheinlicher.'],
    reasoning_effort: ['Denkaufwand', 'Wie viel das Modell nachdenkt, bevor es antwortet. Gedanken kosten auch.'],
    stream: ['Fortlaufend', 'Zeigt die Antwort, während sie entsteht; sonst kommt sie auf einmal.'],
  },
  other: 'Weitere Felder',
  otherSentence: 'Wird so gesendet, wie es ist; siehe die Dokumentation des Anbieters.',
  range: (range) => `Erlaubt: ${reasonInGerman(range)}.`,
  providerDefault: (value) => `Vorgabe: ${value}.`,
  unknownDefault: 'Der Anbieter entscheidet.',
  none: 'nichts',
  asDefault: 'Vorgabe',
  on: 'An',
  off: 'Aus',
  invalid: (range) => `Hier nicht erlaubt. Erlaubt: ${reasonInGerman(range)}.`,
  reset: 'Alles zurücksetzen',
  resetOne: (field) => `${field} zurücksetzen`,
  keep: 'Als Vorgabe speichern',
  kept: 'Neue Chats beginnen mit diesen Einstellungen.',
  changed: (amount) => (amount === 1 ? '1 Einstellung weicht ab' : `${amount} Einstellungen weichen ab`),
}
