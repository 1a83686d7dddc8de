import { fail, type FailureError } from '../../contract/errors.ts'
import type { HelperProcess, Ports } from '../ports.ts'
import { childEnvironment } from './environment.ts'
import { isKeychainReply, type KeychainReply, type KeychainRequest } from './keychain-message.ts'

/**
 * The system's keychain. Every call ends within its time limit, never blocks this process, and fails with
 * `keychain.unavailable` (there is none, or it does not work), `keychain.locked` (nobody unlocked it, or access was
 * refused) or `keychain.timeout` (it does not answer; whether a change was made is then not known).
 */
export interface Keychain {
  /** Resolves if the keychain can be reached; asks for no secret and unlocks nothing. */
  probe(account: string): Promise<void>
  /** `null`: the keychain answered that it has no such secret. */
  get(account: string): Promise<string | null>
  set(account: string, secret: string): Promise<void>
  /** Whether there was something to delete. A failed deletion is a failure, never `false`. */
  delete(account: string): Promise<boolean>
  /** Ends the operation that runs, if any; it and all later ones fail with `keychain.unavailable`. */
  close(): void
}

export interface KeychainOptions {
  forkHelper: Ports['forkHelper']
  /** `Parley`, or `Parley (development)` for the development profile. */
  service: string
  /** The environment the helper's allow-list is taken from. */
  env: NodeJS.ProcessEnv
  /** How long the machine may take to reach the keychain, milliseconds; 8 s unless said otherwise. */
  timeoutMs?: number
  /** How long a person may take to answer the system's unlock prompt, milliseconds; 30 s unless said otherwise. */
  promptMs?: number
}

/** The helper's file in the folder of this build. */
const keychainHelperFile = 'keychain-helper.js'

type Value = string | boolean | null

/** A helper that was killed and does not end is not waited for any longer than this. */
const endMs = 2_000

/** A keychain whose every operation runs in a helper process of its own, one at a time, killed when its time is over. */
export function createKeychain(options: KeychainOptions): Keychain {
  const { forkHelper, service, env, timeoutMs = 8_000, promptMs = 30_000 } = options
  let last: Promise<unknown> = Promise.resolve()
  let running: ((reason: FailureError) => void) | null = null
  let isClosed = false

  const perform = async (request: KeychainRequest): Promise<Value> => {
    if (isClosed) throw closed()
    const helper = start(forkHelper, childEnvironment(env))
    const ended = new Promise<void>((resolve) => helper.onExit(() => resolve()))
    try {
      return await new Promise<Value>((resolve, reject) => {
        running = reject
        const limits = startLimits(request, timeoutMs, promptMs, reject)
        helper.onMessage((message) => {
          if (!isKeychainReply(message)) return
          if ('opened' in message) return limits.opened()
          limits.clear()
          if (message.ok) resolve(message.value)
          else reject(failureOf(message, request.secret))
        })
        helper.onExit((code) => {
          limits.clear()
          reject(fail('keychain.unavailable', { detail: `the helper ended without an answer (${code ?? 'killed'})` }))
        })
        helper.send(request)
      })
    } finally {
      running = null
      helper.kill()
      await Promise.race([ended, pause(endMs)])
    }
  }

  /** One after the other, whatever became of the one before. */
  const inTurn = (request: Omit<KeychainRequest, 'service'>): Promise<Value> => {
    const turn = last.then(() => perform({ ...request, service }))
    last = turn.catch(() => undefined)
    return turn
  }

  return {
    async probe(account) {
      await inTurn({ operation: 'probe', account })
    },
    async get(account) {
      const value = await inTurn({ operation: 'get', account })
      return typeof value === 'string' ? value : null
    },
    async set(account, secret) {
      await inTurn({ operation: 'set', account, secret })
    },
    async delete(account) {
      return (await inTurn({ operation: 'delete', account })) === true
    },
    close() {
      isClosed = true
      running?.(closed())
    },
  }
}

function start(forkHelper: Ports['forkHelper'], env: Record<string, string>): HelperProcess {
  try {
    return forkHelper(keychainHelperFile, env)
  } catch (error) {
    throw fail('keychain.unavailable', { detail: `the helper did not start: ${oneLine(error)}` })
  }
}

/** First the machine's time to reach the keychain, then the person's time to unlock it. */
function startLimits(
  { operation }: KeychainRequest,
  timeoutMs: number,
  promptMs: number,
  reject: (error: FailureError) => void,
) {
  const change = operation === 'set' || operation === 'delete' ? '; whether it made the change is not known' : ''
  const expire = (code: 'keychain.timeout' | 'keychain.locked', said: string) => () =>
    reject(fail(code, { detail: said + change }))
  let timer = setTimeout(expire('keychain.timeout', `no answer within ${timeoutMs} ms`), timeoutMs)
  return {
    opened() {
      clearTimeout(timer)
      timer = setTimeout(expire('keychain.locked', `not unlocked within ${promptMs} ms`), promptMs)
    },
    clear: () => clearTimeout(timer),
  }
}

const codes = {
  unavailable: 'keychain.unavailable',
  locked: 'keychain.locked',
  denied: 'keychain.locked',
  timeout: 'keychain.timeout',
  other: 'keychain.unavailable',
} as const

function failureOf({ reason, message }: Extract<KeychainReply, { ok: false }>, secret?: string): FailureError {
  const said = oneLine(secret ? message.replaceAll(secret, '[redacted]') : message)
  return fail(codes[reason] ?? 'keychain.unavailable', { detail: said })
}

const closed = () => fail('keychain.unavailable', { detail: 'Parley is closing' })

const oneLine = (said: unknown) =>
  (said instanceof Error ? said.message : String(said)).replace(/\s+/g, ' ').trim().slice(0, 200)

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref())
}
