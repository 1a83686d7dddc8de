import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openExternal } from '../../electron/shells/browser/open-external.ts'

let folder: string
let env: Record<string, string>

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-open-'))
  env = { PATH: `${folder}:/usr/bin:/bin` }
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Stands for the system's opener and writes down its arguments, one per line. */
const opener = (then = 'exit 0') =>
  writeFileSync(join(folder, 'xdg-open'), `#!/bin/sh\nprintf '%s\\n' "$@" > '${folder}/args'\n${then}\n`, {
    mode: 0o755,
  })
const written = () => (existsSync(join(folder, 'args')) ? readFileSync(join(folder, 'args'), 'utf8') : null)

describe.runIf(process.platform !== 'win32')('an address', () => {
  test.each([
    'https://example.org/a?b=c&d=$(touch%20x)',
    "https://example.org/';touch$IFS'x';`id`",
    'mailto:ada@example.org?subject=%22hello%22',
    'http://example.org/|calc&&x',
  ])('reaches the opener as one argument: %s', async (address) => {
    opener()
    await openExternal(address, 'linux', env)
    expect(written()).toBe(`${new URL(address).href}\n`)
  })

  test.each(['file:///etc/passwd', 'javascript:alert(1)', 'calculator:', 'ms-msdt:/x', '--help', ''])(
    'is never opened: %s',
    async (address) => {
      opener()
      await expect(async () => openExternal(address, 'linux', env)).rejects.toThrow()
      expect(written()).toBeNull()
    },
  )

  test('that cannot be opened is said', async () => {
    opener('exit 3')
    await expect(openExternal('https://example.org', 'linux', env)).rejects.toThrow('exit code 3')
    await expect(openExternal('https://example.org', 'linux', { PATH: '/nowhere' })).rejects.toThrow('xdg-open')
  })

  test('does not wait for a browser that stays open', async () => {
    opener('sleep 4')
    const start = performance.now()
    await openExternal('https://example.org', 'linux', env)
    expect(performance.now() - start).toBeLessThan(3_000)
  })
})
