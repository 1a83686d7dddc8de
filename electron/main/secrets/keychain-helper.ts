import type { KeychainReply, KeychainRequest } from './keychain-message.ts'
import { reasonOf } from './keychain-message.ts'

/**
 * The entry of a helper process: one operation on the system's keychain, then the end. It exists because the
 * keychain's calls can block or never return, and only the end of a process stops them. The request comes as a
 * message; nothing secret is in the environment or on the command line. Whoever started it ends it.
 */

/** Electron's `process.parentPort`, as far as it is used. */
interface ParentPort {
  on(event: 'message', listener: (event: { data: unknown }) => void): void
  postMessage(message: unknown): void
}

/** Longer than whoever started it waits; a helper forgotten by its parent ends by itself. */
const longestLifeMs = 180_000

const parentPort = (process as NodeJS.Process & { parentPort?: ParentPort }).parentPort

const reply = (message: KeychainReply) =>
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process, not a window: it has no origin
  parentPort ? parentPort.postMessage(message) : void process.send?.(message, () => undefined)

/** Not `process.exit()`, which waits for the thread that hangs in the keychain. */
const end = () => process.kill(process.pid, 'SIGKILL')

async function perform({ operation, service, account, secret }: KeychainRequest): Promise<string | boolean | null> {
  const { AsyncEntry } = await import('@napi-rs/keyring')
  // Without the pin a missing Secret Service would silently mean the kernel's memory, which forgets at restart.
  const entry = new AsyncEntry(service, account, { linux: { store: 'secret-service' } })
  reply({ opened: true })
  if (operation === 'get') return await entry.getPassword()
  if (operation === 'delete') return await entry.deletePassword()
  if (operation === 'set') await entry.setPassword(secret ?? '')
  return null
}

const answer = async (message: unknown) => {
  try {
    reply({ ok: true, value: await perform(message as KeychainRequest) })
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    reply({ ok: false, reason: reasonOf(said), message: said })
  }
}

if (parentPort) parentPort.on('message', ({ data }) => void answer(data))
else process.once('message', (message) => void answer(message)).once('disconnect', end)

setTimeout(end, longestLifeMs).unref()
