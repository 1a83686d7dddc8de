import { dialog, powerMonitor, shell, utilityProcess, type BrowserWindow, type Session } from 'electron'
import { join } from 'node:path'
import type { HelperProcess, Ports, Question } from '../../main/ports.ts'
import { warn } from './say.ts'

export interface PortNeeds {
  session: Session
  helperFolder: string
  window(): BrowserWindow | null
  raiseWindow(): void
}

/** What main asks of the system, by way of Electron. Decides nothing: the gates are in main. */
export function desktopPorts({ session, helperFolder, window, raiseWindow }: PortNeeds): Ports {
  return {
    openExternal: (url) => shell.openExternal(url),
    confirm: (question) => confirm(window(), question),
    pickFiles: () => pickFiles(window()),
    saveAs: (name) => saveAs(window(), name),
    resolveProxy: (url) => session.resolveProxy(url),
    raiseWindow,
    forkHelper: (file, env) => forkHelper(join(helperFolder, file), env),
    // The session is in memory; its caches end with the process and are emptied now.
    forgetWindow: () => session.clearData(),
    onPower(listener) {
      const suspend = (): void => listener('suspend')
      const resume = (): void => listener('resume')
      powerMonitor.on('suspend', suspend)
      powerMonitor.on('resume', resume)
      return () => {
        powerMonitor.off('suspend', suspend)
        powerMonitor.off('resume', resume)
      }
    },
  }
}

/** Asks with a box of the system, which no page can answer or imitate. Return and Esc both mean no. */
export async function confirm(window: BrowserWindow | null, question: Omit<Question, 'language'>): Promise<boolean> {
  const options = {
    type: 'question' as const,
    message: question.title,
    detail: question.detail,
    buttons: [question.confirmLabel, question.cancelLabel],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  }
  const { response } = await (window === null || window.isDestroyed()
    ? dialog.showMessageBox(options)
    : dialog.showMessageBox(window, options))
  return response === 0
}

async function pickFiles(window: BrowserWindow | null): Promise<string[]> {
  const options = { properties: ['openFile' as const, 'multiSelections' as const] }
  const { filePaths } = await (window === null
    ? dialog.showOpenDialog(options)
    : dialog.showOpenDialog(window, options))
  return filePaths
}

async function saveAs(window: BrowserWindow | null, name: string): Promise<{ path: string } | 'cancelled'> {
  const options = { defaultPath: name }
  const { filePath } = await (window === null ? dialog.showSaveDialog(options) : dialog.showSaveDialog(window, options))
  return filePath === '' ? 'cancelled' : { path: filePath }
}

/** A helper of this build in a process of its own: the environment exactly as given, no terminal, no inspector. */
function forkHelper(file: string, env: Record<string, string>): HelperProcess {
  const child = utilityProcess.fork(file, [], { env, execArgv: [], stdio: 'ignore', serviceName: 'Parley helper' })
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process, not a window: it has no origin
    send: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.on('exit', listener),
    kill() {
      // Electron asks with SIGTERM and reaps; a helper stuck in a call of the system's keychain is not asked.
      if (process.platform !== 'win32' && child.pid !== undefined) endNow(child.pid)
      child.kill()
    },
  }
}

function endNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') warn('a helper could not be ended', error)
  }
}
