// Part of an imitation of the provider, for tests. Shares no code with the application.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { balanceAnswer, billingAnswer, logsAnswer, type AccountAnswer } from './account.ts'
import { catalogueAnswer } from './catalogue.ts'
import { answerChat } from './chat.ts'
import { imitationNotice, isAccepted, keyOf, type House, type Ids, type SeenRequest } from './house.ts'
import { answerInstead, baseHeaders, breakOff, isBrokenOff, refuse } from './instead.ts'
import { openWire } from './wire.ts'

const chatPaths = new Set(['/v1/chat/completions', '/chat/completions'])

/** Takes one request in, records it, and answers it by its path. */
export async function answerRequest(house: House, req: IncomingMessage, res: ServerResponse, ids: Ids): Promise<void> {
  const seen = record(house, req, res)
  const isChat = req.method === 'POST' && chatPaths.has(seen.path)
  if (isChat) {
    const { clientRequestId, inferenceId } = ids
    seen.chat = { clientRequestId, inferenceId, isStream: false, chunksSent: 0, state: 'waiting' }
  }
  const body = await readBody(req, house.settings.maxBodyBytes)
  if (body === null) {
    if (seen.chat) seen.chat.state = 'ended'
    return
  }
  const isTooLong = body === 'too-long'
  if (!isTooLong) {
    seen.body = body
    seen.json = parsed(body)
  }
  if (seen.chat) return answerChat({ house, seen, chat: seen.chat, ids, res, isTooLong })
  if (isTooLong) return refuse(res, seen, ids, { status: 413 })
  await answerOther(house, seen, res, ids)
}

async function answerOther(house: House, seen: SeenRequest, res: ServerResponse, ids: Ids): Promise<void> {
  const scripted = house.pathScripts.get(seen.path)?.shift()
  if (scripted) {
    const wire = openWire(res, scripted)
    const instead = await answerInstead(house, seen, ids, res, wire, scripted)
    if (instead !== 'owed') return
    if (scripted.stallAfter !== undefined) return wire.gone
    if (scripted.resetAfter !== undefined) return breakOff(res, scripted.resetBy)
  }
  if (seen.method !== 'GET') return refuse(res, seen, ids, { status: 404 })
  if (seen.path === '/v1/models' || seen.path === '/models') {
    const { status, headers, body } = catalogueAnswer(house, seen.query, seen.headers['if-none-match'])
    res.writeHead(status, { 'x-imitation': imitationNotice, ...headers })
    res.end(body)
    return
  }
  const key = keyOf(seen.headers)
  if (!isAccepted(house.settings, key)) {
    return refuse(res, seen, ids, { status: 401, message: 'The key is missing or wrong.' })
  }
  const answer = accountAnswer(house, key, seen)
  if (answer === null) return refuse(res, seen, ids, { status: 404, message: `Cannot GET ${seen.path}` })
  if ('status' in answer) return refuse(res, seen, ids, answer)
  res.writeHead(200, { ...baseHeaders(ids), 'content-type': 'application/json; charset=utf-8' })
  res.end(JSON.stringify(answer.body))
}

function accountAnswer(house: House, key: string, seen: SeenRequest): AccountAnswer | null {
  switch (seen.path) {
    case '/v2/billing':
      return billingAnswer(house)
    case '/v1/billing/balance':
      return balanceAnswer(house)
    case '/v2/logs':
      return logsAnswer(house, key, seen.query)
    default:
      return null
  }
}

function record(house: House, req: IncomingMessage, res: ServerResponse): SeenRequest {
  const url = new URL(req.url ?? '/', 'http://imitation')
  const seen: SeenRequest = {
    index: house.requests.length,
    method: req.method ?? '',
    path: url.pathname,
    query: url.searchParams,
    headers: req.headers,
    body: Buffer.alloc(0),
    json: undefined,
    receivedAt: Date.now(),
    status: null,
    chat: null,
    closedAt: null,
    closedBy: null,
  }
  house.requests.push(seen)
  res.once('close', () => {
    seen.closedAt = Date.now()
    seen.closedBy = res.writableFinished || isBrokenOff(res) ? 'provider' : 'client'
    seen.status = res.headersSent ? res.statusCode : null
  })
  return seen
}

/** The whole body; null when the client left before it was complete. */
async function readBody(req: IncomingMessage, maxBytes: number): Promise<Buffer | 'too-long' | null> {
  const blocks: Buffer[] = []
  let size = 0
  try {
    for await (const block of req as AsyncIterable<Buffer>) {
      size += block.length
      if (size <= maxBytes) blocks.push(block)
    }
  } catch {
    return null
  }
  return size > maxBytes ? 'too-long' : Buffer.concat(blocks)
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown
  } catch {
    return undefined
  }
}
