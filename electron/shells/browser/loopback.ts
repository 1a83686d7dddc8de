import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server on 127.0.0.1 and nowhere else. */
export interface Loopback {
  port: number
  /** `127.0.0.1:PORT`: the only Host that is answered. */
  authority: string
  /** Takes no more requests, waits up to `graceMs` for those under way, then cuts what is left. */
  close(graceMs: number): Promise<void>
}

/**
 * Listens on a port of 127.0.0.1 (0: any free one). Requests that arrive too slowly are cut: headers within 10 s, all of
 * it within 30 s. Rejects with words for a person when the port cannot be had.
 */
export async function listenOnLoopback(wantedPort: number, listener: RequestListener): Promise<Loopback> {
  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 30_000, connectionsCheckingInterval: 1_000 },
    listener,
  )
  server.maxConnections = 128
  server.maxRequestsPerSocket = 0
  server.on('clientError', (_error, socket) => void socket.destroy())
  await listen(server, wantedPort)
  const { port } = server.address() as AddressInfo
  return { port, authority: `127.0.0.1:${port}`, close: (graceMs) => close(server, graceMs) }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new Error(inWords(error, port), { cause: error })))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, resolve)
  })
}

function inWords(error: NodeJS.ErrnoException, port: number): string {
  if (error.code === 'EADDRINUSE') return `Port ${port} is taken by another program. Choose another one with --port.`
  if (error.code === 'EACCES') return `Port ${port} is reserved for the system. Choose one above 1023 with --port.`
  return `Parley could not listen on 127.0.0.1: ${error.message}`
}

function close(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), graceMs)
    server.close(() => {
      clearTimeout(timer)
      resolve()
    })
    server.closeIdleConnections()
  })
}
