import type { ParleyEvent } from '../../contract/events.ts'
import type { HandlersFor } from '../../contract/registry.ts'
import type { contextRoutes } from '../../contract/routes/context.ts'
import type { Turns } from '../chat/turns.ts'
import type { Estimates } from '../spend/estimates.ts'
import type { Store } from '../store/host.ts'

/** Handlers of `spend.estimate`, `spend.fit` and `context.*`. */
export function createContextHandlers(deps: {
  estimates: () => Estimates
  turns: () => Pick<Turns, 'foresee'>
  write: () => Store['write']
  publish: (event: ParleyEvent) => void
  now: () => number
}): HandlersFor<keyof typeof contextRoutes> {
  const { estimates, write, publish, now } = deps
  return {
    'spend.estimate': async ({ conversationId, draftText, of }) => {
      if (!of) return estimates().estimate(conversationId, draftText)
      const { text, parentId } = await deps.turns().foresee(of, draftText)
      return estimates().estimate(conversationId, text, {
        parentId,
        attachmentsOf: of.act === 'resend' ? of.messageId : null,
      })
    },
    'spend.modes': (input) => estimates().modes(input),
    'spend.estimator': () => estimates().record(),
    'spend.fit': ({ conversationId, draftText, by }) => estimates().fit(conversationId, draftText, by),
    'context.view': ({ conversationId }) => estimates().view(conversationId),
    'context.switch': async (input) => {
      await write().switchContext({ ...input, at: now() })
      publish({ name: 'conversation.changed', conversationId: input.conversationId })
      return null
    },
  }
}
