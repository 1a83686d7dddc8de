import type { Result } from '../../contract/errors.ts'
import type { ParleyEvent } from '../../contract/events.ts'
import type { Ports } from '../../main/ports.ts'

/** Main as a shell sees it. */
export interface Parley {
  call(name: string, input: unknown): Promise<Result<unknown>>
  onEvent(listener: (event: ParleyEvent) => void): () => void
  /** Running replies, for the question before quitting. */
  runningCount(): number
  stop(): Promise<void>
}

export type Start = { kind: 'started'; parley: Parley } | { kind: 'already-running'; pid: number | null }

export interface StartOptions {
  ports: Ports
  profile: string
  environment: Record<string, string | undefined>
  version: string
  shell: 'browser' | 'desktop'
  isDemo: boolean
  isDevelopment: boolean
  helperFolder: string
}

/** Stands in until main/compose is there. */
export function startParley(_options: StartOptions): Promise<Start> {
  return Promise.reject(new Error('main/compose is not built yet'))
}
