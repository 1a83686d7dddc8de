import { fork, type StdioOptions } from 'node:child_process'
import { join } from 'node:path'
import { asHelperProcess, type Ports } from '../../main/ports.ts'
import type { Questions } from './ask.ts'
import { openExternal } from './open-external.ts'
import { watchForWake } from './power.ts'

export interface ShellPortsOptions {
  questions: Questions
  /** Shows the page again: another start asked for it. */
  raiseWindow(): void
  /** What the windows keep is removed once they are closed. */
  forgetWindow(): void
  /** Where helper programs of this build lie. */
  helperFolder: string
  /** For programs that are not Parley. */
  env: Record<string, string>
  platform: string
}

/** What main needs of a shell, in plain Node. */
export function createShellPorts(options: ShellPortsOptions): Ports {
  const { questions, raiseWindow, helperFolder, env, platform } = options
  return {
    openExternal: (url) => openExternal(url, platform, env),
    confirm: questions.ask,
    // A browser has its own windows for that, which hand over bytes and take them.
    pickFiles: () => Promise.resolve(null),
    saveAs: () => Promise.resolve('unsupported'),
    // Plain Node cannot ask the system; main reads the environment's proxy and Parley's own setting.
    resolveProxy: () => Promise.resolve('DIRECT'),
    raiseWindow,
    forkHelper: (file, helperEnv) => {
      if (!/^[\w-]+\.js$/.test(file)) throw new Error(`Not a helper of this build: ${file}`)
      const stdio: StdioOptions = ['ignore', 'ignore', 'ignore', 'ipc']
      return asHelperProcess(fork(join(helperFolder, file), [], { env: helperEnv, execArgv: [], stdio }))
    },
    forgetWindow: async () => options.forgetWindow(),
    onPower: (listener) => watchForWake(() => listener('resume'), platform),
  }
}
