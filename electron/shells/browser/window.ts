import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromiumFlags } from './chromium-flags.ts'
import { ticketLifetimeMs } from './session.ts'

export interface WindowsOptions {
  /** Chromium's program. */
  program: string
  /** Chromium's own data folder, ours alone. Created with 0700. */
  dataFolder: string
  size: { width: number; height: number }
  /** Chromium's sandbox does not work for root. */
  isRoot: boolean
  env: Record<string, string>
}

/** How one start of Chromium ended. */
export interface WindowEnd {
  /**
   * `closed`: the person closed the last window. `joined`: it opened in a Chromium started here earlier.
   * `handed-over`: it opened in a Chromium left from an earlier run, whose end nothing will tell us.
   */
  kind: 'closed' | 'joined' | 'handed-over' | 'failed'
  /** For `failed`: one line for a person. */
  detail: string
}

/** Application windows of the system's Chromium that share one data folder. */
export interface Windows {
  /** Opens an address without showing it to other programs. Resolves when that Chromium ends; never rejects. */
  open(address: string): Promise<WindowEnd>
  /** Ends every Chromium started here: politely, then after 3 seconds by force. */
  close(): Promise<void>
  /** The same without waiting, for the very end of the process. */
  kill(): void
}

/** Below this a good end means that another Chromium took the window over: nobody closes a window that fast. */
const handOverMs = 2_500

/** Opens windows by a redirect file that only this user can read: a secret on a command line shows in `ps`. */
export function createWindows(options: WindowsOptions): Windows {
  const { dataFolder } = options
  const running = new Set<ChildProcess>()
  const redirectFile = join(dataFolder, 'parley.html')
  let isClosing = false

  const open = async (address: string): Promise<WindowEnd> => {
    // Later starts keep the size that the person gave the window.
    const isFirst = !existsSync(join(dataFolder, 'Default', 'Preferences'))
    try {
      mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
      writeRedirect(redirectFile, address)
    } catch (error) {
      return { kind: 'failed', detail: error instanceof Error ? error.message : String(error) }
    }
    const timer = setTimeout(() => rmSync(redirectFile, { force: true }), ticketLifetimeMs)
    timer.unref()
    const flags = chromiumFlags({
      app: pathToFileURL(redirectFile).href,
      dataFolder,
      isRoot: options.isRoot,
      size: isFirst ? options.size : null,
    })
    const startedAt = process.hrtime.bigint()
    return new Promise((resolve) => {
      const child = spawn(options.program, flags, { env: options.env, stdio: 'ignore' })
      running.add(child)
      child.on('error', (error) => {
        running.delete(child)
        resolve({ kind: 'failed', detail: error.message })
      })
      child.on('exit', (code, signal) => {
        running.delete(child)
        const ranMs = Number((process.hrtime.bigint() - startedAt) / 1_000_000n)
        resolve(endOf(code, signal, !isClosing && ranMs < handOverMs, running.size > 0))
      })
    })
  }

  const kill = () => {
    rmSync(redirectFile, { force: true })
    for (const child of running) child.kill('SIGKILL')
  }

  return {
    open,
    kill,
    close: async () => {
      isClosing = true
      rmSync(redirectFile, { force: true })
      await Promise.all([...running].map(end))
      isClosing = false
    },
  }
}

function endOf(code: number | null, signal: string | null, isFast: boolean, isOneLeft: boolean): WindowEnd {
  if (code !== 0 && isFast) return { kind: 'failed', detail: signal ? `ended by ${signal}` : `exit code ${code}` }
  if (isOneLeft) return { kind: 'joined', detail: '' }
  return { kind: isFast ? 'handed-over' : 'closed', detail: '' }
}

function end(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), 3_000)
    child.once('exit', () => {
      clearTimeout(timer)
      resolve()
    })
    child.kill('SIGTERM')
  })
}

/** A fresh file in a folder of ours, put in place in one step: nobody else's file is followed or overwritten. */
function writeRedirect(file: string, address: string): void {
  const fresh = `${file}.new`
  rmSync(fresh, { force: true })
  const html = `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><meta http-equiv="refresh" content="0;url=${address}"><title>Parley</title>\n`
  writeFileSync(fresh, html, { mode: 0o600, flag: 'wx' })
  renameSync(fresh, file)
}
