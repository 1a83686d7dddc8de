import type { BudgetScope } from '../budget.ts'
import { countIn } from './count-in.ts'
import type { Strings } from './en.ts'

const count = countIn('de')

/** What sending would take, said so that it never looks like a bill. */
export const estimate: Strings['estimate'] = {
  name: 'Schätzung',
  tokens: (amount) => `≈ ${amount} Token`,
  one: (amount) => `≈ ${amount}`,
  range: (low, high) => `≈ ${low.replace(/\s*\$$/, '')}–${high}`,
  atMost: (amount) => `höchstens ${amount}`,
  unpriced: 'Preis nicht bekannt',
  free: 'nichts wird berechnet',
  share: (percent) => `${percent} vom Kontext`,
  left: (amount) => `${amount} übrig`,
  details: 'Einzelheiten der Schätzung',
  title: 'Schätzung, keine Rechnung',
  sentence: 'Was das Senden kosten würde. Es gilt, was der Anbieter berechnet.',
  prompt: 'Eingabe',
  known: (known, rest) => `${known} von der letzten Rechnung bekannt, ≈ ${rest} geschätzt`,
  allEstimated: 'ganz geschätzt: hier wurde noch nichts berechnet',
  allKnown: 'von der letzten Rechnung bekannt',
  error: 'Üblicher Fehler',
  errorShare: (percent, seen) => `${percent} daneben, aus ${count(seen, 'Rechnung', 'Rechnungen')} gelernt`,
  noError: 'Noch keine Erfahrung. Jede Rechnung lehrt dazu.',
  short: 'Ein paar Worte zurück',
  likely: 'Eine übliche Antwort',
  most: 'Das Höchste, was es kosten kann',
  price: 'Preis',
  priceOf: (input, output) => `${input} ein, ${output} aus, je Million Token`,
  priceUnknown: 'Nicht bekannt. Was eine Antwort kostet, weiß man dann erst, wenn sie berechnet ist; null ist es nie.',
  context: 'Kontext',
  contextOf: (tokens, most, percent) => `≈ ${tokens} von ${most} Token (${percent})`,
  contextUnknown: 'Wie groß das Kontextfenster ist, ist nicht bekannt.',
  showContext: 'Kontext zeigen',
  budget: 'Vom Budget übrig',
  noBudget: 'Es ist kein Budget gesetzt.',
  showBudgets: 'Budgets',
  lookUp: 'Preis nachsehen',
  demo: 'Eine Probe: Die Antwort ist nachgemacht, und nichts wird berechnet.',
  announce: (text) => `Schätzung: ${text}`,
  act: (text) => `Schätzung: ${text}.`,
  tooLargeTitle: 'Das ist zu lang für das Modell',
  tooLarge: (tokens, most) =>
    `Die Eingabe hat ≈ ${tokens} Token, und das Modell nimmt ${most}. So gesendet, würde sie abgelehnt.`,
  noRoomTitle: 'Das lässt zu wenig Platz für die Antwort',
  noRoom: (tokens, limit) =>
    `Die Eingabe hat ≈ ${tokens} Token. Damit auch die längste Antwort passt, darf sie ${limit} haben; so gesendet, wird sie vielleicht abgelehnt oder endet früh.`,
  options: 'Chat-Optionen',
  leaveOut: 'Nachrichten weglassen …',
  shorten: 'Nachricht kürzen',
  startNew: 'Neuen Chat beginnen',
}

/** Which messages of a chat the next prompts have. */
export const context: Strings['context'] = {
  name: 'Kontext',
  close: 'Kontext schließen',
  intro:
    'Alles, was an ist, wird mit jeder weiteren Nachricht wieder gesendet und bezahlt. Die neueste wird immer gesendet.',
  keys: 'Die Leertaste schaltet eine. Mit Umschalt: alle ab der zuletzt geschalteten.',
  total: (tokens) => `≈ ${tokens} Token`,
  totalOf: (tokens, most, percent) => `≈ ${tokens} von ${most} Token (${percent})`,
  window: 'Belegtes Kontextfenster',
  list: 'Nachrichten der nächsten Eingaben',
  empty: 'Hier ist noch nichts: Der Kontext füllt sich im Gespräch.',
  system: 'Grundanweisung',
  tokens: (amount) => `≈ ${amount} Token`,
  marginal: (amount) => `kostet ≈ ${amount} in jeder weiteren Runde`,
  marginalOff: (amount) => `spart ≈ ${amount} in jeder weiteren Runde`,
  unpriced: 'Preis nicht bekannt',
  soFar: (amount) => `bisher ≈ ${amount}`,
  neverSent: 'noch nicht gesendet',
  off: (amount) => `${count(amount, 'Nachricht', 'Nachrichten')} weggelassen`,
  takeAllIn: 'Alle wieder aufnehmen',
  loadFailed: 'Der Kontext ließ sich nicht lesen.',
  failed: (title) => `Das hat nicht geklappt: ${title}.`,
  badge: 'Nicht im Kontext',
  leaveOut: 'Aus dem Kontext nehmen',
  takeIn: 'Wieder in den Kontext aufnehmen',
  fit: 'Passend machen',
  fitHint: 'Schlägt die wenigsten Nachrichten vor, ohne die Eingabe und längste Antwort passen.',
  by: { oldest: 'Älteste zuerst', dearest: 'Teuerste zuerst' },
  fits: 'Es passt so. Nichts muss weg.',
  impossible: 'Auch ohne alles andere würde es nicht passen. Kürze die Nachricht oder die längste Antwort.',
  unknownLimit: 'Wie groß das Kontextfenster ist, ist nicht bekannt; so lässt sich nichts vorschlagen.',
  proposal: (amount, before, after) =>
    `${count(amount, 'Nachricht', 'Nachrichten')} weglassen: aus ≈ ${before} werden ≈ ${after} Token.`,
  proposed: 'vorgeschlagen',
  confirm: 'Weglassen',
  cancel: 'Abbrechen',
}

const windows: Record<BudgetScope, string> = {
  message: 'für eine Nachricht',
  conversation: 'für diesen Chat',
  day: 'für heute',
  month: 'für diesen Monat',
}

const past = (scope: BudgetScope, time: string) =>
  scope === 'message' ? 'für eine Nachricht' : scope === 'conversation' ? 'für einen Chat' : `für ${time}`

/** Limits on what is spent. */
export const budgets: Strings['budgets'] = {
  title: 'Budgets',
  hint: 'Vor jedem Senden wird der höchste mögliche Preis gegen jedes Budget gehalten. Was nicht passt, wird nicht gesendet.',
  scopes: {
    message: 'Jede Nachricht',
    chat: 'Jeder Chat',
    own: (title) => `Dieser Chat: ${title}`,
    day: 'Jeder Tag',
    month: 'Jeder Monat',
  },
  scopeHints: {
    message: 'Eine Antwort mit ihren Wiederholungen.',
    chat: 'Für Chats ohne eigenes Budget.',
    own: 'Gilt anstelle des Budgets für jeden Chat.',
    day: 'Von Mitternacht bis Mitternacht, in der Zeitzone unten.',
    month: 'Vom ersten bis zum letzten Tag.',
  },
  none: 'Keine Grenze',
  limit: (amount) => `höchstens ${amount}`,
  used: (used, limit) => `${used} von ${limit} verbraucht`,
  left: (amount) => `${amount} übrig`,
  meter: (scope) => `${scope}: verbraucht`,
  set: 'Setzen',
  change: 'Ändern',
  remove: 'Entfernen',
  setFor: (scope) => `Setzen: Grenze für ${scope}`,
  changeFor: (scope) => `Ändern: Grenze für ${scope}`,
  removeFor: (scope) => `Entfernen: Grenze für ${scope}`,
  field: (scope) => `Grenze in Dollar: ${scope}`,
  save: 'Speichern',
  cancel: 'Abbrechen',
  reads: (amount) => `Gelesen als ${amount}.`,
  zero: 'Mit einer Grenze von nichts wird nichts gesendet.',
  refused: {
    'not-a-number': 'Schreibe einen Betrag in Dollar, etwa 5 oder 0,50.',
    negative: 'Eine Grenze kann nicht unter null liegen.',
    'too-many-decimals': 'Höchstens neun Nachkommastellen.',
    'too-large': 'Das ist mehr, als Parley zählt.',
    ambiguous: 'Das könnten tausend oder eins sein. Schreibe 1000 oder 1,00.',
  },
  days: 'Tage und Monate',
  daysHint: 'Wo ein Tag beginnt und endet. Eine andere Zone gilt ab dem nächsten Tag, damit keiner doppelt zählt.',
  today: (day, zone) => `Heute ist der ${day} in ${zone}.`,
  nextZone: (zone) => `Ab morgen: ${zone}.`,
  zone: 'Zeitzone',
  zoneNone: 'So heißt keine Zone.',
  clockBehind:
    'Die Uhr dieses Computers liegt hinter dem neuesten Tag der Bücher. Dieser Tag gilt weiter, bis die Uhr ihn hinter sich hat.',
  notices: 'Was geschehen ist',
  noNotices: 'Noch nichts: Kein Budget hat 50 % erreicht, und nichts wurde durchgelassen.',
  threshold: (percent, limit, scope, time) => `${percent} % von ${limit} ${past(scope, time)} erreicht`,
  override: (over, limit, scope, time) => `Einmal durchgelassen, bis zu ${over} über ${limit} ${past(scope, time)}`,
  overrun: (amount) => `Berechnet wurden ${amount} mehr, als zurückgehalten war`,
  showAll: (amount) => `Alle ${amount.toLocaleString('de')} zeigen`,
  loadFailed: 'Das ließ sich nicht laden.',

  refusalTitle: 'Das passt nicht ins Budget',
  refusal: (needed) => `Im höchsten Fall könnte diese Antwort ${needed} kosten, deshalb wurde sie nicht gesendet.`,
  over: (scope, left, limit, over) =>
    scope === 'message'
      ? `Eine Nachricht darf ${limit} kosten: Das wären bis zu ${over} zu viel.`
      : `Von ${limit} ${windows[scope]} sind ${left} übrig: Das wären bis zu ${over} zu viel.`,
  kept: 'Dein Text bleibt. Nichts wurde berechnet.',
  limitReply: (tokens) => `Antworten auf ${tokens} Token begrenzen und senden`,
  limitedReply: (tokens) => `Antworten in diesem Chat haben jetzt höchstens ${tokens} Token.`,
  limitUndo: 'Rückgängig',
  raise: 'Budget erhöhen …',
  once: (amount) => `Dieses eine Mal trotzdem senden, höchstens ${amount}`,
  onceUnpriced: 'Dieses eine Mal trotzdem senden, Preis unbekannt',
  recorded: 'Dass es durchgelassen wurde, steht dann in den Büchern.',
  lookUp: 'Preis nachsehen und senden',
  byHand: 'Preis eingeben …',
  shorten: 'Kürzen',
  leaveOut: 'Nachrichten weglassen …',

  reached: (percent, used, limit, scope) =>
    percent >= 100
      ? `Das Budget ${windows[scope]} ist aufgebraucht: ${used} von ${limit}.`
      : `${percent} % des Budgets ${windows[scope]} sind verbraucht: ${used} von ${limit}.`,
  open: 'Budgets',
  dismiss: 'Ausblenden',
  banners: 'Budget aufgebraucht',

  monthly: 'Monatsbudget in Dollar (freiwillig)',
  monthlyHint:
    'Nichts wird gesendet, was darüber gehen könnte. Ändern kannst du es jederzeit unter Einstellungen, Budget.',
  monthlyUnkept: (text) => `Es wurde kein Monatsbudget gesetzt: „${text}“ ist kein Betrag, den Parley lesen kann.`,
  monthlySet: (amount) => `Höchstens ${amount} im Monat.`,
}

/** "7,1×" is a factor, "12 %" a difference. */
const by = (amount: string) =>
  amount.endsWith('×') ? `auf das ${amount.slice(0, -1).replace('.', ',')}-Fache` : `um ${amount}`
const down = (amount: string) =>
  amount.endsWith('×') ? `auf 1/${amount.slice(0, -1).replace('.', ',')}` : `um ${amount}`

/** What the model costs. */
export const prices: Strings['prices'] = {
  title: 'Preis',
  hint: 'Jede Antwort zählt zu dem Preis, der beim Senden galt. Maßgebend ist die Rechnung des Anbieters.',
  input: 'Eingabe',
  output: 'Ausgabe',
  cached: 'Zwischengespeicherte Eingabe',
  asInput: 'wie Eingabe',
  fromCatalogue: (when) => `Je Million Token. Aus dem Katalog des Anbieters, gesehen ${when}.`,
  byHand: (when) => `Je Million Token. Von Hand eingegeben ${when}. Gilt, bis du ihn zurücknimmst.`,
  catalogueSays: (input, output) => `Im Katalog stehen ${input} ein, ${output} aus.`,
  unpriced:
    'Kein Preis ist bekannt. Was eine Antwort kostet, weiß man dann erst, wenn sie berechnet ist; und solange ein Budget gesetzt ist, wird nichts gesendet.',
  refresh: 'Katalog fragen',
  refreshing: 'Wird gefragt …',
  refreshed: 'Der Katalog hat geantwortet.',
  refreshNote: 'Ein kostenloser Aufruf.',
  override: 'Von Hand eingeben …',
  takeBack: 'Wieder den Preis des Katalogs verwenden',
  field: (side) => `${side}, Dollar je Million Token`,
  cachedHint: 'Leer: Zwischengespeicherte Eingabe kostet wie Eingabe.',
  save: 'Diesen Preis verwenden',
  cancel: 'Abbrechen',
  needed: 'Beide Preise sind nötig.',
  history: 'Preise bisher',
  when: 'Gesehen',
  source: 'Woher',
  sources: { catalogue: 'Katalog', override: 'von Hand' },
  change: 'Änderung',
  inForce: 'gilt',
  noHistory: 'Noch keine.',
  changed: {
    input: {
      rose: (amount) => `Eingabe ${by(amount)} gestiegen`,
      fell: (amount) => `Eingabe ${down(amount)} gefallen`,
    },
    output: {
      rose: (amount) => `Ausgabe ${by(amount)} gestiegen`,
      fell: (amount) => `Ausgabe ${down(amount)} gefallen`,
    },
    cached: {
      rose: (amount) => `zwischengespeicherte Eingabe ${by(amount)} gestiegen`,
      fell: (amount) => `zwischengespeicherte Eingabe ${down(amount)} gefallen`,
    },
  },
  bannerName: 'Preisänderung',
  banner: (changes, input, output) =>
    `Der Preis hat sich geändert: ${changes}. Jetzt ${input} ein und ${output} aus, je Million Token.`,
  open: 'Preise',
}
