import type { FailureCode, MoneyFate, TextFate } from '../errors.ts'
import { reasonInGerman } from './de-reasons.ts'
import type { FailureWords } from './en-failures.ts'
import type { Strings } from './en.ts'

/** One entry per code: a code without words does not compile. */
export const failures: Record<FailureCode, FailureWords> = {
  'input.invalid': {
    title: 'Das kann nicht verwendet werden',
    sentence: 'Etwas in der Eingabe liegt außerhalb dessen, was Parley annimmt.',
  },
  'route.unknown': {
    title: 'Seite und Parley sind sich uneins',
    sentence: 'Diese Seite hat nach etwas gefragt, das diese Version von Parley nicht hat. Starte Parley neu.',
  },
  'caller.refused': {
    title: 'Dieses Fenster wurde abgewiesen',
    sentence: 'Parley antwortet nur seinem eigenen Fenster. Schließe dieses und starte Parley neu.',
  },
  'app.unreachable': {
    title: 'Parley hat nicht geantwortet',
    sentence:
      'Dieses Fenster konnte Parley nicht erreichen; ob es getan wurde, ist daher nicht bekannt. Noch einmal zu versuchen schadet nicht.',
  },
  internal: {
    title: 'In Parley ist etwas schiefgegangen',
    sentence:
      'Das ist ein Fehler von Parley und liegt an nichts, was du getan hast. Noch einmal versuchen hilft vielleicht.',
  },
  'request.parameter': {
    title: 'Eine Einstellung der Anfrage wurde abgelehnt',
    sentence: 'Die Anfrage wurde nicht gesendet, weil einer ihrer Werte außerhalb des Erlaubten liegt.',
  },
  'key.missing': {
    title: 'Es gibt keinen API-Schlüssel',
    sentence: 'Eine Antwort braucht einen Schlüssel. Füge unter „Schlüssel“ einen hinzu.',
  },
  'key.rejected': {
    title: 'Der Schlüssel wurde abgelehnt',
    sentence:
      'Der Anbieter nimmt diesen API-Schlüssel nicht an. Vielleicht ist er vertippt, abgeschaltet oder gelöscht.',
  },
  'keychain.unavailable': {
    title: 'Es gibt keinen Schlüsselbund',
    sentence:
      'Dein System bietet keinen Schlüsselbund, den Parley nutzen kann; der Schlüssel wurde dort also nicht aufbewahrt. Er lässt sich nur für diese Sitzung verwenden oder in der Umgebungsvariablen AIMLAPI_API_KEY angeben.',
  },
  'keychain.locked': {
    title: 'Der Schlüsselbund ist gesperrt',
    sentence:
      'Entsperre den Schlüsselbund deines Systems und sieh noch einmal nach, oder verwende den Schlüssel nur für diese Sitzung.',
  },
  'keychain.timeout': {
    title: 'Der Schlüsselbund antwortet nicht',
    sentence:
      'Der Schlüsselbund deines Systems hat nicht rechtzeitig geantwortet. Vielleicht wartet er in einem anderen Fenster auf sein Passwort.',
  },
  'balance.empty': {
    title: 'Das Guthaben ist aufgebraucht',
    sentence: 'Der Anbieter hat die Anfrage mangels Guthaben abgelehnt. Lade das Konto auf und wiederhole sie dann.',
  },
  'access.denied': {
    title: 'Der Schlüssel darf das nicht',
    sentence:
      'Der Anbieter hat diesen Schlüssel abgewiesen: Sein Geltungsbereich, seine eigene Ausgabengrenze oder deine Region kann der Grund sein.',
  },
  'model.not-found': {
    title: 'Das Modell wurde nicht gefunden',
    sentence: 'Unter dieser API-Adresse antwortet nichts für dieses Modell. Prüfe die Adresse unter „Verbindung“.',
  },
  'request.refused': {
    title: 'Die Anfrage wurde abgelehnt',
    sentence: 'Der Anbieter konnte diese Anfrage nicht annehmen.',
  },
  'request.too-large': {
    title: 'Die Unterhaltung ist zu groß',
    sentence:
      'Sie ist länger, als das Modell oder der Anbieter annimmt. Beginne einen neuen Chat oder kürze die Nachricht.',
  },
  'rate.limited': { title: 'Zu viele Anfragen', sentence: 'Der Anbieter bittet, vor der nächsten Anfrage zu warten.' },
  'provider.failed': {
    title: 'Beim Anbieter gab es einen Fehler',
    sentence: 'Sein Server oder das Modell dahinter hatte eine Störung. Versuche es in einer Weile noch einmal.',
  },
  'network.unreachable': {
    title: 'Der Anbieter ist nicht erreichbar',
    sentence: 'Es kam keine Verbindung zustande. Prüfe das Netz und den Proxy unter „Verbindung“.',
  },
  'network.tls': {
    title: 'Der Verbindung wird nicht vertraut',
    sentence:
      'Das Zertifikat des Servers ließ sich nicht prüfen. In einem Netz, das den Verkehr überwacht, füge sein Zertifikat unter „Verbindung“ hinzu.',
  },
  'network.proxy': {
    title: 'Der Proxy hat abgelehnt',
    sentence: 'Der Proxy hat die Verbindung nicht durchgelassen. Prüfe ihn unter „Verbindung“.',
  },
  'network.reset': {
    title: 'Die Verbindung ist abgerissen',
    sentence: 'Die Verbindung wurde getrennt, bevor eine Antwort kam.',
  },
  'network.timeout': {
    title: 'Keine Antwort in der Zeit',
    sentence: 'Der Anbieter hat nicht rechtzeitig angefangen zu antworten.',
  },
  'network.redirect': {
    title: 'Der Server verwies woandershin',
    sentence: 'Der Server wollte die Anfrage an eine andere Adresse schicken. Mit deinem Schlüssel folgt Parley nie.',
  },
  'reply.not-a-stream': {
    title: 'Das ist keine Antwort des Modells',
    sentence:
      'Etwas anderes als das Modell hat geantwortet, vielleicht eine Anmeldeseite des Netzes. Öffne zur Probe eine Webseite.',
  },
  'reply.unreadable': {
    title: 'Die Antwort war nicht lesbar',
    sentence: 'Was ankam, hat nicht die vereinbarte Form.',
  },
  'reply.stalled': {
    title: 'Die Antwort ist stehen geblieben',
    sentence: 'Zu lange kam nichts mehr an, deshalb wurde sie beendet.',
  },
  'reply.ended-early': {
    title: 'Die Antwort endete zu früh',
    sentence:
      'Die Verbindung schloss sich, bevor das Modell fertig war. „Weiterschreiben“ bittet es, bei seinen letzten Worten weiterzumachen.',
  },
  'reply.interrupted': {
    title: 'Die Antwort wurde unterbrochen',
    sentence: 'Parley wurde geschlossen, oder der Computer ging aus oder schlafen, bevor die Antwort vollständig war.',
  },
  'reply.error': {
    title: 'Das Modell brach mit einem Fehler ab',
    sentence: 'Der Anbieter meldete mitten in der Antwort eine Störung.',
  },
  'reply.too-long': {
    title: 'Die Antwort dauerte zu lange',
    sentence: 'Sie überschritt die Höchstdauer und wurde beendet.',
  },
  'store.full': {
    title: 'Die Festplatte ist voll',
    sentence: 'Zum Speichern fehlt Platz. Schaffe Platz; was du siehst, bleibt so lange hier.',
  },
  'store.read-only': {
    title: 'Unterhaltungen sind nur zum Lesen geöffnet',
    sentence: 'Im Augenblick kann nichts geschrieben werden, deshalb wurde das nicht getan.',
  },
  'store.damaged': {
    title: 'Die Datei der Unterhaltungen ist beschädigt',
    sentence: 'Parley kann seine Datei nicht ganz lesen. Starte Parley neu, um zu sehen, was sich tun lässt.',
  },
  'store.future': {
    title: 'Von einem neueren Parley',
    sentence:
      'Diese Unterhaltungen wurden zuletzt von einer neueren Version gespeichert. Nichts wurde geändert oder gelöscht.',
  },
  'store.busy': {
    title: 'Die Festplatte ist beschäftigt',
    sentence: 'Das Speichern wurde nicht rechtzeitig fertig. Versuche es noch einmal.',
  },
  'conversation.not-found': {
    title: 'Den Chat gibt es nicht mehr',
    sentence: 'Vielleicht wurde er inzwischen gelöscht.',
  },
  'message.not-found': {
    title: 'Die Nachricht gibt es nicht mehr',
    sentence: 'Vielleicht wurde sie inzwischen gelöscht.',
  },
  'turn.running': {
    title: 'Eine Antwort wird noch geschrieben',
    sentence: 'Warte sie ab oder halte sie an, dann sende die nächste Nachricht.',
  },
  'turn.not-running': {
    title: 'Die Antwort ist schon zu Ende',
    sentence: 'Es gab nichts mehr anzuhalten.',
  },
  'turn.not-possible': { title: 'Das geht hier nicht', sentence: 'Der Zustand dieser Antwort lässt das nicht zu.' },
  'link.refused': {
    title: 'Der Link wurde nicht geöffnet',
    sentence:
      'Parley öffnet nur einfache Web- und E-Mail-Adressen. Diese ist von anderer Art oder enthält versteckte Teile.',
  },
  'confirm.declined': { title: 'Nichts wurde geändert', sentence: 'Die Änderung wurde nicht bestätigt.' },
  'backup.not-found': {
    title: 'Die Sicherung gibt es nicht mehr',
    sentence: 'Ihre Datei liegt nicht mehr im Ordner der Sicherungen.',
  },
  'budget.exceeded': {
    title: 'Das passt nicht ins Budget',
    sentence:
      'Im höchsten Fall könnte diese Antwort mehr kosten, als übrig ist, deshalb wurde sie nicht gesendet. Kürze sie, begrenze die längste Antwort, erhöhe das Budget oder lass diese eine durch.',
  },
  'budget.unpriced': {
    title: 'Der Preis ist nicht bekannt',
    sentence:
      'Es ist ein Budget gesetzt, und ohne Preis begrenzt nichts, was eine Antwort kosten kann; deshalb wurde sie nicht gesendet. Sieh den Preis nach oder gib ihn von Hand ein.',
  },
  'budget.unmeasured': {
    title: 'Was dieses PDF kostet, ist nicht bekannt',
    sentence:
      'Ein Budget ist gesetzt, und noch weiß niemand, wie viel davon ein unverändert gesendetes PDF verbrauchen kann; deshalb wurde es nicht gesendet. Sende seinen Text oder seine Seiten als Bilder, oder lass es dieses eine Mal zu: Dann wird es gemessen.',
  },
  'document.refused': {
    title: 'Die Datei wurde nicht angenommen',
    sentence: 'Diese Datei kann nicht verwendet werden.',
  },
  'document.not-found': {
    title: 'Die Datei ist weg',
    sentence: 'Vielleicht wurde sie inzwischen entfernt.',
  },
  'document.not-in-order': {
    title: 'Die Datei kam nicht ganz an',
    sentence: 'Ein Stück von ihr fehlte oder kam doppelt. Füge sie noch einmal hinzu.',
  },
  'document.too-many-uploads': {
    title: 'Zu viele Dateien auf einmal',
    sentence: 'Warte, bis einige der Dateien angekommen sind, und füge dann die anderen hinzu.',
  },
  'context.exceeded': {
    title: 'Das passt nicht in das Modell',
    sentence:
      'Der Chat mit seinen Dateien ist länger, als das Modell lesen kann; deshalb wurde nichts gesendet. Sende weniger Seiten, schalte Dateien ab oder lass frühere Nachrichten weg.',
  },
  'recovery.failed': {
    title: 'Das hat nicht geklappt',
    sentence:
      'Auf diesem Weg ließen sich die Unterhaltungen nicht wiederherstellen. Die beschädigte Datei ist unberührt; versuche einen anderen Weg.',
  },
}

/** What happened to the text, said after the sentence; nothing where no text was at stake. */
export const textFates: Record<TextFate, string> = {
  kept: 'Dein Text ist aufbewahrt.',
  'partly-kept': 'Was angekommen war, ist aufbewahrt.',
  'not-kept': 'Der Text wurde nicht gespeichert.',
  none: '',
}

/** What happened to the money, said last; nothing where no money was at stake. */
export const moneyFates: Record<MoneyFate, string> = {
  'not-charged': 'Nichts wurde berechnet.',
  charged: 'Was ankam, wurde berechnet.',
  unknown: 'Ob es berechnet wurde, ist noch nicht bekannt; Parley sieht im Protokoll des Anbieters nach.',
  none: '',
}

/** What a failure adds when it knows more. */
export const failureExtras: Strings['failureExtras'] = {
  fields: {
    key: 'API-Schlüssel',
    origin: 'API-Adresse',
    apiOrigin: 'API-Adresse',
    proxyUrl: 'Proxy-Adresse',
    proxy: 'Proxy-Adresse',
    pem: 'Zertifikat',
    certificate: 'Zertifikat',
    title: 'Titel',
    text: 'Nachricht',
    query: 'Suche',
    url: 'Webadresse',
  },
  field: (field, range, value) =>
    value === undefined
      ? range === undefined
        ? `Sieh dir ${field} an.`
        : `Erlaubt für ${field}: ${reasonInGerman(range)}.`
      : `${field} ist ${value}.${range === undefined ? '' : ` Erlaubt: ${reasonInGerman(range)}.`}`,
  fieldReason: (field, reason) => `${field}: ${reasonInGerman(reason)}.`,
  waitSeconds: (seconds) =>
    `Der Anbieter bittet, ${seconds === 1 ? '1 Sekunde' : `${seconds.toLocaleString('de')} Sekunden`} zu warten.`,
  details: 'Einzelheiten',
  status: (status) => `HTTP ${status}`,
}
