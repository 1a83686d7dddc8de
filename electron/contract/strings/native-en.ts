/** What the desktop shell itself says, outside the page: menus, questions before quitting, errors before a window. */
export const native = {
  name: 'Parley',
  menu: {
    file: 'File',
    edit: 'Edit',
    view: 'View',
    window: 'Window',
    help: 'Help',
    about: 'About Parley',
    services: 'Services',
    hide: 'Hide Parley',
    hideOthers: 'Hide Others',
    unhide: 'Show All',
    quit: 'Quit Parley',
    close: 'Close Window',
    undo: 'Undo',
    redo: 'Redo',
    cut: 'Cut',
    copy: 'Copy',
    paste: 'Paste',
    pasteAsText: 'Paste as Plain Text',
    delete: 'Delete',
    selectAll: 'Select All',
    actualSize: 'Actual Size',
    zoomIn: 'Zoom In',
    zoomOut: 'Zoom Out',
    fullScreen: 'Full Screen',
    developerTools: 'Developer Tools',
    minimize: 'Minimize',
    zoom: 'Zoom',
    front: 'Bring All to Front',
  },
  quit: {
    /** `count` replies are running. */
    title: (count: number): string =>
      count === 1 ? 'A reply is still running. Quit Parley?' : `${count} replies are still running. Quit Parley?`,
    detail:
      'Everything received so far is kept. Parley waits up to 5 seconds for running replies, then cuts them; ' +
      'what a cut reply costs is looked up the next time Parley runs.',
    confirm: 'Quit',
    cancel: 'Keep Running',
  },
  crash: {
    title: 'The window stopped working.',
    detail: 'Your chats are kept, and running replies go on. Open the window again?',
    confirm: 'Open Again',
    cancel: 'Quit Parley',
  },
  refused: {
    title: 'Parley did not start.',
    switch: (name: string): string =>
      `An installed Parley refuses to start with --${name}: it would let other programs into it.`,
    sandbox:
      'Parley does not run without the sandbox that keeps what it shows away from your computer. ' +
      'Install the deb or rpm package, or allow user namespaces for this program, and start it without --no-sandbox.',
    flag: (flag: string): string => `${flag} takes a folder.`,
  },
  failedToStart: 'Parley could not start.',
  alreadyRunning: (pid: number | null): string =>
    pid === null ? 'Parley already runs on this profile.' : `Parley already runs on this profile (process ${pid}).`,
  unsandboxed: 'The sandbox is off (--no-sandbox): only for a development start.',
}

export type Native = typeof native
