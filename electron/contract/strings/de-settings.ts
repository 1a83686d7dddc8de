import type { Strings } from './en.ts'

/** The settings dialog. */
export const settings: Strings['settings'] = {
  name: 'Einstellungen',
  close: 'Schließen',
  tabs: {
    key: 'Schlüssel',
    connection: 'Verbindung',
    budget: 'Budget',
    appearance: 'Aussehen',
    data: 'Daten',
    about: 'Über Parley',
  },
  loadFailed: 'Das konnte nicht geladen werden.',
}

/** The key, in settings and on the first screen. */
export const key: Strings['key'] = {
  state: {
    keychain: 'Liegt im Schlüsselbund deines Systems.',
    session: 'Nur für diese Sitzung im Arbeitsspeicher; weg, wenn Parley endet.',
    environment: 'Kommt aus der Umgebungsvariablen AIMLAPI_API_KEY, die Vorrang vor dem Schlüsselbund hat.',
    none: 'Es gibt keinen Schlüssel.',
    asking: 'Der Schlüsselbund deines Systems wird nach dem Schlüssel gefragt …',
  },
  endsIn: (lastFour) => `Schlüssel, der auf ${lastFour} endet`,
  present: 'Schlüssel vorhanden',
  sentTo: (origin) => `Geht nur an ${origin}.`,
  field: 'API-Schlüssel',
  replaceField: 'Neuer API-Schlüssel',
  reveal: 'Schlüssel zeigen',
  conceal: 'Schlüssel verbergen',
  test: 'Prüfen',
  testing: 'Wird geprüft …',
  testNote: 'Die Prüfung ist kostenlos.',
  save: 'Schlüssel speichern',
  saving: 'Wird gespeichert …',
  replace: 'Schlüssel ersetzen',
  add: 'Schlüssel hinzufügen',
  remove: 'Schlüssel entfernen',
  removeTitle: 'Den Schlüssel entfernen?',
  removeText: 'Parley vergisst ihn und kann ihn dir nicht wieder zeigen. Deine Chats bleiben.',
  removeConfirm: 'Entfernen',
  cancel: 'Abbrechen',
  fromEnvironment: 'Zum Ändern die Umgebungsvariable ändern und Parley neu starten.',
  keep: 'Wo er aufbewahrt wird',
  keepKeychain: 'Im Schlüsselbund deines Systems',
  keepKeychainHint: 'Vom System verschlüsselt und beim nächsten Mal noch da.',
  keepSession: 'Nur für diese Sitzung',
  keepSessionHint: 'Im Arbeitsspeicher; nach einem Neustart fügst du ihn wieder ein.',
  willKeep: 'Er kommt in den Schlüsselbund deines Systems und nirgendwo sonst hin.',
  keychain: {
    available: '',
    asking:
      'Parley fragt den Schlüsselbund deines Systems, der vielleicht in einem anderen Fenster auf sein Passwort wartet.',
    unavailable:
      'Dein System bietet keinen Schlüsselbund, den Parley nutzen kann, und Parley schreibt nie einen Schlüssel in eine Datei. Verwende ihn nur für diese Sitzung, oder starte Parley mit der Umgebungsvariablen AIMLAPI_API_KEY.',
    locked:
      'Der Schlüsselbund deines Systems ist gesperrt. Entsperre ihn und sieh noch einmal nach, verwende den Schlüssel nur für diese Sitzung, oder starte Parley mit der Umgebungsvariablen AIMLAPI_API_KEY.',
    unknown:
      'Parley weiß noch nicht, ob der Schlüsselbund deines Systems nutzbar ist. Das Speichern des Schlüssels wird es zeigen.',
  },
  lookAgain: 'Noch einmal nachsehen',
  keychainSaid: 'Was der Schlüsselbund sagt',
  result: {
    works: 'Der Schlüssel funktioniert.',
    model: 'Modell',
    input: 'Eingabe',
    output: 'Ausgabe',
    perMillion: (amount) => `${amount} je Million Token`,
    context: 'Kontext',
    tokens: (amount) => `${amount} Token`,
    balance: 'Guthaben',
    unknown: 'nicht bekannt',
  },
}

/** How Parley reaches the provider. */
export const connection: Strings['connection'] = {
  address: 'API-Adresse',
  addressHint: 'Wohin Anfragen und der Schlüssel gehen. Mit oder ohne /v1.',
  addressFromEnvironment: 'Gesetzt durch die Umgebungsvariable PARLEY_API_URL, die Vorrang vor dieser Einstellung hat.',
  proxy: 'Proxy',
  proxyModes: { system: 'Wie im System', none: 'Kein Proxy', manual: 'Dieser' },
  proxyUrl: 'Proxy-Adresse',
  proxyUrlHint: 'Etwa http://proxy.example:8080. Ohne Passwort.',
  certificates: 'Zusätzliche Zertifikate',
  certificatesHint: 'Für Netze, die den Verkehr überwachen: eine PEM-Datei, der neben denen des Systems vertraut wird.',
  certificatesSome: 'Zusätzlichen Zertifikaten wird vertraut.',
  certificatesNone: 'Keine.',
  addCertificates: 'Datei wählen …',
  removeCertificates: 'Vergessen',
  certificatesTooLarge: 'Die Datei ist zu groß: höchstens 256 KB.',
  confirmNote: 'Parley bittet außerhalb dieser Seite um Bestätigung dieser Änderungen.',
  confirming: 'Bestätige die Änderung im Fenster außerhalb dieser Seite …',
  apply: 'Übernehmen',
  applied: 'Übernommen.',
}

/** How Parley looks and feels. */
export const appearance: Strings['appearance'] = {
  language: 'Sprache',
  languages: { system: 'Automatisch', en: 'English', de: 'Deutsch' },
  theme: 'Farben',
  themes: { system: 'Wie im System', light: 'Hell', dark: 'Dunkel' },
  textSize: 'Textgröße',
  textSizes: { small: 'Klein', normal: 'Mittel', large: 'Groß', 'x-large': 'Sehr groß' },
  density: 'Dichte',
  densities: { comfortable: 'Großzügig', compact: 'Dicht' },
  contrast: 'Kontrast',
  contrasts: { system: 'Wie im System', more: 'Hoch' },
  motion: 'Bewegung',
  motions: { system: 'Wie im System', reduced: 'Wenig' },
  sendKey: 'Senden mit',
  sendKeys: (modifier) => ({ enter: 'Enter', 'mod-enter': `${modifier}+Enter` }),
  sendKeyHint: {
    enter: 'Umschalt+Enter beginnt eine neue Zeile.',
    'mod-enter': 'Enter beginnt eine neue Zeile.',
  },
}

/** Where the data is and what is done to keep it. */
export const data: Strings['data'] = {
  folder: 'Ordner',
  folderHint: 'Alles, was Parley aufbewahrt, liegt hier und nur hier.',
  copyFolder: 'Pfad kopieren',
  size: 'Größe',
  units: ['Byte', 'KB', 'MB', 'GB', 'TB'],
  plain:
    'Chats werden als Klartext gespeichert: Wer diesen Ordner lesen kann, kann auch sie lesen. Die Festplattenverschlüsselung deines Systems schützt sie. Der Schlüssel liegt nie darin.',
  backups: 'Sicherungen',
  backupsHint: 'Einmal am Tag und vor allem, was gewagt ist.',
  noBackups: 'Es gibt noch keine Sicherung.',
  backUp: 'Jetzt sichern',
  backingUp: 'Wird gesichert …',
  backedUp: 'Gesichert.',
  backupContents: (chats, messages) =>
    `${chats.toLocaleString('de')} ${chats === 1 ? 'Chat' : 'Chats'}, ${messages.toLocaleString('de')} ${messages === 1 ? 'Nachricht' : 'Nachrichten'}`,
  reasons: {
    daily: 'täglich',
    'before-migration': 'vor einer Aktualisierung',
    'before-restore': 'vor einer Wiederherstellung',
    'by-hand': 'von Hand',
  },
  setAside: 'Beiseitegelegte beschädigte Datenbanken',
  setAsideHint: 'Sie enthalten noch, was sie enthielten, auch Chats, die seither endgültig gelöscht wurden.',
  removeSetAside: (name) => `${name} endgültig löschen`,
  erase: 'Alles löschen',
  eraseHint:
    'Entfernt alle Chats, was sie gekostet haben, Sicherungen, Einstellungen, Protokolle und den Schlüssel aus dem Schlüsselbund. Parley beginnt dann von vorn.',
  eraseButton: 'Alles löschen …',
  prices: 'Unbekannte Preise',
  pricesHint:
    'Abgebrochene Antworten haben noch keinen Preis. Parley sieht im Protokoll des Anbieters nach; das ist kostenlos.',
  reconcile: 'Jetzt abgleichen',
  reconciling: 'Wird nachgesehen …',
  reconciled: (settled, unknown) =>
    unknown === 0
      ? settled === 0
        ? 'Nichts war unbekannt.'
        : `${settled} abgerechnet; nichts ist mehr unbekannt.`
      : `${settled} abgerechnet, ${unknown} noch unbekannt.`,
}

/** What Parley is and whom it talks to. */
export const about: Strings['about'] = {
  name: 'Parley',
  what: 'Ein Chat-Programm für Gemma 4 31B über die AI/ML API.',
  version: (version) => `Version ${version}`,
  licence: (licence) => `Lizenz: ${licence}`,
  telemetry:
    'Parley sendet keine Telemetrie: keine Nutzungsdaten, keine Absturzberichte, keine Kennungen. Es spricht mit den Rechnern unten und mit keinem anderen.',
  hosts: 'Alle je kontaktierten Rechner',
  noHosts: 'Bisher keine.',
  host: 'Rechner',
  purpose: 'Wofür',
  purposes: {
    chat: 'Nachrichten und Antworten',
    billing: 'Guthaben',
    logs: 'Preise früherer Anfragen',
    models: 'Preisliste',
  },
  lastAt: 'Zuletzt',
  count: 'Wie oft',
  components: 'Hergestellt mit',
}
