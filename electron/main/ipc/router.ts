import { z } from 'zod'
import { FailureError, type Failure, type Result } from '../../contract/errors.ts'
import { routes, type HandlersFor, type RouteName } from '../../contract/registry.ts'
import type { Logger } from '../log/logger.ts'

/** Takes what a page sent and gives data back: the one place where unknown input becomes a parsed call. Never rejects. */
export type Router = (name: unknown, input: unknown) => Promise<Result<unknown>>

/** Input is parsed once, here; what a handler throws becomes a failure here. Inherited names are unknown routes. */
export function createRouter(handlers: HandlersFor, log: Pick<Logger, 'error'>): Router {
  return async (name, input) => {
    if (!isRouteName(name)) return { ok: false, failure: refusal('route.unknown') }
    const parsed = z.safeParse(routes[name].input, input)
    if (!parsed.success) return { ok: false, failure: invalid(parsed.error) }
    try {
      const handle = handlers[name] as (input: unknown) => unknown
      return { ok: true, value: await handle(parsed.data) }
    } catch (error) {
      if (error instanceof FailureError) return { ok: false, failure: error.failure }
      log.error('a call failed unexpectedly', { route: name, error })
      return { ok: false, failure: refusal('internal') }
    }
  }
}

function isRouteName(name: unknown): name is RouteName {
  return typeof name === 'string' && Object.hasOwn(routes, name)
}

const refusal = (code: Failure['code']): Failure => ({ code, text: 'none', money: 'none' })

/** What a field may be, where it can be said in words. */
function rangeOf(issue: z.core.$ZodIssue | undefined): { range?: string } {
  if (issue?.code === 'too_big' && issue.origin === 'string') return { range: `at most ${issue.maximum} characters` }
  if (issue?.code === 'too_small' && issue.origin === 'string') return { range: 'not empty' }
  return {}
}

/** What is wrong with the first field that is, without the value: it may be a key. */
function invalid(error: z.ZodError): Failure {
  const issue = error.issues[0]
  return { ...refusal('input.invalid'), field: issue?.path.map(String).join('.') ?? '', ...rangeOf(issue) }
}
