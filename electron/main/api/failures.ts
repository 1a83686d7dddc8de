import { FailureError, type Failure, type FailureCode, type MoneyFate } from '../../contract/errors.ts'
import type { Credits } from '../../contract/money.ts'
import { cleanDetail } from './detail.ts'
import { asObject, own, readJson, readSaid } from './wire.ts'
import type { WireError } from './wire.ts'

/** The longest wait a provider may ask for: an hour. */
const longestWaitMs = 3_600_000

/** An answer that is not a reply. */
export interface Answer {
  status: number
  /** Header values by lower-case name; `null` where absent. */
  header: (name: string) => string | null
  /** The body as far as it was read. */
  body: string
  key: string | null
  nowMs: number
}

/** An error that came from the proxy or from the way to it, not from the provider. */
export class ProxyFault extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'ProxyFault'
  }
}

/** Whether asking again cannot be a second purchase. Only these two answers; everything else is the person's decision. */
export function mayRetryStatus(status: number): boolean {
  return status === 429 || status === 503
}

/** What an answer with an HTTP status other than 200 means. The provider does not charge failed requests. */
export function failureOfAnswer(answer: Answer): Failure {
  const body = readJson(answer.body)
  const said = body === null ? null : readSaid(body)
  const message = said?.message || plainText(answer)
  const code = codeOf(answer.status, `${said?.marks ?? ''} ${message}`)
  return {
    code,
    text: 'kept',
    money: moneyOf(answer.status),
    status: answer.status,
    ...detailOf(message || `HTTP ${answer.status}`, answer.key),
    ...retryOf(answer),
  }
}

/** What an error inside a 200 means. Unless it was billed, whether it was charged is not known. */
export function failureOfReplyError(error: WireError, credits: Credits | null, key: string | null): Failure {
  const isBalance = isOutOfCredit(`${error.marks} ${error.message}`)
  return {
    code: isBalance ? 'balance.empty' : 'reply.error',
    text: 'kept',
    money: credits !== null ? 'charged' : isBalance ? 'not-charged' : 'unknown',
    ...(error.status === null ? {} : { status: error.status }),
    ...detailOf(error.message, key),
  }
}

/**
 * What an error of the network means. `wasSent`: a byte of the request may have left, so it may be charged. `hasAnswered`:
 * a byte of the answer came.
 */
export function failureOfError(
  error: unknown,
  context: { wasSent: boolean; hasAnswered: boolean; key: string | null },
): Failure {
  const ours = causes(error).find((each) => each instanceof FailureError)
  // Our own bytes ended before the request did: nobody got a whole one.
  if (ours) return { ...ours.failure, text: 'kept', money: 'not-charged' }
  const code = networkCode(error, context)
  return {
    code,
    text: 'kept',
    money: context.wasSent ? 'unknown' : 'not-charged',
    ...detailOf(describe(error), context.key),
  }
}

/** A failure that the client itself found, with a fixed sentence. */
export function ownFailure(code: FailureCode, money: MoneyFate, detail?: string): Failure {
  return { code, text: 'kept', money, ...(detail === undefined ? {} : { detail }) }
}

function codeOf(status: number, words: string): FailureCode {
  if (status >= 300 && status < 400) return 'network.redirect'
  if (status === 401) return 'key.rejected'
  if (status === 402) return 'balance.empty'
  if (status === 403) return isOutOfCredit(words) ? 'balance.empty' : 'access.denied'
  if (status === 404) return 'model.not-found'
  if (status === 407) return 'network.proxy'
  if (status === 413) return 'request.too-large'
  if (status === 429) return 'rate.limited'
  if (status === 408 || status >= 500) return 'provider.failed'
  return 'request.refused'
}

/** The provider's own spelling, and the right one. */
function isOutOfCredit(words: string): boolean {
  return /err_insuffici?ent_credits|OutOfFundsException|run out of credits/i.test(words)
}

/** A timeout at a gateway says nothing about what went on behind it. */
function moneyOf(status: number): MoneyFate {
  return status === 408 || status === 504 || status === 524 ? 'unknown' : 'not-charged'
}

function plainText(answer: Answer): string {
  const isJson = answer.body.trimStart().startsWith('{')
  return isJson ? '' : answer.body
}

function detailOf(text: string, key: string | null): { detail?: string } {
  const detail = cleanDetail(text, key)
  return detail === undefined ? {} : { detail }
}

function retryOf(answer: Answer): { retryAfterMs?: number } {
  const value = answer.header('retry-after')?.trim()
  if (!value) return {}
  const waitMs = /^\d{1,9}$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - answer.nowMs
  return Number.isFinite(waitMs) ? { retryAfterMs: Math.min(Math.max(0, Math.round(waitMs)), longestWaitMs) } : {}
}

const unreachable = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EAI_NODATA',
  'EAI_NONAME',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'EHOSTDOWN',
  'EADDRNOTAVAIL',
  'EACCES',
  'EPERM',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
])

const certificate =
  /^(CERT_|UNABLE_TO_|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED_CERT|ERR_TLS_|ERR_SSL_|HOSTNAME_MISMATCH$|INVALID_CA$|INVALID_PURPOSE$|PATH_LENGTH_EXCEEDED$|EPROTO$)/

/** There was a connection, and the other side or something between ended it. */
const cut = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'])

function networkCode(error: unknown, context: { wasSent: boolean; hasAnswered: boolean }): FailureCode {
  const chain = causes(error)
  if (chain.some(isProxyError)) return 'network.proxy'
  const codes = chain.map(errorCode)
  if (codes.some((code) => certificate.test(code))) return 'network.tls'
  if (codes.some((code) => code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT')) {
    return 'network.timeout'
  }
  if (context.hasAnswered) return 'reply.ended-early'
  if (chain.some((each) => each.name === 'HTTPParserError')) return 'reply.unreadable'
  if (codes.some((code) => cut.has(code))) return 'network.reset'
  if (!context.wasSent || codes.some((code) => unreachable.has(code) && code !== 'ETIMEDOUT')) {
    return 'network.unreachable'
  }
  return 'network.reset'
}

function isProxyError(error: Error): boolean {
  const code = errorCode(error)
  return (
    error instanceof ProxyFault ||
    code.startsWith('UND_ERR_PRX') ||
    code.startsWith('UND_ERR_SOCKS5') ||
    /^Proxy response \(\d+\)|^Proxy Authentication Required/.test(error.message)
  )
}

/** The error, its causes and, for a connection tried at several addresses, the errors of each. */
function causes(error: unknown, depth = 0): Error[] {
  if (!(error instanceof Error) || depth > 5) return []
  const inner = error instanceof AggregateError ? error.errors.flatMap((each) => causes(each, depth + 1)) : []
  return [error, ...inner, ...causes(error.cause, depth + 1)]
}

function errorCode(error: Error): string {
  const code = own(asObject(error), 'code')
  return typeof code === 'string' ? code : ''
}

/** The first message that says something, and the system's code if it is not in there. */
function describe(error: unknown): string {
  const chain = causes(error)
  const message = chain.map((each) => each.message).find((text) => text !== '') ?? ''
  const code = chain.map(errorCode).find((text) => text !== '') ?? ''
  return message.includes(code) ? message : `${message} (${code})`.trim()
}
