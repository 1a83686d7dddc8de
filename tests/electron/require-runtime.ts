import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { electronProgram, root } from './launch.ts'

/** Ends the run, failing, when there is nothing to run it on. */
// oxlint-disable-next-line import/no-default-export -- Playwright takes the default export
export default async function requireRuntime(): Promise<void> {
  if ((await electronProgram()) === null) {
    throw new Error(
      'NOT RUN: the Electron runtime is not here, so nothing of the desktop shell was tested. ' +
        'Fetch it with: node node_modules/electron/install.js',
    )
  }
  if (!existsSync(join(root, 'dist', 'main', 'desktop.js'))) {
    throw new Error('NOT RUN: there is no build. Run npm run build first.')
  }
}
