import type { Native } from '../../contract/strings/native-en.ts'

/** Electron's roles that Parley's menus use. There is no reload: mod+R belongs to the page. */
type MenuRole =
  | 'about'
  | 'services'
  | 'hide'
  | 'hideOthers'
  | 'unhide'
  | 'quit'
  | 'close'
  | 'undo'
  | 'redo'
  | 'cut'
  | 'copy'
  | 'paste'
  | 'pasteAndMatchStyle'
  | 'delete'
  | 'selectAll'
  | 'resetZoom'
  | 'zoomIn'
  | 'zoomOut'
  | 'togglefullscreen'
  | 'toggleDevTools'
  | 'minimize'
  | 'zoom'
  | 'front'

/** One entry of a menu, as data: Electron fills in what a role does and its conventional keys. */
export type MenuEntry =
  | { role: MenuRole; label: string; enabled?: boolean }
  | { type: 'separator' }
  | { role?: 'window' | 'help'; label: string; submenu: MenuEntry[] }

const separator: MenuEntry = { type: 'separator' }

/** The application's menu: conventional roles only. Developer tools exist in a development start and nowhere else. */
export function applicationMenu(native: Native, platform: string, isPackaged: boolean): MenuEntry[] {
  const { menu } = native
  const isMac = platform === 'darwin'
  return [
    ...(isMac ? [macApplication(native)] : [{ label: menu.file, submenu: [entry('quit', menu.quit)] }]),
    ...(isMac ? [{ label: menu.file, submenu: [entry('close', menu.close)] }] : []),
    { label: menu.edit, submenu: editing(menu, isMac) },
    { label: menu.view, submenu: viewing(menu, isPackaged) },
    { role: 'window', label: menu.window, submenu: windowing(menu, isMac) },
    ...(isMac ? [] : [{ role: 'help' as const, label: menu.help, submenu: [entry('about', menu.about)] }]),
  ]
}

/** What was clicked with the other mouse button: text that can be edited, or text that can be copied. */
export interface Clicked {
  isEditable: boolean
  hasSelection: boolean
  canCut: boolean
  canCopy: boolean
  canPaste: boolean
  canSelectAll: boolean
}

/** The menu at the pointer; empty when there is nothing to do with what was clicked. */
export function contextMenu({ menu }: Native, clicked: Clicked): MenuEntry[] {
  if (clicked.isEditable) {
    return [
      { ...entry('cut', menu.cut), enabled: clicked.canCut },
      { ...entry('copy', menu.copy), enabled: clicked.canCopy },
      { ...entry('paste', menu.paste), enabled: clicked.canPaste },
      separator,
      { ...entry('selectAll', menu.selectAll), enabled: clicked.canSelectAll },
    ]
  }
  return clicked.hasSelection ? [{ ...entry('copy', menu.copy), enabled: clicked.canCopy }] : []
}

function macApplication({ name, menu }: Native): MenuEntry {
  return {
    label: name,
    submenu: [
      entry('about', menu.about),
      separator,
      entry('services', menu.services),
      separator,
      entry('hide', menu.hide),
      entry('hideOthers', menu.hideOthers),
      entry('unhide', menu.unhide),
      separator,
      entry('quit', menu.quit),
    ],
  }
}

function editing(menu: Native['menu'], isMac: boolean): MenuEntry[] {
  return [
    entry('undo', menu.undo),
    entry('redo', menu.redo),
    separator,
    entry('cut', menu.cut),
    entry('copy', menu.copy),
    entry('paste', menu.paste),
    ...(isMac ? [entry('pasteAndMatchStyle', menu.pasteAsText)] : []),
    entry('delete', menu.delete),
    separator,
    entry('selectAll', menu.selectAll),
  ]
}

function viewing(menu: Native['menu'], isPackaged: boolean): MenuEntry[] {
  return [
    entry('resetZoom', menu.actualSize),
    entry('zoomIn', menu.zoomIn),
    entry('zoomOut', menu.zoomOut),
    separator,
    entry('togglefullscreen', menu.fullScreen),
    ...(isPackaged ? [] : [separator, entry('toggleDevTools', menu.developerTools)]),
  ]
}

function windowing(menu: Native['menu'], isMac: boolean): MenuEntry[] {
  const minimize = entry('minimize', menu.minimize)
  if (!isMac) return [minimize, entry('close', menu.close)]
  return [minimize, entry('zoom', menu.zoom), separator, entry('front', menu.front)]
}

function entry(role: MenuRole, label: string): { role: MenuRole; label: string } {
  return { role, label }
}
