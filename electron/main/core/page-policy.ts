/** Which shell shows the page. The desktop's page talks over its preload, the browser's over HTTP to its own origin. */
export type ShellKind = 'desktop' | 'browser'

/** The page's content security policy. Served with every response: a worker takes its own from its script. */
export function contentSecurityPolicy(shell: ShellKind): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob:",
    'media-src blob:',
    "font-src 'self'",
    "worker-src 'self'",
    `connect-src ${shell === 'browser' ? "'self'" : "'none'"}`,
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types parley-worker',
  ].join('; ')
}

const deniedFeatures = [
  'accelerometer',
  'autoplay',
  'camera',
  'clipboard-read',
  'display-capture',
  'encrypted-media',
  'fullscreen',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'storage-access',
  'usb',
  'window-management',
  'xr-spatial-tracking',
]

const hardening = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'X-DNS-Prefetch-Control': 'off',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Origin-Agent-Cluster': '?1',
  'Permissions-Policy': [...deniedFeatures.map((name) => `${name}=()`), 'clipboard-write=(self)'].join(', '),
} as const

/** The headers of every response of the page's origin: documents, scripts, workers, data, refusals. */
export function pageHeaders(shell: ShellKind): Record<string, string> {
  return { ...hardening, 'Content-Security-Policy': contentSecurityPolicy(shell), 'Referrer-Policy': 'no-referrer' }
}

/** The headers of the page that asks outside the application's page: no script, one style (by its hash), a form to itself. */
export function questionHeaders(styleHash: string): Record<string, string> {
  const policy = `default-src 'none'; style-src '${styleHash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`
  return {
    ...hardening,
    'Content-Security-Policy': policy,
    // With no-referrer the form's POST would carry `Origin: null`, which cannot be checked.
    'Referrer-Policy': 'same-origin',
    'Cache-Control': 'no-store',
  }
}

/** What is known of a request before its body is read. Header values as they came, `undefined` where absent. */
export interface RequestFacts {
  method: string
  /** The request target as sent, not decoded. */
  target: string
  host: string | undefined
  origin: string | undefined
  site: string | undefined
  mode: string | undefined
  dest: string | undefined
  contentType: string | undefined
  /** A service worker's script: refused, so that a page cannot outlive its window. */
  isServiceWorker: boolean
  /** Whether the session's cookie came with it. */
  hasSession: boolean
}

/** Where an accepted request goes, or why it is refused. */
export type Verdict =
  | { kind: 'enter'; ticket: string }
  | { kind: 'call' }
  | { kind: 'events' }
  | { kind: 'file'; path: string }
  | { kind: 'refused'; status: 403 | 404 | 405 | 415; reason: string }

const refused = (status: 403 | 404 | 405 | 415, reason: string): Verdict => ({ kind: 'refused', status, reason })

/**
 * Judges a request to the browser shell's loopback server. SameSite does not stop other ports on 127.0.0.1 (one site),
 * and a name that resolves to 127.0.0.1 is a different Host: so Host, Origin, Sec-Fetch-Site and the session are all checked.
 */
export function judgeRequest(facts: RequestFacts, authority: string): Verdict {
  if (facts.host !== authority) return refused(403, 'another host')
  if (facts.method !== 'GET' && facts.method !== 'POST') return refused(405, 'only GET and POST')
  if (facts.origin !== undefined && facts.origin !== `http://${authority}`) return refused(403, 'another origin')
  if (facts.isServiceWorker) return refused(403, 'no service workers')
  const { path, query } = splitTarget(facts.target)
  if (path === '/enter') return judgeEntry(facts, query)
  if (facts.site !== 'same-origin' && facts.site !== 'none') return refused(403, 'another site')
  if (facts.mode === 'navigate' && facts.dest !== 'document') return refused(403, 'not in a frame')
  if (!facts.hasSession) return refused(403, 'no session')
  if (path === '/call') return judgeCall(facts)
  if (facts.method !== 'GET') return refused(405, 'only GET here')
  if (path === '/events') {
    return facts.site === 'same-origin' ? { kind: 'events' } : refused(403, 'only from the page')
  }
  return path.startsWith('/') ? { kind: 'file', path } : refused(404, 'not here')
}

function judgeEntry(facts: RequestFacts, query: string): Verdict {
  if (facts.method !== 'GET') return refused(405, 'only GET here')
  // From the file that hands over the ticket it is cross-site, typed or pasted it is none; another local port is same-site.
  if (facts.site !== 'cross-site' && facts.site !== 'none') return refused(403, 'another site')
  if (facts.mode !== 'navigate' || facts.dest !== 'document') return refused(403, 'not a navigation')
  const ticket = /^ticket=([\w-]{20,100})$/.exec(query)?.[1]
  return ticket === undefined ? refused(403, 'no ticket') : { kind: 'enter', ticket }
}

function judgeCall(facts: RequestFacts): Verdict {
  if (facts.method !== 'POST') return refused(405, 'only POST here')
  if (facts.site !== 'same-origin' || facts.origin === undefined) return refused(403, 'only from the page')
  // Neither is a type that a form or a page of another origin can send unasked.
  if (!/^application\/(?:json(?:;\s*charset=utf-8)?|x-parley-bytes)$/i.test(facts.contentType ?? ''))
    return refused(415, 'only JSON')
  return { kind: 'call' }
}

function splitTarget(target: string): { path: string; query: string } {
  const mark = target.indexOf('?')
  return mark < 0 ? { path: target, query: '' } : { path: target.slice(0, mark), query: target.slice(mark + 1) }
}

/** One cookie's value out of a Cookie header, by exact name; `undefined` when absent or given twice. */
export function cookieValue(header: string | undefined, name: string): string | undefined {
  const values = (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
  return values.length === 1 ? values[0]?.slice(name.length + 1) : undefined
}
