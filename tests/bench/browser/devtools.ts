import { setTimeout as sleep } from 'node:timers/promises'

/** The first page of a Chromium, over its debugging port. */
export interface Devtools {
  send(method: string, params?: object): Promise<Record<string, unknown>>
  /** The value of an expression, a promise's included. */
  evaluate(expression: string): Promise<unknown>
  close(): void
}

interface Answer {
  id?: number
  method?: string
  params?: Record<string, unknown>
  result?: Record<string, unknown>
  error?: { message: string }
}

/** Attaches as soon as there is a page, with `script` run before anything of it. Rejects after `timeoutMs`. */
export async function attach(port: number, script: string, timeoutMs = 30_000): Promise<Devtools> {
  const end = performance.now() + timeoutMs
  for (;;) {
    const targets = await listTargets(port)
    const page = targets.find(({ type }) => type === 'page')
    if (page) return await attachTo(page.webSocketDebuggerUrl, script)
    if (performance.now() > end) throw new Error('Chromium showed no page.')
    await sleep(10)
  }
}

async function listTargets(port: number): Promise<{ type: string; webSocketDebuggerUrl: string }[]> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/json/list`)
    return (await response.json()) as { type: string; webSocketDebuggerUrl: string }[]
  } catch {
    // It does not listen yet.
    return []
  }
}

async function attachTo(address: string, script: string): Promise<Devtools> {
  const socket = new WebSocket(address)
  const waiting = new Map<number, PromiseWithResolvers<Record<string, unknown>>>()
  let last = 0
  socket.addEventListener('message', ({ data }) => {
    const { id, result, error } = JSON.parse(String(data)) as Answer
    const asked = id === undefined ? undefined : waiting.get(id)
    if (id === undefined || !asked) return
    waiting.delete(id)
    if (error) asked.reject(new Error(error.message))
    else asked.resolve(result ?? {})
  })
  socket.addEventListener('close', () => {
    for (const asked of waiting.values()) asked.reject(new Error('Chromium ended.'))
  })
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve)
    socket.addEventListener('error', reject)
  })
  const send = (method: string, params: object = {}) => {
    const asked = Promise.withResolvers<Record<string, unknown>>()
    waiting.set((last += 1), asked)
    socket.send(JSON.stringify({ id: last, method, params }))
    return asked.promise
  }
  const evaluate = async (expression: string) => {
    const { result } = await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })
    return (result as { value?: unknown } | undefined)?.value
  }
  await send('Page.enable')
  await send('Page.addScriptToEvaluateOnNewDocument', { source: script })
  await evaluate(script)
  return { send, evaluate, close: () => socket.close() }
}
