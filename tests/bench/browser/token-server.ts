// The provider of the benchmarks, in a process of its own: the tests' imitation answers everything but chats; of a chat
// it sends the tokens it is told to, at the pace it is told, and stamps each as it is written.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { startProvider } from '../../provider/server.ts'

/** What `POST /bench/send` is told. */
export interface Order {
  tokens: string[]
  perSecond: number
}

const imitation = await startProvider()
let chat: ServerResponse | null = null
let arrived = Promise.withResolvers<ServerResponse>()

const server = createServer((request, response) => {
  take(request, response).catch((error: unknown) => {
    console.error(error)
    response.destroy()
  })
})

async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await textOf(request)
  if (request.url === '/bench/send') return answer(response, await send(JSON.parse(body) as Order))
  if (request.url === '/bench/finish') return answer(response, finish())
  if (request.url?.endsWith('/chat/completions')) return begin(response)
  await pass(request, body, response)
}

function begin(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.socket?.setNoDelay(true)
  response.write(event({ choices: [{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }] }))
  chat = response
  arrived.resolve(response)
}

/** Writes every token when it is due; gives the moments. */
async function send({ tokens, perSecond }: Order): Promise<number[]> {
  const response = await arrived.promise
  const startedAt = performance.now()
  const stamps: number[] = []
  while (stamps.length < tokens.length) {
    const due = Math.min(tokens.length, Math.floor(((performance.now() - startedAt) / 1_000) * perSecond) + 1)
    while (stamps.length < due) {
      const content = tokens[stamps.length]
      stamps.push(performance.timeOrigin + performance.now())
      response.write(event({ choices: [{ index: 0, delta: { content }, finish_reason: null }] }))
    }
    const next = startedAt + (stamps.length / perSecond) * 1_000
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, next - performance.now())))
  }
  return stamps
}

function finish(): boolean {
  const response = chat
  chat = null
  arrived = Promise.withResolvers()
  if (!response) return false
  const usage = { prompt_tokens: 10, completion_tokens: 10, total_tokens: 20 }
  response.write(event({ choices: [{ index: 0, delta: { content: '' }, finish_reason: 'stop' }] }))
  response.write(event({ choices: [], usage }))
  response.write(event({ meta: { usage: { credits_used: 20, usd_spent: 0.00001 } } }))
  response.end('data: [DONE]\n\n')
  return true
}

const event = (chunk: object) =>
  `data: ${JSON.stringify({ id: 'bench', object: 'chat.completion.chunk', created: 1, model: 'google/gemma-4-31b-it', ...chunk })}\n\n`

async function pass(request: IncomingMessage, body: string, response: ServerResponse): Promise<void> {
  const { authorization } = request.headers
  const passed = await fetch(`${imitation.url}${request.url ?? '/'}`, {
    method: request.method ?? 'GET',
    headers: { 'content-type': 'application/json', ...(authorization === undefined ? {} : { authorization }) },
    ...(body === '' ? {} : { body }),
  })
  response.writeHead(passed.status, { 'content-type': passed.headers.get('content-type') ?? 'application/json' })
  response.end(await passed.text())
}

async function textOf(request: IncomingMessage): Promise<string> {
  const blocks: Buffer[] = []
  for await (const block of request as AsyncIterable<Buffer>) blocks.push(block)
  return Buffer.concat(blocks).toString('utf8')
}

function answer(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(JSON.stringify(value))
}

process.on('disconnect', () => process.exit(0))
server.requestTimeout = 0
server.keepAliveTimeout = 600_000
server.listen(0, '127.0.0.1', () => {
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
})
