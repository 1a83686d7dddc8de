/** What main says about fields in fixed English words, in German. */
const fixed: Readonly<Record<string, string>> = {
  'true or false': 'true oder false',
  'a number': 'eine Zahl',
  'a text': 'ein Text',
  'a text or text parts': 'ein Text oder Teile aus Text',
  'a text, or 1 to 4 texts, none of them empty': 'ein Text oder 1 bis 4 Texte, keiner davon leer',
  'a list of at least one message': 'eine Liste mit mindestens einer Nachricht',
  'token ids (whole numbers), each with a number from -100 to 100':
    'Token-Nummern (ganze Zahlen), jede mit einer Zahl von -100 bis 100',
  'a whole number from 0 to 20, and only together with logprobs: true':
    'eine ganze Zahl von 0 bis 20, und nur zusammen mit logprobs: true',
  '{ include_usage: true or false }': '{ include_usage: true oder false }',
  '{ type: "content", content: a text or text parts }': '{ type: "content", content: ein Text oder Teile aus Text }',
  '{ type: "text" }, { type: "json_object" } or { type: "json_schema", json_schema: … }':
    '{ type: "text" }, { type: "json_object" } oder { type: "json_schema", json_schema: … }',
  'a text, or a list of at least one part; never null': 'ein Text oder eine Liste mit mindestens einem Teil; nie null',
  '"text"; for a user also "image_url" or "file"': '"text"; für Nutzer auch "image_url" oder "file"',
  'an https address, or a data URL (base64) of a PNG, JPEG, GIF or WEBP image':
    'eine https-Adresse oder eine Daten-URL (base64) eines Bildes als PNG, JPEG, GIF oder WEBP',
  'a data URL (base64) of a PDF': 'eine Daten-URL (base64) eines PDFs',
  'a JSON schema (an object)': 'ein JSON-Schema (ein Objekt)',
  'an object with model and messages': 'ein Objekt mit model und messages',
  'not a setting of a conversation': 'keine Einstellung einer Unterhaltung',
  'the address of a proxy': 'die Adresse eines Proxys',
  'an address without a user name and a password': 'eine Adresse ohne Benutzernamen und Passwort',
  'a time zone such as Europe/Berlin': 'eine Zeitzone wie Europe/Berlin',
  'not empty': 'nicht leer',
  'letters, digits and signs without spaces': 'Buchstaben, Ziffern und Zeichen ohne Leerzeichen',
  'the address of the proxy is too long': 'Die Adresse des Proxys ist zu lang',
  'this is not the address of a proxy': 'Das ist nicht die Adresse eines Proxys',
  'the address is empty': 'Die Adresse ist leer',
  'only https addresses can be used': 'Nur https-Adressen sind möglich',
  'leave the user name and password out of the address': 'Lass Benutzernamen und Passwort aus der Adresse weg',
  'leave out everything from the ? or # on': 'Lass alles ab dem ? oder # weg',
  'plain http is allowed for this computer only: use https, or the key could be read on the way':
    'Einfaches http ist nur für diesen Computer erlaubt: Nimm https, sonst könnte der Schlüssel unterwegs gelesen werden',
  'this is not an address': 'Das ist keine Adresse',
  'the certificate file is too large': 'Die Zertifikatsdatei ist zu groß',
  'there is no certificate in PEM form in this file': 'In dieser Datei ist kein Zertifikat in PEM-Form',
  'a certificate in this file cannot be read': 'Ein Zertifikat in dieser Datei ist nicht lesbar',
}

/** The same with something put in: `$1` is what stood there. */
const patterns: readonly (readonly [RegExp, string])[] = [
  [/^a whole number from (\S+)$/, 'eine ganze Zahl ab $1'],
  [/^a whole number from (\S+) to (\S+)$/, 'eine ganze Zahl von $1 bis $2'],
  [/^a number from (\S+) to (\S+)$/, 'eine Zahl von $1 bis $2'],
  [/^a name of (\d+) to (\d+) characters$/, 'ein Name von $1 bis $2 Zeichen'],
  [/^(\d+) to (\d+) letters \(a–z\), digits, _ or -$/, '$1 bis $2 Buchstaben (a–z), Ziffern, _ oder -'],
  [/^a text of at most (\d+) characters$/, 'ein Text von höchstens $1 Zeichen'],
  [/^at most (\d+) characters$/, 'höchstens $1 Zeichen'],
  [/^(\S+) to (\S+)$/, '$1 bis $2'],
  [/^not a field; did you mean (.+)\?$/, 'kein Feld; gemeint ist vielleicht $1'],
  [/^not a field here; there are (.+)$/, 'hier kein Feld; es gibt $1'],
  [/^(("[^"]+", )*"[^"]+") or ("[^"]+")$/, '$1 oder $3'],
  [/^this kind of proxy cannot be used: (.+)$/, 'Diese Art von Proxy geht nicht: $1'],
  [/^the address is longer than (\d+) characters$/, 'Die Adresse ist länger als $1 Zeichen'],
  [/^nothing may follow the host but \/v1, and here is (.+)$/, 'Nach dem Rechner darf nur /v1 folgen, hier folgt $1'],
]

/** A range or a reason of main in German; what is a name, a value or said by somebody else stays as it is. */
export function reasonInGerman(reason: string): string {
  const known = fixed[reason]
  if (known !== undefined) return known
  for (const [pattern, words] of patterns) if (pattern.test(reason)) return reason.replace(pattern, words)
  return reason
}
