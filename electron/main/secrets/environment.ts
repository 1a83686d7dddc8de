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

/** The origin a key belongs to unless the person says otherwise. */
export const defaultOrigin = 'https://api.aimlapi.com'

/** Reads Parley's variables once and removes the key from `env`, so that no child process inherits it. */
export function takeEnvironment(_env: NodeJS.ProcessEnv): TakenEnvironment {
  throw new Error('not built yet')
}

/** The environment for a child process: only names on the allow-list, then `extra`. */
export function childEnvironment(_env: NodeJS.ProcessEnv, _extra?: Record<string, string>): Record<string, string> {
  throw new Error('not built yet')
}
