/** A line for whoever started Parley from a terminal. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** A problem that Parley goes on without solving, on stderr. Never pass text of a person. */
export function warn(what: string, error: unknown): void {
  process.stderr.write(`parley: ${what}: ${error instanceof Error ? error.message : String(error)}\n`)
}
