import { X509Certificate } from 'node:crypto'
import { createSecureContext, getCACertificates } from 'node:tls'
import type { SecureContext } from 'node:tls'
import { fail } from '../../contract/errors.ts'
import { limits } from '../../contract/limits.ts'

const block = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g

/** The certificates in a PEM text. Throws `input.invalid` when there is none, one cannot be read, or it is too large. */
export function readCertificates(pem: string): string[] {
  if (Buffer.byteLength(pem) > limits.certificateBytes) throw refuse('the certificate file is too large')
  const found = pem.match(block) ?? []
  if (found.length === 0) throw refuse('there is no certificate in PEM form in this file')
  return found.map(check)
}

/** Whom a certificate names, in one short line: its common name, or all of its subject. */
export function certificateName(pem: string): string {
  const { subject } = new X509Certificate(pem)
  const name = /^CN=(.+)$/m.exec(subject)?.[1] ?? subject
  const line = name.replace(/[\p{C}\s]+/gu, ' ').trim()
  return line === '' ? '?' : line.slice(0, 100)
}

/**
 * What counts as a trusted issuer: Node's own list, the system's, and the given ones. Made once and then reused, because
 * reading some hundreds of certificates at every connection would be slow.
 */
export function createTrust(extra: readonly string[]): () => SecureContext {
  let context: SecureContext | null = null
  return () => {
    context ??= createSecureContext({
      ca: [...new Set([...getCACertificates('default'), ...getCACertificates('system'), ...extra])],
    })
    return context
  }
}

/** The certificate as Node writes it. */
function check(pem: string): string {
  try {
    return new X509Certificate(pem).toString()
  } catch (error) {
    throw refuse('a certificate in this file cannot be read', error)
  }
}

function refuse(detail: string, cause?: unknown): Error {
  return Object.assign(fail('input.invalid', { field: 'certificate', detail }), cause === undefined ? {} : { cause })
}
