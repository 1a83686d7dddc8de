import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

/** How this run was asked for. */
export interface Flags {
  /** Whether to open a window; otherwise an address is printed. */
  isOpening: boolean
  isDemo: boolean
  /** An absolute folder, or `null` for the usual one. */
  profile: string | null
  /** 0: any free port. */
  port: number
}

/** Reads the command line. Throws an `Error` with words for a person when something in it is not understood. */
export function parseFlags(args: readonly string[]): Flags {
  const { values } = parseArgs({
    args: [...args],
    strict: true,
    allowPositionals: false,
    options: {
      'no-open': { type: 'boolean' },
      demo: { type: 'boolean' },
      profile: { type: 'string' },
      port: { type: 'string' },
    },
  })
  const port = values.port ?? '0'
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new Error(`--port takes a number from 0 to 65535, not '${port}'`)
  }
  if (values.profile === '') throw new Error('--profile takes a folder')
  return {
    isOpening: !values['no-open'],
    isDemo: values.demo ?? false,
    profile: values.profile === undefined ? null : resolve(values.profile),
    port: Number(port),
  }
}
