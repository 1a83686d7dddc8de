// Part of an imitation of the provider, for tests. Shares no code with the application.
import { createHash } from 'node:crypto'
import type { House, Settings } from './house.ts'
import { creditsPerUsd, type Price } from './money.ts'

/** An answer that is ready to be sent. */
export interface Ready {
  status: number
  headers: Record<string, string>
  body: string
}

const model = 'google/gemma-4-31b-it'

/** `GET /v1/models` as documented: filters, sections on request, a weak ETag and 304. Needs no key. */
export function catalogueAnswer(house: House, query: URLSearchParams, ifNoneMatch: string | undefined): Ready {
  const ids = valuesOf(query, 'id')
  const types = valuesOf(query, 'type')
  const sections = new Set(valuesOf(query, 'include'))
  const isAll = sections.has('all') || query.get('details') === 'true'
  const data = rowsOf(house.settings)
    .filter((row) => ids.length === 0 || [row.id, ...row.aliases].some((name) => ids.includes(name.toLowerCase())))
    .filter((row) => types.length === 0 || types.includes(row.type))
    .map(({ pricing, modalities, capabilities, ...identity }) => ({
      ...identity,
      ...((isAll || sections.has('pricing')) && pricing !== undefined ? { pricing } : {}),
      ...(isAll || sections.has('modalities') ? { modalities } : {}),
      ...(isAll || sections.has('capabilities') ? { capabilities } : {}),
    }))
  const body = JSON.stringify({ object: 'list', data })
  const digest = createHash('sha1').update(body).digest('base64').replace(/=+$/, '')
  const etag = `W/"${Buffer.byteLength(body).toString(16)}-${digest}"`
  const isSame = (ifNoneMatch ?? '').split(/,\s*/).includes(etag)
  if (isSame) return { status: 304, headers: { etag }, body: '' }
  return { status: 200, headers: { etag, 'content-type': 'application/json; charset=utf-8' }, body }
}

function valuesOf(query: URLSearchParams, name: string): string[] {
  return query
    .getAll(name)
    .flatMap((value) => value.split(','))
    .map((value) => value.trim().toLowerCase())
    .filter((value) => value !== '')
}

/** The model under two endpoint types, as ids repeat in the real list, and a stranger at a price nobody should read. */
function rowsOf(settings: Settings) {
  const pricing = pricingOf(settings, settings.price)
  const own = {
    id: model,
    info: {
      releasedAt: '2026-04-02',
      name: 'Gemma 4 31B (an imitation for tests)',
      developer: 'Google',
      description: 'A row of an imitation of the provider, for tests.',
      contextLength: settings.contextLength,
      outputMax: settings.outputMax,
      url: 'https://example.invalid/gemma-4-31b-it',
      docsUrl: 'https://example.invalid/docs/gemma-4-31b-it',
    },
    aliases: ['gemma-4-31b-it'],
    tags: ['playground:chat', 'imitation:for-tests'],
    pricing,
    modalities: { input: ['image', 'text', 'document'], output: ['text'] },
    capabilities: ['file_input', 'streaming', 'structured_output', 'vision'],
  }
  const stranger = {
    ...own,
    id: 'imitation/another-model',
    aliases: ['another-model'],
    type: 'openai/chat-completions',
    pricing: pricingOf(settings, { input: 222_000_000, output: 444_000_000, cached: 111_000_000 }),
  }
  const listed = ['openai/chat-completions', 'openai/responses'].map((type) => ({ ...own, type }))
  return settings.isListed ? [stranger, ...listed] : [stranger]
}

function pricingOf(settings: Settings, price: Price): object | undefined {
  const per = settings.pricePer
  const quote = (credits: number) => ({ price: (credits / creditsPerUsd) * (per / 1_000_000), per })
  const token = { name: 'token', content: 'text' }
  const head = { kind: 'fixed', currency: 'USD' }
  switch (settings.priceForm) {
    case 'origin':
      return {
        ...head,
        units: [
          { ...token, origin: 'provided', ...quote(price.input) },
          { ...token, origin: 'generated', ...quote(price.output) },
          { ...token, origin: 'cached', ...quote(price.cached) },
        ],
      }
    case 'measure':
      return {
        ...head,
        units: [
          { name: 'token', measure: 'input', ...quote(price.input) },
          { name: 'token', measure: 'output', ...quote(price.output) },
        ],
      }
    case 'long': {
      // Seen live: `measure` says "output" on every row, also on that of the prompt. Only `origin` tells them apart.
      const long = { type: 'charge', ...token, measure: 'output', phase: 'inference' }
      return {
        ...head,
        units: [
          { ...long, origin: 'provided', author: 'user', ...quote(price.input) },
          { ...long, origin: 'generated', author: 'model', ...quote(price.output) },
          { ...long, origin: 'cached', author: 'user', ...quote(price.cached) },
        ],
      }
    }
    case 'variants':
      return {
        kind: 'variants',
        currency: 'USD',
        dimensions: ['context'],
        variants: [{ when: { context: 'short' }, unit: 'token', ...quote(price.input) }],
      }
    case 'variable':
      return { kind: 'variable', currency: 'USD' }
    case 'absent':
      return undefined
  }
}
