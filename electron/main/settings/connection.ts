import { fail } from '../../contract/errors.ts'
import type { Settings } from '../../contract/routes/settings.ts'
import { certificateName, readCertificates } from '../api/certificates.ts'
import { createApiClient, type ApiClient } from '../api/client.ts'
import { createDispatcher } from '../api/dispatcher.ts'
import { normaliseOrigin } from '../core/origin.ts'
import { readProxySetting } from '../api/proxy-route.ts'
import type { Ports } from '../ports.ts'
import type { Store } from '../store/host.ts'
import type { Preferences, StoredSettings } from './preferences.ts'

/** The way to the provider as the settings have it: origin, proxy, certificates. */
export interface Connection {
  origin(): string
  /** The client in use. It asks for the key at each request. */
  client(): ApiClient
  /** A client of the same way that uses another key, to test it. */
  clientWith(key: string): ApiClient
  /** The id under which conversations, attempts and prices of this origin, or of the demo, are kept. */
  idFor(kind: 'api' | 'demo'): Promise<string>
  /** The same without making one: `null` when nothing was kept under it yet. */
  findId(kind: 'api' | 'demo'): Promise<string | null>
  /** Changes the way after the person agreed outside the page. Fails with `confirm.declined` or `input.invalid`. */
  change(values: Partial<Pick<StoredSettings, 'apiOrigin' | 'proxyMode' | 'proxyUrl'>>): Promise<Settings>
  /** Trusts the certificates in a PEM text beside the system's, after the person agreed outside the page; `null` forgets them. */
  trust(pem: string | null): Promise<Settings>
  close(): Promise<void>
}

export interface ConnectionDeps {
  store: Pick<Store, 'read' | 'write'>
  preferences: Preferences
  ports: Pick<Ports, 'confirm' | 'resolveProxy'>
  /** The key of an origin, or `null`. */
  keyFor: (origin: string) => string | null
  onOriginChanged: (origin: string) => Promise<unknown>
  onContact: (host: string, purpose: string) => void
  environment: Readonly<Record<string, string | undefined>>
  now: () => number
}

/** Builds the client anew whenever the way changes. */
export function createConnection(deps: ConnectionDeps): Connection {
  const { preferences, ports, now } = deps
  let way = build()

  function build() {
    const { apiOrigin: origin, proxyMode, proxyUrl, certificates } = preferences.current()
    const dispatcher = createDispatcher({
      proxy: proxyMode === 'manual' ? readProxySetting(proxyUrl ?? '') : proxyMode,
      environment: deps.environment,
      resolveProxy: ports.resolveProxy,
      certificates: certificates === null ? [] : readCertificates(certificates),
    })
    const clientOf = (key: () => string | null) =>
      createApiClient({ origin, key, dispatcher, now, onContact: deps.onContact })
    return { origin, dispatcher, clientOf, client: clientOf(() => deps.keyFor(origin)) }
  }

  const agree = async (detail: string) => {
    const { language, page } = preferences.words()
    const { title, confirm, cancel } = page.questions.connection
    const isConfirmed = await ports.confirm({ language, title, detail, confirmLabel: confirm, cancelLabel: cancel })
    if (!isConfirmed) throw fail('confirm.declined')
  }

  const apply = async (values: Partial<StoredSettings>) => {
    const before = way
    const view = await preferences.set(values)
    way = build()
    // Replies that are running keep their sockets: closing waits for them.
    void before.dispatcher.close()
    if (way.origin !== before.origin) await deps.onOriginChanged(way.origin)
    return view
  }

  const place = (kind: 'api' | 'demo') => ({ kind, origin: kind === 'demo' ? 'demo' : way.origin })
  const findId = (kind: 'api' | 'demo') => deps.store.read.findConnection(place(kind))

  return {
    origin: () => way.origin,
    client: () => way.client,
    clientWith: (key) => way.clientOf(() => key),
    idFor: async (kind) => (await findId(kind)) ?? deps.store.write.connectionFor({ ...place(kind), at: now() }),
    findId,
    async change(values) {
      const wanted = {
        ...values,
        ...(values.apiOrigin === undefined ? {} : { apiOrigin: normaliseOrigin(values.apiOrigin) }),
        ...(values.proxyUrl ? { proxyUrl: readManualProxy(values.proxyUrl) } : {}),
      }
      const next = { ...preferences.current(), ...wanted }
      if (next.proxyMode === 'manual' && !next.proxyUrl) {
        throw fail('input.invalid', { field: 'proxyUrl', range: 'the address of a proxy' })
      }
      await agree(preferences.words().page.questions.connection.detail(next.apiOrigin, next.proxyMode, next.proxyUrl))
      return apply(wanted)
    },
    async trust(pem) {
      const { forget, trust } = preferences.words().page.questions.connection
      await agree(pem === null ? forget : trust(...certificatesIn(pem)))
      return apply({ certificates: pem })
    },
    close: () => way.dispatcher.destroy(),
  }
}

/** A proxy's address without a password in it: settings are plain text on disk. */
function readManualProxy(text: string): string {
  const setting = readProxySetting(text)
  if (setting === 'system' || setting === 'none') throw fail('input.invalid', { field: 'proxyUrl' })
  const url = new URL(setting)
  if (url.username !== '' || url.password !== '') {
    throw fail('input.invalid', { field: 'proxyUrl', range: 'an address without a user name and a password' })
  }
  return setting
}

/** So many certificates are named in the question; the others are counted. */
const namedCertificates = 5

/** The names of the first certificates, and how many follow. */
function certificatesIn(pem: string): [names: string[], more: number] {
  const certificates = readCertificates(pem)
  const names = certificates.slice(0, namedCertificates).map(certificateName)
  return [names, certificates.length - names.length]
}
