import type { Strings } from './en.ts'

/** What the offline imitation answers. It says that it is one. */
export const demo: Strings['demo'] = {
  thinking:
    'Die Probe tut einen Augenblick lang so, als dächte sie nach, damit zu sehen ist, wo Gedanken stehen würden.',
  replies: [
    `**Das ist die Probe.** Dahinter steht kein Modell, nichts verlässt diesen Computer, und nichts wird berechnet.

Sie ist da, damit du siehst, wie sich Parley anfühlt, bevor du einen Schlüssel einfügst:

- Die Antwort kommt Stück für Stück, und jedes Stück liegt auf deiner Festplatte, **bevor** es auf dem Bildschirm steht.
- Drücke *Anhalten*, lade das Fenster neu oder zieh den Stecker: Was du gesehen hast, ist morgen noch da.
- Die Zeile unter jeder Antwort sagt, was sie gekostet hat – hier sagt sie, dass eine Probe nichts kostet.

Frag noch etwas, oder öffne *Einstellungen → Schlüssel*, um mit Gemma 4 31B selbst zu sprechen.`,
    `Noch einmal die Probe. Das alles kann eine Antwort enthalten:

1. Eine Tabelle

| Was | Wo es liegt |
| --- | --- |
| Unterhaltungen | eine Datenbank in deinem Profilordner |
| Der Schlüssel | der Schlüsselbund deines Systems |
| Die Ausgaben | ein Hauptbuch, zu dem nur hinzugefügt wird |

2. Code

\`\`\`ts
const credit = 500 // Nano-USD
const cost = credits * credit // ganze Zahlen, kein Bruchteil eines Cents geht verloren
\`\`\`

3. Ein Zitat

> Was einmal zu sehen war, geht nie verloren; jeder Cent ist erklärt.

Das war die ganze Probe. Das richtige Modell hat mehr zu sagen.`,
    `Immer noch die Probe, und sie kennt nur drei Antworten. Diese ist kurz.

Mit einem Schlüssel steht hier **google/gemma-4-31b-it** und in der Zeile darunter der Preis der Antwort, genau so, wie der Anbieter ihn berechnet hat.`,
  ],
}
