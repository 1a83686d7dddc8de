import type { Strings } from './en.ts'

const messages = (amount: number) => (amount === 1 ? '1 Nachricht' : `${amount.toLocaleString('de')} Nachrichten`)

/** The first screen. */
export const onboarding: Strings['onboarding'] = {
  title: 'Willkommen bei Parley',
  intro:
    'Sprich mit Gemma 4 31B. Deine Unterhaltungen bleiben auf deiner Festplatte, und über jeden Cent wird Buch geführt.',
  getKey: 'Einen Schlüssel bei der AI/ML API holen',
  getKeyUrl: 'https://aimlapi.com/app/keys',
  start: 'Loslegen',
  useUntested: 'Ungeprüft verwenden',
  connection: 'Proxy und Verbindung',
  or: 'oder',
  demo: 'Ohne Schlüssel ausprobieren',
  demoHint:
    'Probe-Chats mit einer Nachahmung, die auf diesem Computer läuft. Nichts wird gesendet, nichts wird berechnet.',
}

/** The screen for a store that cannot be opened as usual. */
export const recovery: Strings['recovery'] = {
  title: 'Deine Unterhaltungen brauchen Hilfe',
  damage: {
    'zero-length': 'Die Datei mit deinen Unterhaltungen ist leer, obwohl sie es vorher nicht war.',
    'not-a-database': 'Die Datei mit deinen Unterhaltungen wurde mit etwas anderem überschrieben.',
    'bad-pages': 'Teile der Datei mit deinen Unterhaltungen sind nicht lesbar.',
    'missing-wal': 'Der neueste Teil deiner Unterhaltungen, der in einer zweiten Datei liegt, fehlt.',
    'foreign-database': 'Die Datei an der Stelle deiner Unterhaltungen gehört zu einem anderen Programm.',
    missing: 'Die Datei mit deinen Unterhaltungen ist weg, obwohl sie vorher da war.',
  },
  promise: 'Nichts wurde geändert. Was du auch wählst: Die beschädigte Datei wird beiseitegelegt und nie gelöscht.',
  readOnly: 'Nur zum Lesen öffnen',
  readOnlyHint: 'Ansehen, was lesbar ist. Nichts wird geschrieben.',
  restore: 'Eine Sicherung wiederherstellen',
  restoreHint: 'Mit einer früher gemachten Kopie weitermachen.',
  restoreButton: 'Wiederherstellen',
  restoredTitle: 'Wiederhergestellt',
  restoreOne: (when) => `Die Sicherung vom ${when} wiederherstellen`,
  noBackups: 'Es gibt keine Sicherung zum Wiederherstellen.',
  salvage: 'In eine neue Datei retten',
  salvageHint: 'Alles, was noch lesbar ist, in eine neue Datei lesen und zählen, was gelesen wurde und was fehlt.',
  working: 'In Arbeit. Das kann eine Weile dauern; nichts wird gelöscht.',
  restored: (movedTo) => `Die Sicherung ist an ihrem Platz. Die beschädigte Datei liegt als ${movedTo} daneben.`,
  salvaged: 'Gerettet',
  salvageRead: 'Gelesen',
  salvageLost: 'Verloren',
  salvageConversations: 'Chats',
  salvageMessages: 'Nachrichten',
  salvageLedger: 'Einträge des Kostenbuchs',
  movedTo: (name) => `Die beschädigte Datei liegt als ${name} daneben.`,
  goOn: 'Parley öffnen',
  futureTitle: 'Von einem neueren Parley',
  future: (version, supported) =>
    `Deine Unterhaltungen wurden zuletzt von einer neueren Version von Parley gespeichert (Format ${version}; diese kennt ${supported}).`,
  futureDo: 'Nichts wurde geändert oder gelöscht. Starte wieder die neuere Version, oder aktualisiere diese.',
}

/** Said at the top of the window. */
export const banners: Strings['banners'] = {
  name: 'Hinweise',
  readOnly: {
    chosen: 'Nur zum Lesen geöffnet, wie gewählt: Nichts wird geschrieben.',
    'not-writable':
      'In den Ordner deiner Unterhaltungen kann nicht geschrieben werden; sie sind deshalb nur zum Lesen geöffnet.',
    'disk-full':
      'Die Festplatte ist voll; die Unterhaltungen sind deshalb nur zum Lesen geöffnet. Schaffe Platz und starte Parley neu.',
    'future-version':
      'Diese Unterhaltungen wurden von einem neueren Parley gespeichert und sind nur zum Lesen geöffnet.',
  },
  unread: (conversations, lost) =>
    conversations > 0
      ? `${conversations === 1 ? '1 Chat' : `${conversations.toLocaleString('de')} Chats`} und ${messages(lost)} ließen sich nicht lesen.`
      : `Nicht gelesen werden konnten: ${messages(lost)}.`,
  warnings: {
    'profile-on-network':
      'Deine Unterhaltungen liegen in einem Netzwerkordner, in dem Dateien Schaden nehmen können. Ein Ordner auf diesem Computer ist sicherer.',
    'profile-in-synced-folder':
      'Deine Unterhaltungen liegen in einem synchronisierten Ordner, in dem Dateien Schaden nehmen können. Ein nicht synchronisierter Ordner ist sicherer.',
    'disk-low': 'Die Festplatte ist fast voll. Parley macht keine Sicherungen, bis wieder Platz ist.',
    'saving-failed':
      'Etwas konnte nicht gespeichert werden. Was du siehst, ist noch da; sorge für Platz auf der Festplatte.',
  },
  dismiss: 'Ausblenden',
  reconnecting: 'Wird wieder verbunden …',
}

/** When the page has nobody to talk to. */
export const stopped: Strings['stopped'] = {
  title: 'Parley ist beendet',
  text: 'Dieses Fenster hat seine Verbindung zu Parley verloren. Alles, was zu sehen war, ist gespeichert. Schließe dieses Fenster und starte Parley neu.',
  back: 'Kommt Parley zurück, macht dieses Fenster von selbst weiter.',
  unsaved: 'Das war noch nicht gespeichert. Kopiere es, bevor du das Fenster schließt:',
  copy: 'Kopieren',
  copied: 'Kopiert',
  tryAgain: 'Noch einmal versuchen',
  crashTitle: 'Dieses Fenster hat ein Problem',
  crashText: 'Deine Unterhaltungen sind sicher, und eine laufende Antwort geht weiter. Lade das Fenster neu.',
  reload: 'Neu laden',
}
