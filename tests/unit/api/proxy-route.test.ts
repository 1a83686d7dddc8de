import { describe, expect, it } from 'vitest'
import {
  describeProxy,
  readProxySetting,
  routeOfEnvironment,
  routeOfPac,
  routeOfSetting,
} from '../../../electron/main/api/proxy-route.ts'
import type { ProxyRoute } from '../../../electron/main/api/proxy-route.ts'

const target = new URL('https://api.aimlapi.com')
const show = (route: ProxyRoute | null): string =>
  route === null ? 'undecided' : route.kind === 'proxy' ? describeProxy(route.url) : route.kind

describe('a route', () => {
  it.each([
    [{}, 'undecided'],
    [{ HTTPS_PROXY: 'http://p:8080' }, 'http://p:8080'],
    [{ https_proxy: 'p:8080' }, 'http://p:8080'],
    [{ https_proxy: 'http://low:1', HTTPS_PROXY: 'http://up:2' }, 'http://low:1'],
    [{ HTTP_PROXY: 'http://p:8080' }, 'undecided'],
    [{ ALL_PROXY: 'socks5://s:1080' }, 'socks5://s:1080'],
    [{ HTTPS_PROXY: 'http://p:8080', NO_PROXY: '*' }, 'direct'],
    [{ HTTPS_PROXY: 'http://p:8080', no_proxy: 'a.example, .aimlapi.com' }, 'direct'],
    [{ HTTPS_PROXY: 'http://p:8080', NO_PROXY: 'aimlapi.com:443' }, 'direct'],
    [{ HTTPS_PROXY: 'http://p:8080', NO_PROXY: 'aimlapi.com:80' }, 'http://p:8080'],
    [{ HTTPS_PROXY: 'http://p:8080', NO_PROXY: 'api.com,lapi.com' }, 'http://p:8080'],
    [{ HTTPS_PROXY: '  ' }, 'undecided'],
    [{ HTTPS_PROXY: 'ftp://p:21' }, 'unsupported'],
  ])('of the environment %j is %s', (environment, expected) => {
    expect(show(routeOfEnvironment(target, environment))).toBe(expected)
  })

  it.each([
    ['DIRECT', 'direct'],
    ['', 'direct'],
    ['PROXY p:8080; DIRECT', 'http://p:8080'],
    ['HTTPS p:443', 'https://p'],
    ['SOCKS5 s:1080', 'socks5://s:1080'],
    ['SOCKS s:1080', 'socks5://s:1080'],
    ['SOCKS4 s:1080; PROXY p:8080', 'http://p:8080'],
    ['SOCKS4 s:1080', 'unsupported'],
    ['QUIC p:443', 'unsupported'],
    ['constructor x:1', 'unsupported'],
  ])('of the system %j is %s', (answer, expected) => {
    expect(show(routeOfPac(answer))).toBe(expected)
  })

  it('of a setting comes before everything; this computer is reached straight unless it says otherwise', () => {
    const here = new URL('http://127.0.0.1:8080')
    expect(show(routeOfSetting('none', target))).toBe('direct')
    expect(show(routeOfSetting('system', target))).toBe('undecided')
    expect(show(routeOfSetting('system', here))).toBe('direct')
    expect(show(routeOfSetting('http://p:8080', here))).toBe('http://p:8080')
  })

  it('is shown without its password', () => {
    expect(describeProxy(new URL('http://user:secret@p:8080/x?y'))).toBe('http://p:8080')
  })

  it('of a setting is checked when it is made', () => {
    expect(readProxySetting(' ')).toBe('system')
    expect(readProxySetting('none')).toBe('none')
    expect(readProxySetting('p:8080')).toBe('http://p:8080/')
    expect(readProxySetting('socks5://u:p@s:1080')).toBe('socks5://u:p@s:1080')
    for (const bad of ['ftp://p', 'http://', 'socks4://p:1', 'a b c', 'x'.repeat(5_000)]) {
      expect(() => readProxySetting(bad)).toThrow('input.invalid')
    }
  })
})
