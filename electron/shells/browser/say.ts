/** From now on a closed terminal or pipe at the other end of our output is no error: Parley goes on without it. */
export function outliveOutput(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
}

/** One line for the person who started Parley. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** One line about something that went wrong. */
export function complain(line: string): void {
  process.stderr.write(`${line}\n`)
}
