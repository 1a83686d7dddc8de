import { nativeTheme } from 'electron'
import type { AppSnapshot } from '../../contract/routes/app.ts'
import type { Parley } from '../../main/compose.ts'
import { warn } from './say.ts'
import type { WindowKeeper } from './window-memory.ts'

/** Keeps the system's parts of the window (menus, dialogs, the colour before the first paint) in the chosen theme. */
export function followTheme(parley: Parley, keeper: WindowKeeper): void {
  const follow = async (): Promise<void> => {
    const answer = await parley.call('app.snapshot', {})
    if (!answer.ok) return
    const { settings } = answer.value as AppSnapshot
    if (settings === null) return
    nativeTheme.themeSource = settings.theme
    keeper.keepTheme(settings.theme)
  }
  const followOrSay = (): void => {
    follow().catch((error: unknown) => warn('the theme could not be followed', error))
  }
  parley.onEvent((event) => {
    if (event.name === 'settings.changed') followOrSay()
  })
  followOrSay()
}
