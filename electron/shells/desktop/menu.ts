import { Menu, type BrowserWindow, type ContextMenuParams } from 'electron'
import { applicationMenu, contextMenu } from '../../main/core/desktop-menu.ts'
import { native } from './language.ts'

/** Sets the application's menu. Without this, Electron's own menu would come with reload and developer tools. */
export function setApplicationMenu(isPackaged: boolean): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(applicationMenu(native(), process.platform, isPackaged)))
}

/** Shows cut, copy and paste at the pointer, where they apply: Electron has no menu there of its own. */
export function offerContextMenu(window: BrowserWindow): void {
  window.webContents.on('context-menu', (_event, params) => {
    const entries = contextMenu(native(), clicked(params))
    if (entries.length > 0) Menu.buildFromTemplate(entries).popup({ window })
  })
}

function clicked({ isEditable, selectionText, editFlags }: ContextMenuParams) {
  const { canCut, canCopy, canPaste, canSelectAll } = editFlags
  return { isEditable, hasSelection: selectionText.trim() !== '', canCut, canCopy, canPaste, canSelectAll }
}
