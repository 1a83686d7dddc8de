import { fail } from '../../contract/errors.ts'
import type { FailureError } from '../../contract/errors.ts'
import { limits } from '../../contract/limits.ts'
import { isLoopback } from '../core/origin.ts'

/** How a connection is made: straight, through a proxy (an address, possibly with a password), or not at all. */
export type ProxyRoute = { kind: 'direct' } | { kind: 'proxy'; url: URL } | { kind: 'unsupported'; what: string }

/** Environment variables by name, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>

/** `system`: the environment, then the system's own setting. `none`: always straight. Else the proxy's address. */
export type ProxySetting = string

const direct: ProxyRoute = { kind: 'direct' }
const supported = new Set(['http:', 'https:', 'socks5:', 'socks5h:', 'socks:'])

/**
 * The address of a proxy as a person writes it, with or without `http://`. Throws `input.invalid`. What it returns may hold a
 * password: show it only through `describeProxy`.
 */
export function readProxySetting(text: string): ProxySetting {
  const trimmed = text.trim()
  if (trimmed === '' || trimmed === 'system') return 'system'
  if (trimmed === 'none') return 'none'
  if (trimmed.length > limits.urlChars) throw refuse('the address of the proxy is too long')
  const route = routeOf(trimmed)
  if (route.kind === 'unsupported') throw refuse(`this kind of proxy cannot be used: ${route.what}`)
  if (route.kind === 'direct') throw refuse('this is not the address of a proxy')
  return route.url.href
}

/** A proxy as it may be shown and logged: no user name, no password. */
export function describeProxy(url: URL): string {
  return `${url.protocol}//${url.host}`
}

/** The route the environment asks for: `HTTPS_PROXY`, `HTTP_PROXY` or `ALL_PROXY` unless `NO_PROXY` names the host. */
export function routeOfEnvironment(target: URL, environment: Environment): ProxyRoute | null {
  const own = target.protocol === 'https:' ? 'https_proxy' : 'http_proxy'
  const proxy = read(environment, own) ?? read(environment, 'all_proxy')
  if (proxy === null) return null
  return isExempt(target, read(environment, 'no_proxy') ?? '') ? direct : routeOf(proxy)
}

/** The first usable route of a PAC answer such as `PROXY a:8080; SOCKS5 b:1080; DIRECT`. */
export function routeOfPac(answer: string): ProxyRoute {
  const routes = answer
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(routeOfPacPart)
  return routes.find((route) => route.kind !== 'unsupported') ?? routes[0] ?? direct
}

/** The route of a setting that is an address; for a computer's own addresses only such a setting counts. */
export function routeOfSetting(setting: ProxySetting, target: URL): ProxyRoute | null {
  if (setting === 'none') return direct
  if (setting !== 'system') return routeOf(setting)
  return isLoopback(target.hostname) ? direct : null
}

function routeOf(text: string): ProxyRoute {
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`)
  if (url === null || url.hostname === '') return { kind: 'unsupported', what: 'an address that cannot be read' }
  if (!supported.has(url.protocol)) return { kind: 'unsupported', what: url.protocol.replace(':', '') }
  return { kind: 'proxy', url }
}

function routeOfPacPart(part: string): ProxyRoute {
  const [kind = '', address = ''] = part.split(/\s+/)
  const schemes: Record<string, string> = { PROXY: 'http', HTTP: 'http', HTTPS: 'https', SOCKS5: 'socks5' }
  const upper = kind.toUpperCase()
  if (upper === 'DIRECT') return direct
  const scheme = Object.hasOwn(schemes, upper) ? schemes[upper] : undefined
  // SOCKS without a number means version 4 or 5; most servers speak 5.
  return scheme === undefined && upper !== 'SOCKS'
    ? { kind: 'unsupported', what: upper.slice(0, 20) }
    : routeOf(`${scheme ?? 'socks5'}://${address}`)
}

/** Both spellings; the lower-case one wins, as everywhere. */
function read(environment: Environment, name: string): string | null {
  const value = environment[name] ?? environment[name.toUpperCase()]
  return value === undefined || value.trim() === '' ? null : value.trim()
}

/** `NO_PROXY`: hosts and suffixes, with or without a leading dot, a port or `*`. */
function isExempt(target: URL, list: string): boolean {
  const host = target.hostname.toLowerCase()
  const port = target.port || (target.protocol === 'https:' ? '443' : '80')
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*') return true
      const [, name = '', entryPort] = /^(.*?)(?::(\d+))?$/.exec(entry) ?? []
      if (entryPort !== undefined && entryPort !== port) return false
      const suffix = name.replace(/^\*?\./, '')
      return suffix !== '' && (host === suffix || host.endsWith(`.${suffix}`))
    })
}

function refuse(detail: string): FailureError {
  return fail('input.invalid', { field: 'proxy', detail })
}
