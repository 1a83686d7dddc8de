import { describe, expect, it } from 'vitest'
import { statementWords as words } from '../../../electron/contract/strings/en-statement.ts'
import { priceChanges } from '../../../electron/main/core/price-change.ts'
import { escapeHtml, exactUsd, statementHtml, statementRows } from '../../../electron/main/core/statement.ts'

const rates = (input: number, output: number, cached: number | null = null) => ({
  inputNanoUsdPerMTok: input,
  outputNanoUsdPerMTok: output,
  cachedNanoUsdPerMTok: cached,
})

describe('a change of price', () => {
  it('is said as it was seen: input rose 7.1×', () => {
    expect(priceChanges(rates(192_556_000, 550_160_000), rates(1_361_646_000, 2_049_346_000))).toMatchObject([
      { side: 'input', direction: 'rose', factor: 7.07, amount: '7.1×' },
      { side: 'output', direction: 'rose', factor: 3.73, amount: '3.7×' },
    ])
  })

  it('small ones in percent, falls too, and nothing where nothing changed', () => {
    expect(priceChanges(rates(100, 1_000), rates(112, 400))).toMatchObject([
      { side: 'input', direction: 'rose', amount: '12 %' },
      { side: 'output', direction: 'fell', amount: '2.5×' },
    ])
    expect(priceChanges(rates(1, 2, 3), rates(1, 2, null))).toEqual([])
    expect(priceChanges(null, rates(1, 2))).toEqual([])
  })
})

describe('a statement', () => {
  const cost = { nanoUsd: 1_234_500, computedNanoUsd: 500, unknownCount: 1, reservedNanoUsd: 33_000_000 }
  const input = {
    month: '2026-03',
    zone: 'Europe/Berlin',
    madeAt: Date.UTC(2026, 3, 1),
    total: cost,
    days: [{ day: '2026-03-29', cost }],
    conversations: [
      { conversationId: 'c' as never, title: `<script>alert("x")</script> & 'y'`, isDeleted: false, cost },
      { conversationId: 'd' as never, title: null, isDeleted: true, cost },
    ],
    rest: { count: 2, nanoUsd: 1_000 },
    residual: {
      kind: 'known' as const,
      since: Date.UTC(2026, 2, 1),
      at: Date.UTC(2026, 3, 1),
      balanceNanoUsd: 1,
      fellNanoUsd: 2_000_000,
      thisAppNanoUsd: 1_234_500,
      elsewhereNanoUsd: 765_500,
      notReportedNanoUsd: 0,
      isPartial: false,
      calls: [],
    },
    words,
  }

  it('gives exact dollars', () => {
    expect([0, 500, -1_500, 12_345_000_000].map(exactUsd)).toEqual([
      '0.000000000',
      '0.000000500',
      '-0.000001500',
      '12.345000000',
    ])
  })

  it('as HTML holds no markup of others, no script, nothing from elsewhere', () => {
    const html = statementHtml(input)
    expect(html).toContain(escapeHtml(`<script>alert("x")</script> & 'y'`))
    expect(html).not.toMatch(/<script|<img|<link|href=|src=|\son\w+=/i)
    expect(html).toContain('0.001234500')
    expect(html).toContain('2 more conversations')
  })

  it('as rows has the same amounts, and the account beside the app', () => {
    const rows = statementRows(input)
    expect(rows.find(([kind]) => kind === 'day')).toEqual([
      'day',
      '2026-03-29',
      '0.001234500',
      '0.000000500',
      1,
      '0.033000000',
    ])
    expect(rows.filter(([kind]) => kind === 'provider').map((row) => row[2])).toEqual([
      '0.002000000',
      '0.001234500',
      '0.000765500',
      '0.000000000',
    ])
  })
})
