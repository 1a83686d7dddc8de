import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const entry = join(root, 'dist', 'main', 'browser.js')

export interface AppOptions {
  /** A folder of the test's own; without it a temporary one, removed by `stop`. */
  profile?: string
  /** Where the imitated provider listens. */
  apiUrl?: string
  /** Added to a clean environment: no key, no session bus unless given here. */
  env?: Record<string, string>
  /** Beyond `--no-open --profile`. */
  flags?: readonly string[]
  /** How long the start may take. */
  readyMs?: number
}

/** A running Parley without a window, as a test sees it. */
export interface RunningApp {
  /** The address that lets one browser in, once. */
  url: string
  pid: number
  process: ChildProcess
  profile: string
  /** Everything printed so far, errors included. */
  stdout(): string
  /** Asks it to end and resolves to the exit code. */
  stop(): Promise<number>
  /** Sends a signal and resolves to the exit code (128 + n when the signal ended it). */
  kill(signal: NodeJS.Signals): Promise<number>
  /** The next question put to the person outside the page: where it can be answered. */
  waitForQuestion(timeoutMs?: number): Promise<URL>
}

/** A new profile folder that does not exist yet, inside a temporary folder of its own. */
export function temporaryProfile(): string {
  return join(mkdtempSync(join(tmpdir(), 'parley-')), 'profile')
}

/** Starts the built application in the browser shell and waits until it is ready. Rejects with what it printed. */
export async function startApp(options: AppOptions = {}): Promise<RunningApp> {
  if (!existsSync(entry)) throw new Error('There is no build. Run npm run build first.')
  const profile = options.profile ?? temporaryProfile()
  const child = spawn(process.execPath, [entry, '--no-open', '--profile', profile, ...(options.flags ?? [])], {
    cwd: root,
    env: cleanEnvironment(options),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  const listeners = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text
      for (const listener of listeners) listener()
    })
  }
  const ended = new Promise<number>((resolve) => {
    child.on('exit', (code, signal) =>
      resolve(code ?? 128 + (signal === 'SIGKILL' ? 9 : signal === 'SIGTERM' ? 15 : 1)),
    )
  })

  /** Resolves to the first group of the next match beyond `from`; rejects when Parley ends or the time is up. */
  const waitFor = (pattern: RegExp, from: () => number, timeoutMs: number): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const settle = (then: () => void) => {
        listeners.delete(look)
        clearTimeout(timer)
        then()
      }
      const give = (why: string) => settle(() => reject(new Error(`${why} while waiting for ${pattern}:\n${printed}`)))
      const look = () => {
        const match = pattern.exec(printed.slice(from()))
        if (match) settle(() => resolve(match))
      }
      const timer = setTimeout(() => give('Time is up'), timeoutMs)
      listeners.add(look)
      void ended.then((code) => give(`Parley ended with ${code}`))
      look()
    })

  const ready = await waitFor(/Parley is ready: (\S+)\n/, () => 0, options.readyMs ?? 20_000).catch(
    (error: unknown) => {
      child.kill('SIGKILL')
      throw error
    },
  )

  const kill = async (signal: NodeJS.Signals): Promise<number> => {
    child.kill(signal)
    return await ended
  }
  let answered = 0
  return {
    url: ready[1] ?? '',
    pid: child.pid ?? 0,
    process: child,
    profile,
    stdout: () => printed,
    kill,
    stop: async () => {
      const code = await kill('SIGTERM')
      if (options.profile === undefined) rmSync(join(profile, '..'), { recursive: true, force: true })
      return code
    },
    waitForQuestion: async (timeoutMs = 10_000) => {
      const match = await waitFor(/Parley asks: (\S+)\n/, () => answered, timeoutMs)
      answered += match.index + match[0].length
      return new URL(match[1] ?? '')
    },
  }
}

/** What a program needs to run at all, and nothing that belongs to whoever runs the tests. */
function cleanEnvironment({ apiUrl, env }: AppOptions): Record<string, string> {
  const kept = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'SYSTEMROOT', 'TEMP', 'TMP', 'USERPROFILE', 'LOCALAPPDATA']
  const clean: Record<string, string> = {}
  for (const name of kept) {
    const value = process.env[name]
    if (value !== undefined) clean[name] = value
  }
  return { ...clean, ...(apiUrl === undefined ? {} : { PARLEY_API_URL: apiUrl }), ...env }
}
