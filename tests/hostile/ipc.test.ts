import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { routes } from '../../electron/contract/registry.ts'
import type { HandlersFor } from '../../electron/contract/registry.ts'
import { createRouter } from '../../electron/main/ipc/router.ts'

const log = { error: () => undefined }
let calls = 0
const handlers = Object.fromEntries(Object.keys(routes).map((name) => [name, () => ++calls])) as unknown as HandlersFor
const router = createRouter(handlers, log)

describe('the router', () => {
  it.each(['toString', '__proto__', 'constructor', 'hasOwnProperty', 'valueOf', '', 'app', 'app.snapshot ', 'turns.*'])(
    '%j is an unknown route',
    async (name) => {
      expect(await router(name, {})).toMatchObject({ ok: false, failure: { code: 'route.unknown' } })
    },
  )

  it('does not give back what was wrong, as it may be a key', async () => {
    const answer = await router('key.set', { key: 'test-secret', keep: 'disk' })
    expect(answer).toMatchObject({ ok: false, failure: { code: 'input.invalid', field: 'keep' } })
    expect(JSON.stringify(answer)).not.toContain('test-secret')
  })

  it('100,000 arbitrary messages: no crash, always an answer, no handler without a valid input', async () => {
    const names = fc.oneof(fc.constantFrom(...Object.keys(routes)), fc.string(), fc.anything())
    let answers = 0
    for (const [name, input] of fc.sample(
      fc.tuple(names, fc.anything({ maxDepth: 3, withNullPrototype: true })),
      100_000,
    )) {
      const answer = await router(name, input)
      expect(typeof answer.ok).toBe('boolean')
      answers += 1
    }
    expect(answers).toBe(100_000)
  }, 120_000)

  it('a handler that throws anything is an internal failure, without its words', async () => {
    const failing = createRouter({ ...handlers, 'app.snapshot': () => Promise.reject(new Error('secret words')) }, log)
    expect(await failing('app.snapshot', {})).toEqual({
      ok: false,
      failure: { code: 'internal', text: 'none', money: 'none' },
    })
  })
})
