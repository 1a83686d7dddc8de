import type { ParleyEvent } from '../../contract/events.ts'
import type { HandlersFor } from '../../contract/registry.ts'
import type { diagnoseRoutes } from '../../contract/routes/diagnose.ts'
import type { Diagnose } from '../spend/diagnose.ts'

/** Handlers of `diagnose.*`. `diagnose` fails where nothing can be written. */
export function createDiagnoseHandlers(deps: {
  diagnose: () => Diagnose
  publish: (event: ParleyEvent) => void
}): HandlersFor<keyof typeof diagnoseRoutes> {
  return {
    'diagnose.plan': () => deps.diagnose().plan(),
    'diagnose.run': async ({ agreedNanoUsd }) => {
      try {
        return await deps.diagnose().run(agreedNanoUsd)
      } finally {
        deps.publish({ name: 'spend.changed' })
      }
    },
  }
}
