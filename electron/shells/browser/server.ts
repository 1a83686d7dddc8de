import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Result } from '../../contract/errors.ts'
import type { ParleyEvent } from '../../contract/events.ts'
import { limits } from '../../contract/limits.ts'
import { cookieValue, judgeRequest, pageHeaders, type RequestFacts } from '../../main/core/page-policy.ts'
import { answerBody, parseCall } from './call-body.ts'
import { createEventStreams, type EventStreamsOptions } from './event-streams.ts'
import { listenOnLoopback } from './loopback.ts'
import { readBytes } from './request-body.ts'
import type { Session } from './session.ts'
import type { StaticFile } from './static-files.ts'

export interface PageServerOptions {
  /** 0: any free port. */
  port: number
  files: ReadonlyMap<string, StaticFile>
  session: Session
  call(name: string, input: unknown): Promise<Result<unknown>>
  onEvent(listener: (event: ParleyEvent) => void): () => void
  events?: EventStreamsOptions
}

/** The page, its calls and its events on one port of 127.0.0.1. */
export interface PageServer {
  /** `http://127.0.0.1:PORT/` */
  address: string
  /** The address that lets one browser in, once. */
  entryAddress(ticket: string): string
  /** Windows that listen for events now. */
  windowCount(): number
  /** Ends the event streams, lets calls under way finish for up to 2 seconds, then closes. */
  close(): Promise<void>
}

/** The envelope around a call's input: its name and JSON's own characters. */
const envelopeBytes = 4 * 1024
const maxStreams = 16

/**
 * Serves the page. `GET /enter?ticket=…` gives the cookie; `POST /call` takes `{name, input}` and answers a `Result`;
 * `GET /events` is a stream of `ParleyEvent`; every other path is a file of the build. All else is refused.
 */
export async function createPageServer(options: PageServerOptions): Promise<PageServer> {
  const { files, session } = options
  const headers = pageHeaders('browser')
  const streams = createEventStreams(options.events)

  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    const cookieName = `parley-${loopback.port}`
    const verdict = judgeRequest(factsOf(request, session, cookieName), loopback.authority)
    switch (verdict.kind) {
      case 'refused':
        return refuse(response, verdict.status, verdict.reason)
      case 'enter': {
        const cookie = session.enter(verdict.ticket)
        if (cookie === null) return refuse(response, 403, 'this address was used before, or too late')
        response.setHeader('Set-Cookie', `${cookieName}=${cookie}; Path=/; HttpOnly; SameSite=Strict`)
        return sendText(response, 200, 'text/html; charset=utf-8', entryPage)
      }
      case 'events':
        if (streams.count() >= maxStreams) return refuse(response, 503, 'too many windows')
        return streams.open(response, singleHeader(request, 'last-event-id'))
      case 'call':
        return answerCall(request, response, options.call)
      case 'file':
        return sendFile(request, response, files.get(verdict.path))
    }
  }

  const loopback = await listenOnLoopback(options.port, (request, response) => {
    respond(request, response).catch(() => {
      // A fault of ours while answering one request: cut that connection, keep the others.
      response.destroy()
    })
  })
  const stopListening = options.onEvent(streams.publish)

  return {
    address: `http://${loopback.authority}/`,
    entryAddress: (ticket) => `http://${loopback.authority}/enter?ticket=${ticket}`,
    windowCount: streams.count,
    close: () => {
      stopListening()
      streams.close()
      return loopback.close(2_000)
    },
  }
}

/** A redirect by status would still count as the other site's, and SameSite=Strict would keep the cookie back. */
const entryPage =
  '<!doctype html><html lang="en"><meta charset="utf-8"><link rel="icon" href="/icon.svg"><meta http-equiv="refresh" content="0;url=/"><title>Parley</title></html>'

function factsOf(request: IncomingMessage, session: Session, cookieName: string): RequestFacts {
  return {
    method: request.method ?? '',
    target: request.url ?? '',
    host: request.headers.host,
    origin: request.headers.origin,
    site: singleHeader(request, 'sec-fetch-site'),
    mode: singleHeader(request, 'sec-fetch-mode'),
    dest: singleHeader(request, 'sec-fetch-dest'),
    contentType: request.headers['content-type'],
    isServiceWorker: request.headers['service-worker'] !== undefined,
    hasSession: session.isOpen(cookieValue(request.headers.cookie, cookieName)),
  }
}

async function answerCall(request: IncomingMessage, response: ServerResponse, call: PageServerOptions['call']) {
  const given = await readBytes(request, limits.callBytes + envelopeBytes)
  if (given === null) return refuse(response, 413, 'too large')
  const asked = parseCall(given, request.headers['content-type'])
  const result = asked
    ? await call(asked.name, asked.input).catch(() => failure('internal', 'The call ended in an unexpected error.'))
    : failure('input.invalid', 'Not a call.')
  const { type, body } = answerBody(result)
  sendBody(response, asked ? 200 : 400, type, body)
}

const failure = (code: 'internal' | 'input.invalid', detail: string): Result<unknown> => ({
  ok: false,
  failure: { code, text: 'none', money: 'none', detail },
})

function sendFile(request: IncomingMessage, response: ServerResponse, file: StaticFile | undefined): void {
  if (!file) return refuse(response, 404, 'there is nothing here')
  response.setHeader('ETag', file.etag)
  response.setHeader('Cache-Control', file.isImmutable ? 'private, max-age=31536000, immutable' : 'private, no-cache')
  if (request.headers['if-none-match'] === file.etag) response.writeHead(304).end()
  else response.writeHead(200, { 'Content-Type': file.type, 'Content-Length': file.body.length }).end(file.body)
}

function sendText(response: ServerResponse, status: number, type: string, text: string): void {
  sendBody(response, status, type, Buffer.from(text))
}

function sendBody(response: ServerResponse, status: number, type: string, body: Buffer): void {
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': body.length, 'Cache-Control': 'no-store' })
  response.end(body)
}

function refuse(response: ServerResponse, status: number, reason: string): void {
  // What is left of a body is not read.
  response.setHeader('Connection', 'close')
  const text = `Parley does not answer this (${reason}). To open Parley, use its own window or start it again.\n`
  sendText(response, status, 'text/plain; charset=utf-8', text)
}

function singleHeader(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name]
  return Array.isArray(value) ? value.join(',') : value
}
