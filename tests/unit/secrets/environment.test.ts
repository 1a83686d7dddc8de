import { describe, expect, test } from 'vitest'
import { childEnvironment, takeEnvironment } from '../../../electron/main/secrets/environment.ts'

const key = 'key-0123456789abcdef'

describe('the environment at start', () => {
  test('gives the key once, bound to the default origin', () => {
    const env = { AIMLAPI_API_KEY: `  Bearer ${key}\n`, PARLEY_PROFILE: ' /tmp/p ', OTHER: 'x' }
    expect(takeEnvironment(env)).toEqual({
      environmentKey: { value: key, origin: 'https://api.aimlapi.com' },
      apiUrl: null,
      profile: '/tmp/p',
      problems: [],
    })
    expect(env).toEqual({ PARLEY_PROFILE: ' /tmp/p ', OTHER: 'x' })
    expect(takeEnvironment(env).environmentKey).toBeNull()
  })

  test('binds the key to the address that stands beside it, and to no other', () => {
    const env = { AIMLAPI_API_KEY: key, PARLEY_API_URL: 'http://127.0.0.1:8080/v1/' }
    const taken = takeEnvironment(env)
    expect(taken.environmentKey).toEqual({ value: key, origin: 'http://127.0.0.1:8080' })
    expect(taken.apiUrl).toBe('http://127.0.0.1:8080/v1/')
  })

  test.each(['not an address', 'file:///etc/passwd', 'javascript:alert(1)', 'http://somewhere.example'])(
    'uses no key beside the address %s',
    (url) => {
      const taken = takeEnvironment({ AIMLAPI_API_KEY: key, PARLEY_API_URL: url })
      expect(taken.environmentKey).toBeNull()
      expect(taken.problems).toHaveLength(2)
    },
  )

  test('says that a key is unusable without repeating it, and removes it all the same', () => {
    const env = { AIMLAPI_API_KEY: 'two words' }
    const taken = takeEnvironment(env)
    expect(taken.environmentKey).toBeNull()
    expect(taken.problems).toHaveLength(1)
    expect(taken.problems.join()).not.toContain('two words')
    expect(env).toEqual({})
  })

  test('an empty variable is no variable', () => {
    expect(takeEnvironment({ AIMLAPI_API_KEY: ' ', PARLEY_API_URL: '', PARLEY_PROFILE: ' ' })).toEqual({
      environmentKey: null,
      apiUrl: null,
      profile: null,
      problems: [],
    })
  })

  test('removes the key from the real environment of this process', () => {
    process.env['AIMLAPI_API_KEY'] = key
    expect(takeEnvironment(process.env).environmentKey?.value).toBe(key)
    expect('AIMLAPI_API_KEY' in process.env).toBe(false)
  })
})

test('a child gets the allow-list and what it is given, nothing else', () => {
  const env = {
    AIMLAPI_API_KEY: key,
    aimlapi_api_key: key,
    HTTPS_PROXY: 'http://u:p@proxy',
    NODE_OPTIONS: '--inspect',
    LD_PRELOAD: 'x.so',
    GITHUB_TOKEN: 't',
    HOME: '/home/p',
    Path: 'C:\\Windows',
    SystemRoot: 'C:\\Windows',
    LC_ALL: 'C',
    DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/bus',
    XDG_RUNTIME_DIR: undefined,
  }
  expect(childEnvironment(env, { EXTRA: '1' })).toEqual({
    HOME: '/home/p',
    Path: 'C:\\Windows',
    SystemRoot: 'C:\\Windows',
    LC_ALL: 'C',
    DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/bus',
    EXTRA: '1',
  })
})
