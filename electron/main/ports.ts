import type { ChildProcess } from 'node:child_process'
import type { Language } from '../contract/strings/languages.ts'

/** A question put to the person outside the page, so that a compromised page cannot answer it. */
export interface Question {
  /** The language it is put in. */
  language: Language
  title: string
  detail: string
  confirmLabel: string
  cancelLabel: string
}

/** What a shell must give to main. Everything else Parley does is plain Node. */
export interface Ports {
  /** Opens an http, https or mailto address in the person's own programs. The gate in main has already confirmed it. */
  openExternal(url: string): Promise<void>
  /** Asks outside the page; resolves to whether the person confirmed. */
  confirm(question: Question): Promise<boolean>
  /** Lets the person choose files in a window of the system: their paths, none when they chose none; `null`: there is no such window. */
  pickFiles(): Promise<string[] | null>
  /** Lets the person say where a file of this name is saved. An existing one is replaced, which that window has asked about. */
  saveAs(name: string): Promise<{ path: string } | 'cancelled' | 'unsupported'>
  /** The system's proxy for an address in PAC form: `DIRECT`, `PROXY host:port`, … */
  resolveProxy(url: string): Promise<string>
  /** Raises the window: another start on the same profile asked for it. */
  raiseWindow(): void
  /** Starts a helper process of this build (a file of dist/main by its name) that talks over `process.send` or its equivalent. */
  forkHelper(file: string, env: Record<string, string>): HelperProcess
  /** The window forgets what it holds of this profile, at the latest when it closes: its caches and its own files. */
  forgetWindow(): Promise<void>
  /** Calls back when the machine goes to sleep or wakes. Returns how to stop. */
  onPower(listener: (event: 'suspend' | 'resume') => void): () => void
}

/** The part of a child process that main needs; Electron's utilityProcess is wrapped into it. */
export interface HelperProcess {
  send(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  onExit(listener: (code: number | null) => void): void
  kill(): void
}

/** A Node child process as a `HelperProcess`. */
export function asHelperProcess(child: ChildProcess): HelperProcess {
  return {
    send: (message) => void child.send(message as object, () => undefined),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => {
      child.on('exit', (code) => listener(code))
      child.on('error', () => listener(null))
    },
    kill: () => void child.kill('SIGKILL'),
  }
}
