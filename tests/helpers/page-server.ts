import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Result } from '../../electron/contract/errors.ts'
import type { ParleyEvent } from '../../electron/contract/events.ts'
import { createPageServer, type PageServer } from '../../electron/shells/browser/server.ts'
import { createSession, type Session } from '../../electron/shells/browser/session.ts'
import { readStaticFiles } from '../../electron/shells/browser/static-files.ts'
import { navigation, send, type RawAnswer } from './raw-http.ts'

/** The real server of the browser shell over a stand-in for main that only remembers what it was asked. */
export interface TestServer {
  server: PageServer
  session: Session
  port: number
  /** The session's clock, in milliseconds. */
  clock: { now: number }
  calls: Array<{ name: string; input: unknown }>
  /** What the next calls are answered with. */
  answerWith(answer: () => Promise<Result<unknown>>): void
  publish(event: ParleyEvent): void
  /** Enters with a fresh ticket and returns the cookie as a browser would send it back. */
  enter(): Promise<string>
  call(cookie: string, body: string, more?: Record<string, string>): Promise<RawAnswer>
  stop(): Promise<void>
}

/** The page that the server has: one document and one script, with things beside them that it must not serve. */
export const testPage = '<!doctype html><title>Parley</title><script type="module" src="/assets/app-1a2b.js"></script>'

/** What the page's own `fetch` sends. */
export const fromPage = (cookie: string) => ({
  cookie,
  'sec-fetch-site': 'same-origin',
  'sec-fetch-mode': 'cors',
  'sec-fetch-dest': 'empty',
})

const done = (): Promise<Result<unknown>> => Promise.resolve({ ok: true, value: 'done' })

/** Starts it. `script` is what the page runs in a real browser. */
export async function startTestServer({ script = 'export {}', maxEvents = 5 } = {}): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-server-'))
  const page = join(folder, 'renderer')
  mkdirSync(join(page, 'assets'), { recursive: true })
  mkdirSync(join(page, '.vite'))
  writeFileSync(join(folder, 'secret.txt'), 'outside')
  writeFileSync(join(page, 'index.html'), testPage)
  writeFileSync(join(page, 'assets', 'app-1a2b.js'), script)
  writeFileSync(join(page, 'assets', 'app-1a2b.js.map'), '{}')
  writeFileSync(join(page, '.vite', 'manifest.json'), '{}')

  const clock = { now: 0 }
  const calls: TestServer['calls'] = []
  const listeners = new Set<(event: ParleyEvent) => void>()
  let answer = done
  const session = createSession({ nowMs: () => clock.now })
  const server = await createPageServer({
    port: 0,
    files: readStaticFiles(page),
    session,
    call: (name, input) => {
      calls.push({ name, input })
      return answer()
    },
    onEvent: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    events: { maxEvents },
  })
  const port = Number(new URL(server.address).port)

  return {
    server,
    session,
    port,
    clock,
    calls,
    answerWith: (next) => void (answer = next),
    publish: (event) => {
      for (const listener of listeners) listener(event)
    },
    enter: async () => {
      const path = `/enter?ticket=${session.issueTicket(30_000)}`
      const { headers } = await send(port, { path, headers: navigation('cross-site') })
      return headers['set-cookie']?.[0]?.split(';')[0] ?? ''
    },
    call: (cookie, body, more = {}) => {
      const own = { origin: `http://127.0.0.1:${port}`, 'content-type': 'application/json' }
      return send(port, { method: 'POST', path: '/call', headers: { ...fromPage(cookie), ...own, ...more }, body })
    },
    stop: async () => {
      await server.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
