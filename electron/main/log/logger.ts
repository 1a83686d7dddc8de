export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/**
 * Writes JSON lines. No method throws. Never pass text of a conversation, a file or a draft: log ids, counts and codes.
 * Secrets are removed here as the last line of defence, not as a permission to pass them.
 */
export interface Logger {
  debug(message: string, fields?: Record<string, unknown>): void
  info(message: string, fields?: Record<string, unknown>): void
  warn(message: string, fields?: Record<string, unknown>): void
  error(message: string, fields?: Record<string, unknown>): void
  /** From now on this value, in any of its usual encodings, never reaches the log. */
  redact(secret: string): void
  /** Removes every log file and starts a new one. Throws what the system says if a file stays. */
  erase(): void
  /** Closes the file. Later lines are dropped. */
  close(): void
}

export interface LoggerOptions {
  /** Created with 0700 when missing. */
  folder: string
  /** Milliseconds since 1970. */
  now: () => number
  /** Size in bytes at which a file is put aside. */
  maxBytes?: number
  /** How many files are kept, the current one included. */
  maxFiles?: number
  level?: LogLevel
}

/** A log in `folder`: `parley.log` is the newest, `parley.1.log` the one before. */
export function createLogger(_options: LoggerOptions): Logger {
  throw new Error('not built yet')
}
