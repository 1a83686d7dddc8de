import { fork } from 'node:child_process'
import { once } from 'node:events'
import { request } from 'node:http'
import { fileURLToPath } from 'node:url'
import type { Order } from './token-server.ts'

/** The token server, as the benchmarks drive it. One chat at a time. */
export interface TokenSource {
  url: string
  /** Sends tokens into the chat that is open, or the next one; resolves when the last is written, with their moments. */
  send(tokens: string[], perSecond: number): Promise<number[]>
  /** Ends the chat. */
  finish(): Promise<void>
  /** How long the first token takes to a bare socket. Milliseconds. */
  rawFirstTokenMs(): Promise<number>
  close(): Promise<void>
}

/** Starts the token server in a process of its own. */
export async function startTokenSource(): Promise<TokenSource> {
  const child = fork(fileURLToPath(new URL('token-server.ts', import.meta.url)))
  const [url] = (await once(child, 'message')) as [string]
  const post = async (path: string, body: unknown) => {
    const response = await fetch(`${url}${path}`, { method: 'POST', body: JSON.stringify(body) })
    return (await response.json()) as unknown
  }
  const send = async (tokens: string[], perSecond: number) =>
    (await post('/bench/send', { tokens, perSecond } satisfies Order)) as number[]
  const finish = async () => {
    if (!(await post('/bench/finish', {}))) throw new Error('No chat is open.')
  }
  return {
    url,
    send,
    finish,
    async rawFirstTokenMs() {
      const seen = Promise.withResolvers<number>()
      const asked = request(`${url}/chat/completions`, { method: 'POST' }, (response) => {
        response.on('data', (bytes: Buffer) => {
          if (bytes.includes('§1')) seen.resolve(performance.timeOrigin + performance.now())
        })
      })
      asked.end('{}')
      const [stamp = 0] = await send(['plain words §1 so '], 200)
      const at = await seen.promise
      await finish()
      return at - stamp
    },
    async close() {
      if (!child.connected) return
      child.disconnect()
      await once(child, 'exit')
    },
  }
}
