import type { BrowserWindow } from 'electron'
import { chmodSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { readWindowMemory, type WindowMemory } from '../../main/core/desktop-window.ts'
import { warn } from './say.ts'

/** Remembers the window's place, the theme and the language in a small file of the profile. Losing it costs nothing but the place. */
export interface WindowKeeper {
  readonly memory: WindowMemory
  /** Takes the window's place now and writes it. */
  keep(window: BrowserWindow): void
  keepLook(look: Pick<WindowMemory, 'theme' | 'language'>): void
}

/** Opens `file` (0600), or starts with nothing. */
export function openWindowMemory(file: string): WindowKeeper {
  let memory = readWindowMemory(readText(file))
  const write = (): void => {
    try {
      writeFileSync(`${file}.new`, `${JSON.stringify(memory)}\n`, { mode: 0o600 })
      // The mode counts only for a file that is new.
      chmodSync(`${file}.new`, 0o600)
      renameSync(`${file}.new`, file)
    } catch (error) {
      warn('the place of the window could not be saved', error)
    }
  }
  return {
    get memory() {
      return memory
    },
    keep(window) {
      if (window.isDestroyed()) return
      memory = {
        ...memory,
        bounds: window.getNormalBounds(),
        isMaximized: window.isMaximized(),
        isFullScreen: window.isFullScreen(),
      }
      write()
    },
    keepLook({ theme, language }) {
      if (theme === memory.theme && language === memory.language) return
      memory = { ...memory, theme, language }
      write()
    },
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') warn('the place of the window could not be read', error)
    return ''
  }
}
