import type { Strings } from './en.ts'

/** Questions put outside the page, by the shell. */
export const questions: Strings['questions'] = {
  connection: {
    title: 'Ändern, wie Parley sich verbindet?',
    confirm: 'Ändern',
    cancel: 'So lassen',
    detail: (origin, proxyMode, proxyUrl) =>
      `Anfragen, mit deinem Schlüssel und deinen Nachrichten, gehen dann an ${origin}${
        proxyMode === 'manual' ? ` über den Proxy ${proxyUrl ?? ''}` : proxyMode === 'none' ? ' ohne Proxy' : ''
      }.`,
    trust: (names, more) =>
      `Neben den Zertifizierungsstellen des Systems vertraut Parley dann:\n\n${names.join('\n')}${
        more === 0 ? '' : `\nund ${more} weiteren`
      }\n\nWem ${names.length + more === 1 ? 'sie gehört' : 'sie gehören'}, der kann alles lesen, was Parley sendet, auch deinen Schlüssel.`,
    forget: 'Von jetzt an wird nur noch den Zertifizierungsstellen des Systems vertraut.',
  },
  erase: {
    title: 'Alles löschen?',
    confirm: 'Alles löschen',
    cancel: 'Alles behalten',
    detail:
      'Alle Unterhaltungen, was sie gekostet haben, die Sicherungen, die Einstellungen und der Schlüssel im Schlüsselbund sind dann endgültig weg. Laufende Antworten werden getrennt. Der Anbieter behält seine eigenen Aufzeichnungen, und ein Schlüssel in AIMLAPI_API_KEY bleibt, wo er ist.',
  },
  link: {
    title: 'Diese Adresse öffnen?',
    confirm: 'Öffnen',
    cancel: 'Abbrechen',
    web: (host, url) => `Sie führt zu ${host}\n\n${url}`,
    mail: (address) => `Sie schreibt eine Nachricht an ${address} in deinem Mailprogramm.`,
  },
  answered: {
    thanks: 'Danke. Dieses Fenster kann geschlossen werden.',
    over: 'Hier gibt es nichts mehr zu beantworten. Dieses Fenster kann geschlossen werden.',
  },
  continueFrom: (lastWords) =>
    `Deine Antwort wurde abgeschnitten. Bitte mach genau dort weiter, wo sie aufgehört hat, ohne etwas zu wiederholen. Ihre letzten Worte waren: „${lastWords}“`,
}
