import { app, type BrowserWindow } from 'electron'
import type { Parley } from '../../main/compose.ts'
import { closingQuits, quitStep, stopLimitMs, type QuitState } from '../../main/core/desktop-policy.ts'
import { native } from './language.ts'
import { confirm } from './ports.ts'
import { warn } from './say.ts'

export interface QuitNeeds {
  parley: Parley
  window(): BrowserWindow | null
  /** The last thing done while the window is there. */
  beforeStop(): void
}

export interface Quit {
  /** Ends Parley. Urgent: a signal, the end of the system's session; then nobody is asked. */
  request(isUrgent: boolean): void
  /** Whether the window may close now; otherwise quitting is asked about first. */
  mayClose(): boolean
}

/**
 * One way out, whatever asked for it: the question while replies run, main stopped exactly once and within its limit,
 * then the end of the process. Nothing a page does can hold it up.
 */
export function createQuit({ parley, window, beforeStop }: QuitNeeds): Quit {
  let state: QuitState = 'running'

  async function advance(isUrgent: boolean): Promise<void> {
    const count = parley.runningCount()
    const step = quitStep(state, count, isUrgent)
    if (step === 'stop') return stop()
    if (step !== 'ask') return
    state = 'asking'
    const { title, detail, confirm: confirmLabel, cancel: cancelLabel } = native().quit
    const isConfirmed = await confirm(window(), { title: title(count), detail, confirmLabel, cancelLabel })
    // While the question was open a signal may have gone past it.
    if (state !== 'asking') return
    state = 'running'
    if (isConfirmed) await stop()
  }

  async function stop(): Promise<void> {
    state = 'stopping'
    beforeStop()
    let code = 0
    try {
      if (!(await endsWithin(parley.stop(), stopLimitMs)))
        warn('quitting', `main did not stop within ${stopLimitMs} ms`)
    } catch (error) {
      warn('quitting', error)
      code = 1
    }
    state = 'stopped'
    // Not `quit`: that would ask every window again, and a page that hangs could hold it up.
    app.exit(code)
  }

  const request = (isUrgent: boolean): void => {
    advance(isUrgent).catch((error: unknown) => {
      warn('the question before quitting failed', error)
      state = 'running'
    })
  }

  app.on('before-quit', (event) => {
    if (state === 'stopped') return
    event.preventDefault()
    request(false)
  })
  app.on('window-all-closed', () => {
    if (closingQuits(process.platform)) request(false)
  })
  return {
    request,
    mayClose() {
      if (!closingQuits(process.platform) || state === 'stopping' || state === 'stopped') return true
      if (state === 'running' && parley.runningCount() === 0) return true
      request(false)
      return false
    },
  }
}

/** Whether it ended in time. Its failure is passed on; after the limit nobody listens any more. */
async function endsWithin(work: Promise<void>, limitMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), limitMs)
  })
  try {
    return await Promise.race([work.then(() => true), limit])
  } finally {
    clearTimeout(timer)
  }
}
