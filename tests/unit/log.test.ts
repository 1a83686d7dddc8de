import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fail } from '../../electron/contract/errors.ts'
import { createLogger, type LoggerOptions } from '../../electron/main/log/logger.ts'
import { createRedactor, redacted } from '../../electron/main/log/redactor.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-log-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const open = (more: Partial<LoggerOptions> = {}) =>
  createLogger({ folder, now: () => Date.UTC(2026, 10, 22), level: 'debug', ...more })

const allText = () =>
  readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('')

const linesOf = (name = 'parley.log') =>
  readFileSync(join(folder, name), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

/** Every encoding in which a reader of the log could find the value again; the shortest ones are its alignments in base64. */
function traces(secret: string): string[] {
  const bytes = Buffer.from(secret)
  const aligned = [0, 1, 2].map((offset) =>
    Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .slice([0, 2, 3][offset], -4),
  )
  return [
    secret,
    secret.slice(0, 12),
    secret.slice(-12),
    encodeURIComponent(secret),
    encodeURIComponent(encodeURIComponent(secret)),
    JSON.stringify(secret).slice(1, -1),
    ...aligned,
    ...aligned.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    [...bytes].join(','),
    [...secret].join('","'),
  ]
}

describe('a canary key', () => {
  // One that looks like no key at all, and whose characters change under every encoding.
  const canaries = ['c4n4ry"Key/with+odd&chars=%42\\end~zz', '9f86d081884c7d659a2feaa0c55ad015', 'plainwordsonly']

  test.each(canaries)('logged in every way leaves no trace: %s', (canary) => {
    const logger = open()
    logger.redact(canary)
    const bytes = Buffer.from(canary)
    const cause = new Error(`refused: ${canary}`, { cause: { headers: [['x-other', canary]] } })
    const withField = Object.assign(new TypeError('outer', { cause }), { config: { auth: canary, plain: canary } })
    const everywhere: unknown[] = [
      canary,
      `before ${canary} after`,
      `${canary}${canary}`,
      { plain: canary, nested: { deep: { deeper: [canary, { [canary]: 1 }] } } },
      new Error(canary),
      withField,
      new AggregateError([cause, new Error(canary)], canary),
      fail('provider.failed', { detail: `echo ${canary}` }),
      `https://user:${encodeURIComponent(canary)}@proxy.example:8080/?q=${encodeURIComponent(canary)}`,
      new URL(`https://host.example/?q=${encodeURIComponent(canary)}`),
      new URLSearchParams({ q: canary, access_token: canary }),
      new Headers({ 'x-any': canary, authorization: `Bearer ${canary}` }),
      encodeURIComponent(encodeURIComponent(canary)),
      bytes.toString('base64'),
      bytes.toString('base64url'),
      `Basic ${Buffer.from(`user:${canary}`).toString('base64')}`,
      Buffer.from(`ab${canary}cd`).toString('base64'),
      Buffer.from(`a${canary}c`).toString('base64url'),
      encodeURIComponent(bytes.toString('base64')),
      bytes.toString('hex'),
      bytes.toString('hex').toUpperCase(),
      bytes,
      new Uint8Array(bytes),
      [...bytes],
      inspect(bytes),
      JSON.stringify(bytes),
      JSON.stringify({ a: canary }),
      JSON.stringify(JSON.stringify({ a: canary })),
      JSON.stringify(JSON.stringify(JSON.stringify([canary]))),
      inspect({ a: { b: canary } }),
      [...canary],
      JSON.stringify([...canary]),
      ['Authorization', `Bearer ${canary}`, 'X-Other', canary],
      { name: 'authorization', value: canary },
      new Map([['k', canary]]),
      new Set([canary]),
      Array.from(canary, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
      `${'x'.repeat(31_990)}${canary}`,
      `${canary.repeat(900)} ${'y'.repeat(50_000)}`,
      `${'z'.repeat(1_990)}${canary}`,
    ]
    everywhere.forEach((item, at) => {
      logger.info(typeof item === 'string' ? item : `item ${at}`, { item, list: [item] })
      logger.error(`message ${String(at)} ${typeof item === 'string' ? item : inspect(item)}`)
    })
    logger.close()
    const text = allText()
    expect(text.split('\n').length - 1).toBe(everywhere.length * 2)
    expect(traces(canary).filter((trace) => text.includes(trace))).toEqual([])
    expect(text).toContain(redacted)
  })

  test('any key at any place of any text, in every encoding', () => {
    const key = fc.string({
      minLength: 12,
      maxLength: 64,
      unit: fc.integer({ min: 33, max: 126 }).map((c) => String.fromCharCode(c)),
    })
    fc.assert(
      fc.property(key, fc.string({ maxLength: 20 }), fc.string({ maxLength: 20 }), (secret, before, after) => {
        const redactor = createRedactor()
        redactor.add(secret)
        const around = `${before}${secret}${after}`
        const encodings = [
          around,
          encodeURIComponent(around.toWellFormed()),
          JSON.stringify(around),
          JSON.stringify(JSON.stringify(around)),
          Buffer.from(around).toString('base64'),
          Buffer.from(around).toString('base64url'),
          Buffer.from(around).toString('hex'),
        ]
        for (const encoded of encodings) {
          const clean = redactor.text(encoded)
          expect(clean).toContain('[redacted]')
          const forms = traces(secret).filter((trace) => trace.length >= 12)
          expect(
            forms.filter((trace) => clean.includes(trace) && !before.includes(trace) && !after.includes(trace)),
          ).toEqual([])
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe('secrets nobody registered', () => {
  const redactor = createRedactor()

  test.each([
    ['Authorization: Bearer abcDEF123456', 'abcDEF123456'],
    ['authorization=secretsecret', 'secretsecret'],
    ['got {"apiKey":"0123456789abcdef0123"} back', '0123456789abcdef0123'],
    [String.raw`{\"access_token\":\"0123456789abcdef0123\"}`, '0123456789abcdef0123'],
    ['GET /x?api_key=0123456789abcdef&y=1', '0123456789abcdef'],
    ['AIMLAPI_API_KEY=0123456789abcdef', '0123456789abcdef'],
    ['Set-Cookie: sid=abc; Path=/', 'sid=abc'],
    ['password: "pw"', '"pw"'],
    ['proxy http://joe:hunter2@proxy.example:3128 refused', 'hunter2'],
    ['http:\\/\\/joe:hunter2@proxy.example', 'hunter2'],
    ['http://token-only@proxy.example', 'token-only'],
    ['Incorrect API key provided: sk-proj-abc123def456', 'abc123def456'],
    ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl', 'eyJzdWIiOiIxIn0'],
  ])('%s', (text, secret) => {
    expect(redactor.text(text)).not.toContain(secret)
    expect(redactor.text(text)).toContain(redacted)
  })

  test.each([
    'authorization',
    'Proxy-Authorization',
    'apiKey',
    'api_key',
    'key',
    'token',
    'refreshToken',
    'clientSecret',
    'password',
    'cookie',
    'set-cookie',
    'credentials',
  ])('a field named %s', (name) => {
    expect(redactor.value({ [name]: 'x1', in: [{ [name]: { deep: ['x1'] } }] })).toEqual({
      [name]: redacted,
      in: [{ [name]: { deep: [redacted] } }],
    })
  })

  test('what only sounds like a secret stays', () => {
    const fields = {
      totalTokens: 475,
      maxTokens: 1_000,
      hasKey: true,
      token: null,
      keychain: 'unavailable',
      where: 'session',
      sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      route: 'conversations.rename',
      sizes: [1, 2, 3],
      text: 'risk-management: Basic understanding, basic understanding, total_tokens: 475, the key was missing',
      url: 'https://api.aimlapi.com/v1/chat/completions',
    }
    expect(redactor.value(fields)).toEqual(fields)
  })
})

describe('values', () => {
  const redactor = createRedactor()

  test('an error keeps its name, message, code, stack and causes', () => {
    const error = Object.assign(new Error('outer', { cause: new RangeError('inner') }), { code: 'ECONNRESET' })
    expect(redactor.value(error)).toMatchObject({
      name: 'Error',
      message: 'outer',
      code: 'ECONNRESET',
      stack: expect.stringContaining('log.test.ts'),
      cause: { name: 'RangeError', message: 'inner' },
    })
  })

  test('circular, hostile and huge values end as small JSON', () => {
    const circular: Record<string, unknown> = { a: 1 }
    circular['self'] = circular
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    const deep: Record<string, unknown> = {}
    let at = deep
    for (let depth = 0; depth < 10_000; depth++) at = at['d'] = {}
    const wide = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`k${i}`, { v: 'x'.repeat(5_000) }]))
    const hostile = {
      get bad() {
        throw new Error('no')
      },
      toJSON: () => 'never called',
      big: 10n,
      nan: Number.NaN,
      symbol: Symbol('s'),
      run: () => 1,
      date: new Date(Number.NaN),
    }
    const clean = redactor.value({ circular, proxy, deep, wide, hostile, proto: JSON.parse('{"__proto__":{"x":1}}') })
    const json = JSON.stringify(clean)
    expect(json.length).toBeLessThan(40_000)
    expect(json).toContain('[circular]')
    expect(json).toContain('"proxy":"[unreadable]"')
    expect(({} as Record<string, unknown>)['x']).toBeUndefined()
    expect(redactor.value(hostile)).toMatchObject({ bad: '[unreadable]', big: '10', nan: 'NaN', date: 'Invalid Date' })
  })

  test('a 10 MB string costs little and is cut', () => {
    redactor.add('k'.repeat(512))
    const before = performance.now()
    const clean = redactor.text(`${'k'.repeat(511)} `.repeat(20_000))
    expect(performance.now() - before).toBeLessThan(3_000)
    expect(clean.length).toBeLessThan(2_100)
    expect(clean).toContain('10240000 characters')
  })
})

describe('files', () => {
  test('are JSON lines of 0600, with time and level', () => {
    const logger = open({ level: 'info' })
    logger.debug('unseen')
    logger.warn('seen', { count: 2 })
    expect(linesOf()).toEqual([
      { time: '2026-11-22T00:00:00.000Z', level: 'warn', message: 'seen', fields: { count: 2 } },
    ])
    if (process.platform !== 'win32') expect(statSync(join(folder, 'parley.log')).mode & 0o777).toBe(0o600)
    logger.close()
    logger.close()
    logger.info('after the end')
    expect(linesOf()).toHaveLength(1)
  })

  test('rotate by size; the oldest go; each begins with a whole line', () => {
    const logger = open({ maxBytes: 1_000, maxFiles: 3 })
    for (let at = 0; at < 100; at++) logger.info(`line ${at}`, { pad: 'p'.repeat(60) })
    expect(readdirSync(folder).toSorted()).toEqual(['parley.1.log', 'parley.2.log', 'parley.log'])
    const kept = ['parley.2.log', 'parley.1.log', 'parley.log'].flatMap((name) => {
      expect(statSync(join(folder, name)).size).toBeLessThanOrEqual(1_000)
      if (process.platform !== 'win32') expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600)
      return linesOf(name).map((line) => line['message'])
    })
    expect(kept).toEqual(Array.from({ length: kept.length }, (_, at) => `line ${100 - kept.length + at}`))
    logger.close()
  })

  test('go on where the last run ended', () => {
    const first = open()
    first.info('one')
    first.close()
    const second = open()
    second.info('two')
    expect(linesOf().map((line) => line['message'])).toEqual(['one', 'two'])
    second.erase()
    expect(readdirSync(folder)).toEqual([])
    second.info('three')
    expect(linesOf().map((line) => line['message'])).toEqual(['three'])
    second.close()
  })

  test('lost lines are counted and told; nothing is thrown', () => {
    const inTheWay = join(folder, 'logs')
    writeFileSync(inTheWay, '')
    const logger = open({ folder: inTheWay })
    logger.info('lost 1')
    logger.info('lost 2')
    rmSync(inTheWay)
    logger.info('written')
    logger.info('also written')
    logger.close()
    expect(linesOf('logs/parley.log')).toMatchObject([{ message: 'written', lost: 2 }, { message: 'also written' }])
    expect(linesOf('logs/parley.log')[1]).not.toHaveProperty('lost')
  })

  test.skipIf(process.platform === 'win32')('nothing is written through a link', () => {
    const target = join(folder, 'target')
    writeFileSync(target, '')
    symlinkSync(target, join(folder, 'parley.log'))
    const logger = open()
    logger.info('lost')
    rmSync(join(folder, 'parley.log'))
    logger.info('after')
    logger.close()
    expect(readFileSync(target, 'utf8')).toBe('')
    expect(linesOf()).toMatchObject([{ message: 'after', lost: 1 }])
  })

  // A limit on file size stands for the full disk: the system takes half a line, then none, then has room again.
  test.runIf(process.platform === 'linux')('a full disk tears one line at most and loses the rest countably', () => {
    const program = `
      import { truncateSync } from 'node:fs'
      import { createLogger } from ${JSON.stringify(join(import.meta.dirname, '../../electron/main/log/logger.ts'))}
      const logger = createLogger({ folder: ${JSON.stringify(folder)}, now: Date.now })
      for (let at = 0; at < 200; at++) logger.info('line ' + at)
      truncateSync(${JSON.stringify(join(folder, 'parley.log'))}, 3000)
      logger.info('room again')
      logger.close()`
    const limited = `ulimit -f 8; trap '' XFSZ; exec "$0" --input-type=module -e "$1"`
    const run = spawnSync('bash', ['-c', limited, process.execPath, program], { encoding: 'utf8' })
    expect(run.stderr).toBe('')
    const lines = readFileSync(join(folder, 'parley.log'), 'utf8').trimEnd().split('\n')
    const torn = lines.filter((line) => !line.endsWith('}'))
    expect(torn).toHaveLength(1)
    const last = JSON.parse(lines.at(-1) ?? '') as { message: string; lost: number }
    expect(last.message).toBe('room again')
    expect(last.lost).toBeGreaterThan(50)
  })
})
