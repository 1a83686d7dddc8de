import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Language } from '../../contract/strings/languages.ts'
import { questionHeaders } from '../../main/core/page-policy.ts'
import { wordsFor } from '../../main/core/words.ts'
import type { Question } from '../../main/ports.ts'
import { listenOnLoopback, type Loopback } from './loopback.ts'
import { questionEndPage, questionPage, questionStyleHash } from './question-page.ts'
import { readBody } from './request-body.ts'

/** Asks the person outside the application's page. */
export interface Questions {
  /** Whether the person confirmed. Declined after 2 minutes, when the window is closed, and when Parley ends. One at a time. */
  ask(question: Question): Promise<boolean>
  close(): Promise<void>
}

export interface QuestionsOptions {
  /** Shows an address to the person, and to nobody else. `gone` resolves when it cannot be answered there any more. */
  show(address: string): { gone: Promise<void>; dismiss(): void }
  timeoutMs?: number
}

interface Open {
  question: Question
  path: string
  proof: string
  answer(isConfirmed: boolean): void
}

/**
 * Asks on a port of its own: another origin, which the application's page can neither read nor script, at an address it
 * cannot guess, with a form that carries a proof only that page contains.
 */
export function createQuestions({ show, timeoutMs = 120_000 }: QuestionsOptions): Questions {
  let server: Promise<Loopback> | null = null
  let open: Open | null = null
  let isClosed = false
  // That of the last question: whoever comes late reads the language of what was asked.
  let language: Language = 'en'
  let queue: Promise<unknown> = Promise.resolve()

  const respond = async (request: IncomingMessage, response: ServerResponse, authority: string): Promise<void> => {
    for (const [name, value] of Object.entries(questionHeaders(questionStyleHash))) response.setHeader(name, value)
    if (!isAllowed(request, authority)) return send(response, 403, 'en', 'Parley does not answer this.')
    const current = open
    if (!current || !isSame(request.url ?? '', current.path)) {
      return send(response, 404, language, wordsFor(language, []).page.questions.answered.over)
    }
    if (request.method === 'GET') return sendHtml(response, 200, questionPage(current.question, current.proof))
    const form = new URLSearchParams((await readBody(request, 4_096)) ?? '')
    if (!isSame(form.get('proof') ?? '', current.proof))
      return send(response, 403, 'en', 'Parley does not answer this.')
    const isConfirmed = form.get('answer') === 'confirm'
    response.on('close', () => current.answer(isConfirmed))
    return send(response, 200, language, wordsFor(language, []).page.questions.answered.thanks)
  }

  const start = async (): Promise<Loopback> => {
    const loopback: Loopback = await listenOnLoopback(0, (request, response) => {
      respond(request, response, loopback.authority).catch(() => response.destroy())
    })
    return loopback
  }

  const askNow = async (question: Question): Promise<boolean> => {
    if (isClosed) return false
    server ??= start()
    const { authority } = await server
    const { promise, resolve } = Promise.withResolvers<boolean>()
    const path = `/${randomBytes(32).toString('base64url')}`
    language = question.language
    open = { question, path, proof: randomBytes(32).toString('base64url'), answer: resolve }
    const shown = show(`http://${authority}${path}`)
    const timer = setTimeout(() => resolve(false), timeoutMs)
    void shown.gone.then(() => resolve(false))
    const isConfirmed = await promise
    open = null
    clearTimeout(timer)
    shown.dismiss()
    return isConfirmed
  }

  return {
    ask: (question) => {
      const answer = queue.then(() => askNow(question))
      // The next question waits for this one, however it ends.
      queue = answer.catch(() => false)
      return answer
    },
    close: async () => {
      isClosed = true
      open?.answer(false)
      // When it never started listening, whoever asked was told.
      const loopback = await server?.catch(() => null)
      await loopback?.close(200)
    },
  }
}

function isAllowed(request: IncomingMessage, authority: string): boolean {
  const { host, origin, 'sec-fetch-site': site, 'sec-fetch-mode': mode, 'sec-fetch-dest': dest } = request.headers
  if (host !== authority || mode !== 'navigate' || dest !== 'document') return false
  if (request.method === 'POST') return origin === `http://${authority}` && site === 'same-origin'
  return request.method === 'GET' && (site === 'none' || site === 'cross-site' || site === 'same-origin')
}

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)]
  return a.length === b.length && timingSafeEqual(a, b)
}

const send = (response: ServerResponse, status: number, language: Language, text: string) =>
  sendHtml(response, status, questionEndPage(language, text))

function sendHtml(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Length': Buffer.byteLength(html),
    Connection: 'close',
  })
  response.end(html)
}
