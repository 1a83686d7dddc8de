import type { RefusedKind } from '../attachment.ts'
import type { Refused } from './en-documents.ts'
import type { Strings } from './en.ts'

const refusedKinds: Record<RefusedKind, string> = {
  heic: 'ist ein HEIC-Foto, das das Modell nicht lesen kann. Speichere es als JPEG oder PNG und füge das hinzu.',
  tiff: 'ist ein TIFF-Bild, das das Modell nicht lesen kann. Speichere es als PNG oder JPEG und füge das hinzu.',
  'old-office': 'hat ein altes Office-Format. Speichere die Datei als DOCX, XLSX, PPTX oder PDF und füge das hinzu.',
  rtf: 'ist formatierter Text (RTF). Speichere die Datei als DOCX oder reinen Text und füge das hinzu.',
  archive: 'ist ein Archiv. Packe es aus und füge die Dateien darin hinzu.',
  program: 'ist ein Programm und enthält keinen lesbaren Text.',
  audio: 'ist eine Tonaufnahme, die das Modell nicht hören kann. Füge stattdessen ihren Text hinzu.',
  video: 'ist ein Video, das das Modell nicht ansehen kann. Füge Bilder daraus oder seinen Text hinzu.',
  unknown: 'ist von einer Art, die Parley nicht kennt. Speichere die Datei als PDF, Text oder Bild und füge das hinzu.',
}

function refusal(refused: Refused): string {
  const name = `„${refused.name}“`
  switch (refused.reason) {
    case 'kind':
      return `${name} ${refusedKinds[refused.kind]}`
    case 'empty':
      return `${name} ist leer; es gibt nichts zu senden.`
    case 'not-a-file':
      return `${name} ist keine gewöhnliche Datei (vielleicht eine Verknüpfung oder ein Ordner). Wähle die Datei selbst.`
    case 'changed':
      return `${name} hat sich geändert, während die Datei gelesen wurde. Füge sie noch einmal hinzu.`
    case 'unreadable-image':
      return `${name} gibt sich als Bild aus, lässt sich aber nicht als eines lesen. Öffne die Datei in einem anderen Programm und speichere sie neu.`
    case 'damaged':
      return `${name} ist auf der Festplatte beschädigt oder fehlt dort. Füge die Datei noch einmal hinzu.`
    case 'bytes':
      return `${name} hat ${refused.given}, erlaubt sind ${refused.limit}. Füge eine kleinere Datei hinzu oder erhöhe die Grenze unter „Dokumente“.`
    case 'pages':
      return `${name} hat ${refused.given} Seiten, erlaubt sind ${refused.limit}. Füge einen Teil davon hinzu oder erhöhe die Grenze unter „Dokumente“.`
    case 'pixels':
      return `${name} hat ${refused.given} Pixel, erlaubt sind ${refused.limit}. Füge ein kleineres Bild hinzu oder erhöhe die Grenze unter „Dokumente“.`
    case 'count':
      return `Mit ${name} wären es mehr als ${refused.limit} Dateien in einer Nachricht. Sende zuerst einige davon oder erhöhe die Grenze unter „Dokumente“.`
    case 'not-ready':
      return refused.isUnreadable
        ? `${name} enthält nichts, was so gesendet werden kann. Wähle eine andere Art oder nimm die Datei heraus.`
        : `${name} wird noch vorbereitet. Warte einen Moment oder nimm die Datei heraus.`
    case 'mode':
      return `${name} kann so nicht gesendet werden. Wähle eine andere Art.`
  }
}

/** Dateien: warum eine nicht angenommen wird oder nicht gesendet werden kann. */
export const documents: Strings['documents'] = {
  refusal,
  tooLarge: (given, limit) =>
    `Sie hat ${given}, erlaubt sind ${limit} je Anfrage. Sende weniger oder kleinere Dateien oder erhöhe die Grenze unter „Dokumente“.`,
  overflow: (prompt, context) => `Es sind etwa ${prompt} Token, das Modell nimmt ${context}.`,
}
