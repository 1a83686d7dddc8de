import { nativeTheme } from 'electron'
import type { AppSnapshot } from '../../contract/routes/app.ts'
import type { Parley } from '../../main/compose.ts'
import { speak } from './language.ts'
import { setApplicationMenu } from './menu.ts'
import { warn } from './say.ts'
import type { WindowKeeper } from './window-memory.ts'

/** Keeps the system's parts of the window (menus, dialogs, the colour before the first paint) in the chosen theme and language. */
export function followLook(parley: Parley, keeper: WindowKeeper, isPackaged: boolean): void {
  const follow = async (): Promise<void> => {
    const answer = await parley.call('app.snapshot', {})
    if (!answer.ok) return
    const { settings } = answer.value as AppSnapshot
    if (settings === null) return
    const { theme, language } = settings
    nativeTheme.themeSource = theme
    if (language !== keeper.memory.language) {
      speak(language)
      setApplicationMenu(isPackaged)
    }
    keeper.keepLook({ theme, language })
  }
  const followOrSay = (): void => {
    follow().catch((error: unknown) => warn('theme and language could not be followed', error))
  }
  parley.onEvent((event) => {
    if (event.name === 'settings.changed') followOrSay()
  })
  followOrSay()
}
