import { createLogFile } from './log-file.ts'
import { createRedactor } from './redactor.ts'

const levels = ['debug', 'info', 'warn', 'error'] as const

export type LogLevel = (typeof levels)[number]

/**
 * Writes JSON lines. No logging method throws; lines that could not be written are counted, and the next line that
 * can be written says how many (`lost`). Never pass text of a conversation, a file or a draft: log ids, counts and
 * codes. Secrets are removed here as the last line of defence, not as a permission to pass them.
 */
export interface Logger {
  debug(message: string, fields?: Record<string, unknown>): void
  info(message: string, fields?: Record<string, unknown>): void
  warn(message: string, fields?: Record<string, unknown>): void
  error(message: string, fields?: Record<string, unknown>): void
  /** From now on this value, in any of its usual encodings, never reaches the log. Under 4 characters it is ignored. */
  redact(secret: string): void
  /** Removes every log file and starts anew. Throws what the system says if a file stays. */
  erase(): void
  /** Closes the file; may be called twice. Later lines are dropped. */
  close(): void
}

export interface LoggerOptions {
  /** Created with 0700 when missing. */
  folder: string
  /** Milliseconds since 1970. */
  now: () => number
  /** Size in bytes at which a file is put aside; 1 MiB unless said otherwise. */
  maxBytes?: number
  /** How many files are kept, the current one included; 5 unless said otherwise. */
  maxFiles?: number
  /** The least important level that is written; `info` unless said otherwise. */
  level?: LogLevel
}

/**
 * A log in `folder`: `parley.log` is the newest, `parley.1.log` the one before; each 0600. Lines are written at once,
 * so that they survive a crash of the process.
 */
export function createLogger(options: LoggerOptions): Logger {
  const { folder, now, maxBytes = 1024 * 1024, maxFiles = 5, level: least = 'info' } = options
  const file = createLogFile(folder, maxBytes, maxFiles)
  const redactor = createRedactor()
  let lost = 0
  let isClosed = false

  const write = (level: LogLevel, message: string, fields?: Record<string, unknown>) => {
    if (isClosed || levels.indexOf(level) < levels.indexOf(least)) return
    try {
      const line: Record<string, unknown> = { time: timeOf(now()), level, message: redactor.text(String(message)) }
      if (fields !== undefined) line['fields'] = redactor.value(fields)
      if (lost > 0) line['lost'] = lost
      file.append(JSON.stringify(line))
      lost = 0
    } catch {
      // A full disk must not stop the work being logged: the next line that can be written tells how many were lost.
      lost++
    }
  }

  return {
    debug: (message, fields) => write('debug', message, fields),
    info: (message, fields) => write('info', message, fields),
    warn: (message, fields) => write('warn', message, fields),
    error: (message, fields) => write('error', message, fields),
    redact: redactor.add,
    erase: file.erase,
    close() {
      isClosed = true
      file.close()
    },
  }
}

/** ISO 8601 in UTC, or the number itself where a clock is beyond what a date can say. */
function timeOf(atMs: number): string {
  const date = new Date(atMs)
  return Number.isNaN(date.getTime()) ? String(atMs) : date.toISOString()
}
