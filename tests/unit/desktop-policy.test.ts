import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  afterCrash,
  closingQuits,
  desktopFlags,
  isPageUrl,
  isTrustedSender,
  mayNavigate,
  mayRequest,
  maySave,
  mayUse,
  pageFile,
  quitStep,
  refusedAmong,
  stopLimitMs,
  type QuitState,
} from '../../electron/main/core/desktop-policy.ts'

const foreign = [
  'parley-app://app.evil/',
  'parley-app://app@evil/',
  'parley-app://evil@app/',
  'parley-app://app:80/',
  'parley-app://application/',
  'parley-app:/app/',
  'parley-app:app/',
  'PARLEY-APP://app/',
  'parley-app2://app/',
  ' parley-app://app/',
  'file:///parley-app://app/',
  'https://example.com/parley-app://app/',
  'https://example.com/',
  'http://127.0.0.1:8080/',
  'ws://example.com/',
  'file:///etc/passwd',
  'data:text/html,<script>1</script>',
  'javascript:alert(1)',
  'about:blank',
  'about:srcdoc',
  'blob:https://example.com/1',
  'blob:null/1',
  'chrome://gpu/',
  'chrome-extension://x/y.html',
  'view-source:parley-app://app/',
  'filesystem:parley-app://app/temporary/x',
  '',
]

describe('addresses', () => {
  test('only our own origin is the page', () => {
    expect(foreign.filter(isPageUrl)).toEqual([])
    for (const url of ['parley-app://app', 'parley-app://app/', 'parley-app://app/assets/x.js?y#z']) {
      expect(isPageUrl(url)).toBe(true)
    }
  })

  test('only a text that the page made itself may be saved', () => {
    expect(foreign.filter((url) => maySave(url, 'a.csv'))).toEqual([])
    for (const name of ['parley-ledger.csv', 'parley-2026-11.html', 'chat.md', 'a.json', 'a.txt']) {
      expect(maySave('blob:parley-app://app/0b1c', name)).toBe(true)
      expect(maySave('parley-app://app/assets/x.js', name)).toBe(false)
    }
    for (const name of ['a.exe', 'a.csv.exe', 'a.desktop', 'a.sh', 'csv', '.csvx', 'a.html ', 'a.js', '']) {
      expect(maySave('blob:parley-app://app/0b1c', name)).toBe(false)
    }
  })

  test('the request wall lets nothing else through', () => {
    for (const isDevelopment of [true, false]) {
      expect(foreign.filter((url) => mayRequest(url, isDevelopment))).toEqual([])
    }
    expect(mayRequest('parley-app://app/assets/x.js', false)).toBe(true)
    expect(mayRequest('blob:parley-app://app/0b1c', false)).toBe(true)
  })

  test('developer tools load in development only, and only the bundled ones', () => {
    expect(mayRequest('devtools://devtools/bundled/inspector.html', true)).toBe(true)
    expect(mayRequest('devtools://devtools/bundled/inspector.html', false)).toBe(false)
    expect(mayRequest('devtools://evil/bundled/inspector.html', true)).toBe(false)
  })

  test('a window goes nowhere but to its own page again', () => {
    expect(mayNavigate('parley-app://app/', true)).toBe(true)
    expect(mayNavigate('parley-app://app/#settings', true)).toBe(true)
    expect(mayNavigate('parley-app://app/', false)).toBe(false)
    for (const url of ['parley-app://app', 'parley-app://app/assets/x.js', 'parley-app://app/?x', ...foreign]) {
      expect(mayNavigate(url, true), url).toBe(false)
    }
  })
})

describe('files of the page', () => {
  const files = new Map([
    ['/index.html', '/build/index.html'],
    ['/assets/main-1.js', '/build/assets/main-1.js'],
    ['/assets/pdf.worker-2.mjs', '/build/assets/pdf.worker-2.mjs'],
    ['/assets/main-1.js.map', '/build/assets/main-1.js.map'],
    ['/LICENSE', '/build/LICENSE'],
  ])

  test('are served with their type', () => {
    expect(pageFile('GET', 'parley-app://app/', files)).toEqual({
      kind: 'file',
      file: '/build/index.html',
      contentType: 'text/html; charset=utf-8',
    })
    expect(pageFile('GET', 'parley-app://app/assets/main-1.js', files)).toMatchObject({
      contentType: 'text/javascript; charset=utf-8',
    })
    expect(pageFile('GET', 'parley-app://app/assets/pdf.worker-2.mjs', files)).toMatchObject({
      contentType: 'text/javascript; charset=utf-8',
    })
  })

  test.each([
    'parley-app://app/../index.html',
    'parley-app://app/%2e%2e/index.html',
    'parley-app://app//index.html',
    'parley-app://app/.\\index.html',
    'parley-app://app/assets/../../etc/passwd',
    'parley-app://app/assets/main-1.js?raw',
    'parley-app://app/assets/main-1.js%00.html',
    'parley-app://app/assets/main-1.js\0',
    'parley-app://app/assets/',
    'parley-app://app/assets',
    'parley-app://app/__proto__',
    'parley-app://app/constructor',
    'parley-app://app/assets/main-1.js.map',
    'parley-app://app/LICENSE',
    'parley-app://evil/index.html',
    'https://app/index.html',
  ])('%j is not there', (url) => {
    expect(pageFile('GET', url, files)).toEqual({ kind: 'refused', status: 404 })
  })

  test.each(['POST', 'HEAD', 'PUT', 'OPTIONS', 'get'])('%s is refused', (method) => {
    expect(pageFile(method, 'parley-app://app/', files)).toEqual({ kind: 'refused', status: 405 })
  })

  test('whatever the address, a served file is one of the list', () => {
    const served = new Set(files.values())
    fc.assert(
      fc.property(fc.string(), fc.webPath(), (text, path) => {
        for (const url of [`parley-app://app/${text}`, `parley-app://app${path}`, text]) {
          const answer = pageFile('GET', url, files)
          if (answer.kind === 'file' && !served.has(answer.file)) return false
        }
        return true
      }),
    )
  })
})

describe('senders', () => {
  const good = { isOurWindow: true, frame: { isMainFrame: true, origin: 'parley-app://app', url: 'parley-app://app/' } }

  test('our page in the main frame of our window is trusted', () => {
    expect(isTrustedSender(good)).toBe(true)
  })

  test.each([
    ['another window', { ...good, isOurWindow: false }],
    ['a frame that is gone', { ...good, frame: null }],
    ['a child frame', { ...good, frame: { ...good.frame, isMainFrame: false } }],
    ['another origin', { ...good, frame: { ...good.frame, origin: 'https://example.com' } }],
    ['an opaque origin', { ...good, frame: { ...good.frame, origin: 'null' } }],
    ['another address', { ...good, frame: { ...good.frame, url: 'about:blank' } }],
    ['no address', { ...good, frame: { ...good.frame, url: '' } }],
  ])('%s is not', (_what, sender) => {
    expect(isTrustedSender(sender)).toBe(false)
  })
})

describe('permissions', () => {
  const url = 'parley-app://app/'
  test('writing to the clipboard is all there is', () => {
    expect(mayUse({ permission: 'clipboard-sanitized-write', url, isMainFrame: true })).toBe(true)
    const others = ['clipboard-read', 'media', 'geolocation', 'notifications', 'openExternal', 'fileSystem', 'unknown']
    const more = ['hid', 'serial', 'usb', 'midi', 'pointerLock', 'fullscreen', 'display-capture', 'local-fonts', '']
    for (const permission of [...others, ...more]) {
      expect(mayUse({ permission, url, isMainFrame: true }), permission).toBe(false)
    }
  })

  test('and only for our page in the main frame', () => {
    const permission = 'clipboard-sanitized-write'
    expect(mayUse({ permission, url, isMainFrame: false })).toBe(false)
    expect(mayUse({ permission, url: undefined, isMainFrame: true })).toBe(false)
    for (const other of foreign) expect(mayUse({ permission, url: other, isMainFrame: true })).toBe(false)
  })
})

describe('the command line', () => {
  test.each([
    ['--remote-debugging-port=9222', 'linux', ['remote-debugging-port']],
    ['-remote-debugging-port', 'linux', ['remote-debugging-port']],
    ['--Remote-Debugging-Port=0', 'win32', ['remote-debugging-port']],
    ['/remote-debugging-port=0', 'win32', ['remote-debugging-port']],
    ['/remote-debugging-port=0', 'linux', []],
    ['--inspect-brk=127.0.0.1:9229', 'darwin', ['inspect-brk']],
    ['--no-sandbox', 'linux', ['no-sandbox']],
    ['--enable-features=X', 'linux', []],
    ['--profile=/x/inspect', 'linux', []],
  ])('an installed Parley on %s (%s) refuses %j', (arg, platform, refused) => {
    expect(refusedAmong(['.', arg], platform, true)).toEqual(refused)
    expect(refusedAmong(['.', arg], platform, false)).toEqual([])
  })

  test('flags', () => {
    expect(desktopFlags(['.', '--demo', '--no-sandbox', '--profile', '/a b'])).toEqual({
      profile: '/a b',
      isDemo: true,
      problem: null,
    })
    expect(desktopFlags(['--profile=/x', '--profile=/y']).profile).toBe('/y')
    expect(desktopFlags([])).toEqual({ profile: null, isDemo: false, problem: null })
    for (const args of [['--profile'], ['--profile='], ['--profile', '--demo'], ['--profile', '']]) {
      expect(desktopFlags(args).problem, args.join(' ')).toBe('--profile')
    }
  })
})

describe('quitting', () => {
  test('asks once while replies run, then stops once, then ends', () => {
    expect(quitStep('running', 2, false)).toBe('ask')
    expect(quitStep('asking', 2, false)).toBe('wait')
    expect(quitStep('running', 0, false)).toBe('stop')
    expect(quitStep('stopping', 0, false)).toBe('wait')
    expect(quitStep('stopped', 0, false)).toBe('exit')
  })

  test('a signal or the end of the session asks nobody, even past an open question', () => {
    expect(quitStep('running', 5, true)).toBe('stop')
    expect(quitStep('asking', 5, true)).toBe('stop')
  })

  test('main is stopped exactly once, whatever comes in whatever order', () => {
    const moves = fc.array(fc.record({ count: fc.nat(3), isUrgent: fc.boolean(), says: fc.boolean() }), {
      minLength: 1,
    })
    fc.assert(
      fc.property(moves, (requests) => {
        let state: QuitState = 'running'
        let stops = 0
        for (const { count, isUrgent, says } of requests) {
          const step = quitStep(state, count, isUrgent)
          if (step === 'stop') [state, stops] = ['stopping', stops + 1]
          else if (step === 'ask') state = says ? 'asking' : 'running'
          if (step === 'ask' && stops > 0) return false
        }
        return stops <= 1
      }),
    )
  })

  test('closing the last window quits everywhere but on macOS; the limit leaves room for 5 s of replies', () => {
    expect(['linux', 'win32', 'freebsd', 'darwin'].map(closingQuits)).toEqual([true, true, true, false])
    expect(stopLimitMs).toBeGreaterThan(5_000)
  })

  test('a page that keeps dying is not reopened for ever', () => {
    expect(afterCrash([1_000], 1_000)).toBe('reload')
    expect(afterCrash([1_000, 2_000], 2_000)).toBe('reload')
    expect(afterCrash([1_000, 2_000, 3_000], 3_000)).toBe('ask')
    expect(afterCrash([1_000, 2_000, 62_000], 62_000)).toBe('reload')
  })
})
