import { z } from 'zod'
import { limits } from '../limits.ts'
import type { KeyState } from '../key-state.ts'
import type { NanoUsd } from '../money.ts'
import type { Price } from '../price.ts'
import { returns, route } from '../route.ts'

/** What a test of a key found. Makes free calls only. */
export interface KeyTest {
  model: string
  price: Price | null
  balanceNanoUsd: NanoUsd | null
}

const key = z.string().min(1).max(limits.keyChars)

export const keyRoutes = {
  /** Tests the key given, or the one in use. */
  'key.test': route({ input: z.strictObject({ key: key.optional() }), output: returns<KeyTest>() }),
  /** Keeps a key in the system's keychain or for this session only. Never anywhere else. */
  'key.set': route({
    input: z.strictObject({ key, keep: z.enum(['keychain', 'session']) }),
    output: returns<KeyState>(),
  }),
  'key.remove': route({ input: z.strictObject({}), output: returns<KeyState>() }),
  /** Looks at the keychain again, after it was unlocked or installed. */
  'key.reload': route({ input: z.strictObject({}), output: returns<KeyState>() }),
}
