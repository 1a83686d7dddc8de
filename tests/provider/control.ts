// Part of an imitation of the provider, for tests. Shares no code with the application.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { readBehaviour } from './behaviour.ts'
import { imitationNotice, type SeenRequest, type Settings } from './house.ts'
import type { Provider } from './server.ts'

/**
 * Drives a running imitation from another process, with the functions a test in the same process uses.
 * POST script [behaviours] · default behaviour · path {path, behaviours} · configure settings · release · reset ·
 * balance {credits}; GET books · requests · streams · faults. Anything wrong is answered 400 with the reason.
 */
export async function answerControl(
  provider: Provider,
  path: string,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  try {
    const blocks: Buffer[] = []
    for await (const block of req as AsyncIterable<Buffer>) blocks.push(block)
    const text = Buffer.concat(blocks).toString('utf8')
    const body = text === '' ? undefined : (JSON.parse(text) as unknown)
    const order = `${req.method ?? ''} ${path.slice('/__control/'.length)}`
    send(res, 200, obey(provider, order, body) ?? { ok: true })
  } catch (error) {
    send(res, 400, { error: error instanceof Error ? error.message : String(error) })
  }
}

function obey(provider: Provider, order: string, body: unknown): unknown {
  switch (order) {
    case 'POST script':
      return provider.script(...listOf(body).map(readBehaviour))
    case 'POST default':
      return provider.setDefault(readBehaviour(body))
    case 'POST path': {
      const { path, behaviours } = body as { path: string; behaviours: unknown }
      return provider.scriptPath(path, ...listOf(behaviours).map(readBehaviour))
    }
    case 'POST configure':
      return provider.configure(body as Partial<Settings>)
    case 'POST balance':
      provider.books.balance = (body as { credits: number }).credits
      return undefined
    case 'POST release':
      return provider.release()
    case 'POST reset':
      return provider.reset()
    case 'GET books': {
      const { rows, balance, requestCount } = provider.books
      return { total: provider.books.total(), balance, requestCount, rows }
    }
    case 'GET requests':
      return provider.requests.map(plainRequest)
    case 'GET streams':
      return provider.chats().map(plainStream)
    case 'GET faults':
      return provider.faults
    default:
      throw new Error(`The imitation knows no control «${order}».`)
  }
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value]
}

function plainRequest(seen: SeenRequest): object {
  const { body, query, ...rest } = seen
  return { ...rest, query: Object.fromEntries(query), bodyBytes: body.length }
}

function plainStream({ index, chat, receivedAt, closedAt, closedBy, status }: SeenRequest): object {
  return { index, ...chat, receivedAt, closedAt, closedBy, status }
}

function send(res: ServerResponse, status: number, body: unknown): void {
  res.writeHead(status, { 'content-type': 'application/json', 'x-imitation': imitationNotice })
  res.end(JSON.stringify(body))
}
