import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { pdf } from '../helpers/files.ts'
import { startProvider } from '../provider/server.ts'

const script = fileURLToPath(new URL('../helpers/large-sender.ts', import.meta.url))

it('takes in and sends 50 MB without ever holding them: base64 exists only while it streams out', async () => {
  const provider = await startProvider({ settings: { maxBodyBytes: 200_000_000 } })
  const folder = mkdtempSync(join(tmpdir(), 'parley-large-'))
  const path = join(folder, 'large.pdf')
  const bytes = pdf('large', 50_000_000)
  writeFileSync(path, bytes)
  const child = spawn(process.execPath, ['--expose-gc', script, provider.url, path, String(bytes.length)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  })
  let said = ''
  child.stdout.on('data', (text: Buffer) => (said += text.toString()))
  await new Promise((resolve) => child.on('close', resolve))
  const grown = (what: string) => Number(new RegExp(`^${what} (-?\\d+)$`, 'm').exec(said)?.[1] ?? Number.NaN)
  console.info(`memory beyond the beginning, in MB: ${said.replaceAll('\n', '; ')}`)
  expect(said).toContain('outcome null stop')
  const [seen] = provider.chats()
  expect(seen?.body.byteLength).toBeGreaterThan(66_000_000)
  const body = seen?.json as { messages: { content: { file: { file_data: string } }[] }[] }
  const data = body.messages[0]?.content[0]?.file.file_data ?? ''
  expect(Buffer.from(data.slice('data:application/pdf;base64,'.length), 'base64').equals(bytes)).toBe(true)
  // The file is 50 MB, its base64 67 MB: neither is there, only pieces and what waits to be collected.
  expect(grown('intake')).toBeLessThan(40)
  expect(grown('sending')).toBeLessThan(45)
  rmSync(folder, { recursive: true, force: true })
  await provider.close()
}, 60_000)
