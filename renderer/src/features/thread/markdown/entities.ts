/** The named references that models write, known at once. */
const common: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  copy: '©',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  times: '×',
  deg: '°',
  euro: '€',
  larr: '←',
  rarr: '→',
  le: '≤',
  ge: '≥',
}

let all: Map<string, string> | null = null
let loading: Promise<void> | null = null
const listeners = new Set<() => void>()

/** The table of HTML: `name name=code-code;…`, several to a line. */
function read(lines: readonly string[]): Map<string, string> {
  const table = new Map<string, string>()
  for (const entry of lines.flatMap((line) => line.split(';'))) {
    const [names = '', codes = ''] = entry.split('=')
    const text = String.fromCodePoint(...codes.split('-').map((code) => Number.parseInt(code, 16)))
    for (const name of names.split(' ')) table.set(name, text)
  }
  return table
}

async function load(): Promise<void> {
  try {
    all = read((await import('./entity-names.json')).default)
    for (const listener of listeners) listener()
  } catch {
    loading = null
  }
}

/** Loads every name there is. Until then a rare one stays as it is written. */
export function loadEntities(): Promise<void> {
  loading ??= load()
  return loading
}

/** Tells when every name is known. */
export const entities = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  },
  areKnown: (): boolean => all !== null,
}

function named(name: string): string | null {
  if (Object.hasOwn(common, name)) return common[name] ?? null
  if (!all) void loadEntities()
  return all?.get(name) ?? null
}

const reference = /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([A-Za-z][A-Za-z\d]{1,31}));/g

function fromCode(code: number): string {
  const isText = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
  return isText ? String.fromCodePoint(code) : '�'
}

/** Text with its character references resolved. The result is text, never markup. */
export const decodeEntities = (text: string): string =>
  text.includes('&')
    ? text.replace(reference, (whole: string, decimal?: string, hex?: string, name?: string) => {
        if (decimal !== undefined) return fromCode(Number.parseInt(decimal, 10))
        if (hex !== undefined) return fromCode(Number.parseInt(hex, 16))
        return (name === undefined ? null : named(name)) ?? whole
      })
    : text
