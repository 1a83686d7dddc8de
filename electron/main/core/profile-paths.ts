/** What decides where a profile lies. Everything is passed in: this file asks nothing of the system. */
export interface ProfilePlace {
  /** `process.platform`. */
  platform: string
  home: string
  env: Readonly<Record<string, string | undefined>>
  /** A start from the sources: it never uses the installed application's profile. */
  isDevelopment: boolean
}

/** The default profile folder: XDG data folder, Application Support, or the local (never the roaming) application data. */
export function profileFolder({ platform, home, env, isDevelopment }: ProfilePlace): string {
  const join = joinFor(platform)
  const title = isDevelopment ? 'Parley (development)' : 'Parley'
  if (platform === 'win32') {
    const local = env['LOCALAPPDATA']
    return join(local && isAbsolute(local, platform) ? local : join(home, 'AppData', 'Local'), title)
  }
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', title)
  const data = env['XDG_DATA_HOME']
  // The XDG specification: a relative path there is invalid and to be ignored.
  const parent = data && isAbsolute(data, platform) ? data : join(home, '.local', 'share')
  return join(parent, isDevelopment ? 'parley-dev' : 'parley')
}

/** Everything Parley keeps inside a profile, as full paths. */
export interface ProfileLayout {
  /** The database; SQLite puts `-wal` and `-shm` beside it. */
  store: string
  /** Held exclusively by the one owner of the profile. */
  lock: string
  /** Content-addressed files. */
  blobs: string
  backups: string
  logs: string
  /** Chromium's own data when the browser shell is used. */
  browser: string
  /** Chromium's own data for the window that asks outside the page. */
  questions: string
}

/** The names inside a profile, in one place. */
export function profileLayout(profile: string, platform: string): ProfileLayout {
  const join = joinFor(platform)
  return {
    store: join(profile, 'store.db'),
    lock: join(profile, 'lock.db'),
    blobs: join(profile, 'blobs'),
    backups: join(profile, 'backups'),
    logs: join(profile, 'logs'),
    browser: join(profile, 'browser'),
    questions: join(profile, 'browser-questions'),
  }
}

function isAbsolute(path: string, platform: string): boolean {
  return platform === 'win32' ? /^(?:[A-Za-z]:[\\/]|\\\\)/.test(path) : path.startsWith('/')
}

function joinFor(platform: string): (...parts: string[]) => string {
  const separator = platform === 'win32' ? '\\' : '/'
  const trailing = platform === 'win32' ? /[\\/]+$/ : /\/+$/
  return (...parts) => parts.map((part) => part.replace(trailing, '')).join(separator)
}
