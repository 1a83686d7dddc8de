import { FailureError } from '../../contract/errors.ts'
import { defaultOrigin, normaliseOrigin } from '../core/origin.ts'
import { parseKey } from './api-key.ts'

/** What the environment said at start. */
export interface TakenEnvironment {
  /** The key of `AIMLAPI_API_KEY` and the only origin it may be sent to. */
  environmentKey: EnvironmentKey | null
  /** `PARLEY_API_URL` as given, trimmed. */
  apiUrl: string | null
  /** `PARLEY_PROFILE` as given, trimmed. */
  profile: string | null
  /** What could not be used and why, one line each, safe to show and log. */
  problems: string[]
}

export interface EnvironmentKey {
  value: string
  origin: string
}

const keyName = 'AIMLAPI_API_KEY'

/**
 * Reads Parley's variables once and removes the key from `env`, so that no child process inherits it. The key is bound
 * to the origin of `PARLEY_API_URL` if that stands beside it, else to the default one. (Linux goes on showing what a
 * process was *started* with in its own `/proc/…/environ`, to the same user only; no process can change that.)
 */
export function takeEnvironment(env: NodeJS.ProcessEnv): TakenEnvironment {
  const key = env[keyName]?.trim()
  delete env[keyName]
  const apiUrl = env['PARLEY_API_URL']?.trim() || null
  const problems: string[] = []
  const attempt = <Value>(name: string, read: () => Value): Value | null => {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof FailureError)) throw error
      problems.push(`${name} is not used: ${error.failure.detail ?? error.failure.range ?? error.failure.code}`)
      return null
    }
  }
  const origin = apiUrl === null ? defaultOrigin : attempt('PARLEY_API_URL', () => normaliseOrigin(apiUrl))
  const value = key ? attempt(keyName, () => parseKey(key)) : null
  if (value !== null && origin === null) problems.push(`${keyName} is not used: the address beside it has no origin`)
  return {
    environmentKey: value !== null && origin !== null ? { value, origin } : null,
    apiUrl,
    profile: env['PARLEY_PROFILE']?.trim() || null,
    problems,
  }
}

/** What programs need to find the person's home, session, screen, language and system. Nothing here holds a secret. */
const allowed = new Set(
  [
    'PATH HOME USER LOGNAME SHELL LANG LANGUAGE TZ TMPDIR',
    'DBUS_SESSION_BUS_ADDRESS XDG_RUNTIME_DIR XDG_DATA_HOME XDG_CONFIG_HOME XDG_CACHE_HOME XDG_DATA_DIRS XDG_CONFIG_DIRS',
    'XDG_CURRENT_DESKTOP XDG_SESSION_TYPE XDG_SESSION_ID DISPLAY WAYLAND_DISPLAY XAUTHORITY __CF_USER_TEXT_ENCODING',
    'SYSTEMROOT WINDIR SYSTEMDRIVE COMSPEC PATHEXT USERPROFILE USERNAME USERDOMAIN HOMEDRIVE HOMEPATH',
    'APPDATA LOCALAPPDATA PROGRAMDATA TEMP TMP',
  ].flatMap((line) => line.split(' ')),
)

/**
 * The environment for a child process: only names on the allow-list (in any case, for Windows), then `extra`. Neither
 * the key nor a proxy with its login is among them.
 */
export function childEnvironment(env: NodeJS.ProcessEnv, extra: Record<string, string> = {}): Record<string, string> {
  const entries = Object.entries(env).filter((entry): entry is [string, string] => {
    const name = entry[0].toUpperCase()
    return entry[1] !== undefined && (allowed.has(name) || name.startsWith('LC_'))
  })
  return { ...Object.fromEntries(entries), ...extra }
}
