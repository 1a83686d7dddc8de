import { fail } from '../../contract/errors.ts'
import type { FailureError } from '../../contract/errors.ts'
import { limits } from '../../contract/limits.ts'

/** Where requests go unless a person says otherwise. */
export const defaultOrigin = 'https://api.aimlapi.com'

/** The one model Parley talks with. */
export const model = 'google/gemma-4-31b-it'

/**
 * An address as a person writes it (with or without scheme, slashes and `/v1`) as an origin: `https://host[:port]`. Plain
 * http is allowed for this computer only. Throws `input.invalid` with a reason in `detail`.
 */
export function normaliseOrigin(text: string): string {
  const trimmed = text.trim()
  if (trimmed === '') throw refuse('the address is empty')
  if (trimmed.length > limits.urlChars) throw refuse(`the address is longer than ${limits.urlChars} characters`)
  const url = parse(withScheme(trimmed))
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw refuse('only https addresses can be used')
  if (url.username !== '' || url.password !== '') throw refuse('leave the user name and password out of the address')
  if (url.search !== '' || url.hash !== '') throw refuse('leave out everything from the ? or # on')
  const path = url.pathname.replace(/\/+/g, '/').replace(/\/$/, '')
  if (path !== '' && path !== '/v1')
    throw refuse(`nothing may follow the host but /v1, and here is ${path.slice(0, 80)}`)
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw refuse('plain http is allowed for this computer only: use https, or the key could be read on the way')
  }
  return url.origin
}

/** Whether a host of a URL is this computer: `localhost`, 127.0.0.0/8 or `[::1]`. */
export function isLoopback(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/\.$/, '')
  if (host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || host === '::1') return true
  return /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host)
}

function withScheme(text: string): string {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return text
  const host = text.replace(/^\/+/, '')
  const name = /^(\[[^\]]*\]|[^/:?#]*)/.exec(host)?.[1] ?? ''
  return `${isLoopback(name) ? 'http' : 'https'}://${host}`
}

function parse(text: string): URL {
  const url = URL.parse(text)
  if (url === null || url.hostname === '') throw refuse('this is not an address')
  return url
}

function refuse(detail: string): FailureError {
  return fail('input.invalid', { field: 'origin', detail })
}
