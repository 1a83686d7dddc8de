/** What may become of an address that a person clicked. */
export type LinkDecision =
  | { kind: 'ask'; url: string; /** In ASCII: an imitated letter shows as `xn--…`. */ host: string; scheme: string }
  | { kind: 'refuse'; reason: 'not-an-address' | 'scheme' | 'credentials' }

const schemes = new Set(['http:', 'https:', 'mailto:'])
const mailtoFields = new Set(['subject', 'body', 'cc', 'bcc', 'to'])

/**
 * The one gate for links: http, https and mailto only, never with a name and password in the address (`https://good@evil`),
 * and mail without fields that some programs act on (`attach`). What passes is still confirmed by the person.
 */
export function decideLink(address: string): LinkDecision {
  let url: URL
  try {
    url = new URL(address)
  } catch {
    return { kind: 'refuse', reason: 'not-an-address' }
  }
  if (!schemes.has(url.protocol)) return { kind: 'refuse', reason: 'scheme' }
  if (url.username !== '' || url.password !== '') return { kind: 'refuse', reason: 'credentials' }
  if (url.protocol === 'mailto:') {
    for (const field of url.searchParams.keys()) {
      if (!mailtoFields.has(field.toLowerCase())) return { kind: 'refuse', reason: 'scheme' }
    }
    return { kind: 'ask', url: url.href, host: url.pathname, scheme: 'mailto' }
  }
  if (url.hostname === '') return { kind: 'refuse', reason: 'not-an-address' }
  return { kind: 'ask', url: url.href, host: url.host, scheme: url.protocol.slice(0, -1) }
}
