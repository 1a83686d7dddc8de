import type { SecureContext } from 'node:tls'
import { Agent, Dispatcher, Pool, ProxyAgent, Socks5ProxyAgent, buildConnector } from 'undici'
import { createTrust } from './certificates.ts'
import { ProxyFault } from './failures.ts'
import { describeProxy, routeOfEnvironment, routeOfPac, routeOfSetting } from './proxy-route.ts'
import type { Environment, ProxyRoute, ProxySetting } from './proxy-route.ts'

const connectTimeoutMs = 10_000

export interface DispatcherDeps {
  /** From `readProxySetting`. */
  proxy: ProxySetting
  environment: Environment
  /** The system's proxy for an address, in PAC form. */
  resolveProxy: (url: string) => Promise<string>
  /** Trusted issuers beside Node's and the system's, from `readCertificates`. */
  certificates: readonly string[]
}

/**
 * The way to the provider. The route is found anew for every request (networks change under a running application): the
 * person's setting, the environment, the system. A fault of a proxy surfaces as `ProxyFault`; user names and passwords of
 * proxies are in no message. HTTP/1.1 only, so that closing a request closes its socket.
 */
export function createDispatcher(deps: DispatcherDeps): Dispatcher {
  return new RoutedDispatcher(deps)
}

class RoutedDispatcher extends Dispatcher {
  readonly #deps: DispatcherDeps
  readonly #trust: () => SecureContext
  readonly #ways = new Map<string, Dispatcher>()

  constructor(deps: DispatcherDeps) {
    super()
    this.#deps = deps
    this.#trust = createTrust(deps.certificates)
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    const target = new URL(String(options.origin))
    const settled = routeOfSetting(this.#deps.proxy, target) ?? routeOfEnvironment(target, this.#deps.environment)
    if (settled !== null) {
      this.#send(settled, target, options, handler)
      return true
    }
    this.#deps.resolveProxy(`${target.origin}/`).then(
      (answer) => this.#send(routeOfPac(answer), target, options, handler),
      (error: unknown) =>
        refuse(handler, new ProxyFault("the system's proxy setting cannot be read", { cause: error })),
    )
    return true
  }

  override close(): Promise<void>
  override close(callback: () => void): void
  override close(callback?: () => void): Promise<void> | void {
    return settle(Promise.all(this.#taken().map((way) => way.close())), callback)
  }

  override destroy(...given: unknown[]): Promise<void> & void {
    const callback = given.find((each) => typeof each === 'function') as (() => void) | undefined
    const error = given.find((each) => each instanceof Error) ?? null
    return settle(Promise.all(this.#taken().map((way) => way.destroy(error))), callback) as Promise<void> & void
  }

  #taken(): Dispatcher[] {
    const ways = [...this.#ways.values()]
    this.#ways.clear()
    return ways
  }

  #send(
    route: ProxyRoute,
    target: URL,
    options: Dispatcher.DispatchOptions,
    handler: Dispatcher.DispatchHandler,
  ): void {
    try {
      if (route.kind === 'unsupported') throw new ProxyFault(`this kind of proxy cannot be used: ${route.what}`)
      this.#way(route, target).dispatch(options, handler)
    } catch (error) {
      refuse(handler, error instanceof Error ? error : new Error(String(error)))
    }
  }

  #way(route: Exclude<ProxyRoute, { kind: 'unsupported' }>, target: URL): Dispatcher {
    const isTls = target.protocol === 'https:'
    const name = `${isTls ? 'tls ' : ''}${route.kind === 'direct' ? 'direct' : route.url.href}`
    const known = this.#ways.get(name)
    if (known) return known
    const made = route.kind === 'direct' ? straight(this.#tls(isTls)) : through(route.url, this.#tls(true))
    this.#ways.set(name, made)
    return made
  }

  /** Reading the trusted issuers takes time: not done for plain http on this computer. */
  #tls(isNeeded: boolean): { secureContext?: SecureContext } {
    return isNeeded ? { secureContext: this.#trust() } : {}
  }
}

type Tls = { secureContext?: SecureContext }

function straight(tls: Tls): Dispatcher {
  return new Agent({ allowH2: false, connect: { ...tls, timeout: connectTimeoutMs, allowH2: false } })
}

function through(proxy: URL, tls: Tls): Dispatcher {
  const secure = { ...tls, timeout: connectTimeoutMs, allowH2: false }
  const connect = toProxy(proxy, buildConnector(secure))
  if (proxy.protocol.startsWith('socks')) {
    const url = new URL(proxy.href.replace(/^socks5?h?:/, 'socks5:'))
    return new Socks5ProxyAgent(url, { allowH2: false, connect, requestTls: secure })
  }
  return new ProxyAgent({
    uri: proxy.href,
    allowH2: false,
    proxyTunnel: true,
    requestTls: secure,
    proxyTls: secure,
    clientFactory: (origin) => new Pool(origin, { connect, allowH2: false }),
  })
}

/** A connector whose faults are told apart from those of the provider behind the proxy. */
function toProxy(proxy: URL, connect: buildConnector.connector): buildConnector.connector {
  return (options, callback) =>
    connect(options, (...result) => {
      const [error, socket] = result
      if (error === null) return callback(null, socket)
      callback(new ProxyFault(`no connection to the proxy ${describeProxy(proxy)}: ${error.message}`), null)
    })
}

function refuse(handler: Dispatcher.DispatchHandler, error: Error): void {
  handler.onResponseError?.(nothingToStop, error)
}

/** Stands for the request of a refusal: there is nothing to pause or to stop. */
const nothingToStop: Dispatcher.DispatchController = {
  aborted: true,
  paused: false,
  reason: null,
  abort: () => undefined,
  pause: () => undefined,
  resume: () => undefined,
}

function settle(work: Promise<unknown>, callback: (() => void) | undefined): Promise<void> | void {
  const done = work.then(() => undefined)
  if (callback === undefined) return done
  void (async () => {
    await done
    callback()
  })()
}
