import type { Native } from './native-en.ts'

/** What the desktop shell itself says, outside the page: menus, questions before quitting, errors before a window. */
export const native: Native = {
  name: 'Parley',
  menu: {
    file: 'Datei',
    edit: 'Bearbeiten',
    view: 'Darstellung',
    window: 'Fenster',
    help: 'Hilfe',
    about: 'Über Parley',
    services: 'Dienste',
    hide: 'Parley ausblenden',
    hideOthers: 'Andere ausblenden',
    unhide: 'Alle einblenden',
    quit: 'Parley beenden',
    close: 'Fenster schließen',
    undo: 'Rückgängig',
    redo: 'Wiederholen',
    cut: 'Ausschneiden',
    copy: 'Kopieren',
    paste: 'Einfügen',
    pasteAsText: 'Als reinen Text einfügen',
    delete: 'Löschen',
    selectAll: 'Alles auswählen',
    actualSize: 'Originalgröße',
    zoomIn: 'Vergrößern',
    zoomOut: 'Verkleinern',
    fullScreen: 'Vollbild',
    developerTools: 'Entwicklerwerkzeuge',
    minimize: 'Minimieren',
    zoom: 'Zoomen',
    front: 'Alle nach vorne bringen',
  },
  quit: {
    title: (count) =>
      count === 1 ? 'Eine Antwort läuft noch. Parley beenden?' : `${count} Antworten laufen noch. Parley beenden?`,
    detail:
      'Alles bisher Empfangene ist aufbewahrt. Parley wartet bis zu 5 Sekunden auf laufende Antworten und trennt sie dann; ' +
      'was eine getrennte Antwort kostet, wird nachgesehen, wenn Parley das nächste Mal läuft.',
    confirm: 'Beenden',
    cancel: 'Weiterlaufen lassen',
  },
  crash: {
    title: 'Das Fenster ist abgestürzt.',
    detail: 'Deine Chats sind aufbewahrt, und laufende Antworten gehen weiter. Das Fenster wieder öffnen?',
    confirm: 'Wieder öffnen',
    cancel: 'Parley beenden',
  },
  refused: {
    title: 'Parley wurde nicht gestartet.',
    switch: (name) => `Ein installiertes Parley startet nicht mit --${name}: Das würde andere Programme hineinlassen.`,
    sandbox:
      'Parley läuft nicht ohne die Sandbox, die das Angezeigte von deinem Computer fernhält. ' +
      'Installiere das deb- oder rpm-Paket, oder erlaube diesem Programm User Namespaces, und starte es ohne --no-sandbox.',
    flag: (flag) => `${flag} braucht einen Ordner.`,
  },
  failedToStart: 'Parley konnte nicht starten.',
  alreadyRunning: (pid) =>
    pid === null
      ? 'Parley läuft bereits mit diesem Profil.'
      : `Parley läuft bereits mit diesem Profil (Prozess ${pid}).`,
  unsandboxed: 'Die Sandbox ist aus (--no-sandbox): nur für einen Start in der Entwicklung.',
}
