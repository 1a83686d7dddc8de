import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test as base, type Chat } from '../helpers/page.ts'
import { hostileTexts } from '../helpers/hostile-texts.ts'
import { branchLength, walkUp } from '../helpers/thread-view.ts'

interface Canary {
  url: string
  /** Every request that anybody made to it. */
  requests: string[]
}

/** A place that nothing may ever be fetched from, and a program that stands for the person's own browser. */
const test = base.extend<{ canary: Canary; opened: () => string[] }>({
  canary: async ({}, use) => {
    const requests: string[] = []
    const server = createServer((request, response) => {
      requests.push(`${request.method} ${request.url}`)
      response.end('canary')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    await use({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests })
    expect(requests, 'nobody asked the canary for anything').toEqual([])
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  },
  opened: async ({}, use, testInfo) => {
    await use(() => {
      const file = testInfo.outputPath('opened.txt')
      return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []
    })
  },
  startWith: async ({}, use, testInfo) => {
    const folder = testInfo.outputPath('bin')
    mkdirSync(folder, { recursive: true })
    const script = `#!/bin/sh\nprintf '%s\\n' "$*" >> '${testInfo.outputPath('opened.txt')}'\n`
    for (const name of ['xdg-open', 'open']) writeFileSync(join(folder, name), script, { mode: 0o755 })
    await use({ env: { PATH: `${folder}:${process.env['PATH'] ?? ''}` } })
  },
})

/** Elements that only a hostile text could have put there. */
const foreign =
  'script:not([src^="/assets/"]), iframe, object, embed, base, meta[http-equiv], form[action], math:not(.katex math), ' +
  '[role=log] img:not([src="/icon.svg"]), [role=log] style, [role=log] link, [role=log] svg:not([aria-hidden], .katex svg), [role=log] a[href], ' +
  '[role=log] [style*="url"], [role=log] [id]:not([id^="base-ui"]), [role=log] [name], nav a:not([href="#/spend"]), nav img'

async function expectUnharmed(page: Page): Promise<void> {
  expect(await page.evaluate(() => '__pwned' in window)).toBe(false)
  expect(await page.locator(foreign).evaluateAll((found) => found.map((each) => each.outerHTML))).toEqual([])
  expect(await page.title()).toBe('Parley')
  expect(page.context().pages()).toHaveLength(1)
}

async function askFor(chat: Chat, question: string): Promise<void> {
  await chat.ask(question)
  await expect(chat.last()).toContainText('billed', { timeout: 30_000 })
}

/** A few of them to a reply, huge ones alone; each between words that must still be there. */
function packed(texts: readonly string[]): string[] {
  const replies: string[][] = [[]]
  for (const text of texts) {
    const last = replies.at(-1) ?? []
    if (last.length === 4 || text.length > 5_000) replies.push([text])
    else last.push(text)
  }
  return replies.map((reply) => ['before', ...reply, 'after'].join('\n\n'))
}

for (const theme of ['HTML', 'Markdown', 'Formulas', 'Size'] as const) {
  test(`${theme}: hostile replies do nothing while they arrive, after a reload, and in the search`, async ({
    chat,
    provider,
    page,
    canary,
  }) => {
    test.slow()
    const texts = packed(hostileTexts(canary.url)[theme])
    for (const text of texts) {
      provider.script({ text, tokensPerChunk: Math.ceil(text.length / 1_000) })
      await askFor(chat, 'Go on')
      await expectUnharmed(page)
    }
    await page.reload()
    await expect.poll(() => branchLength(chat.log)).toBe(2 * texts.length)
    // Huge ones are looked at where the thread opens: hundreds of views say nothing more.
    if (theme === 'Size') await expectUnharmed(page)
    else await walkUp(chat.log, () => expectUnharmed(page))
    const search = chat.nav.getByRole('searchbox', { name: 'Search' })
    for (const query of ['script', 'onerror', canary.url, 'before', '" OR 1=1 --', '*', 'NEAR(', '<mark>']) {
      await search.fill(query)
      await expect(chat.nav.getByRole('status')).toBeVisible()
      await expectUnharmed(page)
    }
  })
}

test('hostile questions do nothing as message, as title and in the list', async ({ chat, provider, page, canary }) => {
  test.slow()
  provider.setDefault({ text: 'Fine.' })
  const renamed = '<img src=x onerror="window.__pwned=1">'
  const lines = hostileTexts(canary.url)
    .HTML.filter((text) => !text.includes('\n') && text !== renamed)
    .slice(0, 12)
  for (const line of lines) {
    await askFor(chat, line)
    await expectUnharmed(page)
    await chat.newChat()
  }
  await expect(chat.nav.getByRole('listitem')).toHaveCount(lines.length + 1)
  await page.reload()
  await expect(chat.nav.getByRole('listitem')).toHaveCount(lines.length + 1)
  await expectUnharmed(page)
  await chat.nav.getByRole('listitem').nth(1).getByRole('button').first().press('F2')
  await chat.nav.getByRole('textbox', { name: 'Title' }).fill(renamed)
  await chat.nav.getByRole('textbox', { name: 'Title' }).press('Enter')
  await expect(chat.item(renamed)).toBeVisible()
  await expectUnharmed(page)
})

/** What a person would have to confirm; `null`: Parley does not even ask. */
const links: [target: string, asked: string | null][] = [
  ['https://example.org/page?q=1#end', 'example.org'],
  ['http://example.org:8080/', 'example.org:8080'],
  ['https://xn--80ak6aa92e.com/', 'xn--80ak6aa92e.com'],
  ['https://аррӏе.com/', 'xn--'],
  ['mailto:someone@example.org?subject=Hello', 'someone@example.org'],
  ['https://good.example@evil.example/', null],
  ['mailto:someone@example.org?attach=/etc/passwd', null],
  ['javascript:window.__pwned=1', null],
  ['JaVaScRiPt:window.__pwned=1', null],
  ['j&#x61;vascript:window.__pwned=1', null],
  ['data:text/html;base64,PHNjcmlwdD53aW5kb3cuX19wd25lZD0xPC9zY3JpcHQ+', null],
  ['file:///etc/passwd', null],
  ['vbscript:msgbox(1)', null],
  ['calculator:', null],
  ['ms-msdt:/id', null],
  ['search-ms:query=x', null],
  ['smb://host/share', null],
  ['//example.org/page', null],
  ['/settings', null],
  ['#/chat/x', null],
  ['blob:https://example.org/1', null],
  ['parley://open', null],
]

test('a link opens only after it was confirmed outside the page, and shows where it really leads', async ({
  chat,
  provider,
  page,
  parley,
  opened,
}) => {
  test.slow()
  provider.setDefault({ text: links.map(([target], at) => `- [link ${at}](${target})`).join('\n') })
  await chat.ask('Links, please')
  await expect(chat.last()).toContainText('billed')
  const address = page.url()
  for (const [at, [target, asked]] of links.entries()) {
    const link = chat.last().getByText(`link ${at}`, { exact: true })
    await link.click()
    if (asked !== null) {
      expect(await parley.answer('Cancel'), target).toContain(asked)
    } else {
      expect(await parley.isAsking(120), target).toBe(false)
    }
    await link.click({ button: 'middle' })
    expect(page.url()).toBe(address)
    expect(page.context().pages()).toHaveLength(1)
  }
  expect(opened()).toEqual([])
  expect(await page.evaluate(() => '__pwned' in window)).toBe(false)

  const first = chat.last().getByRole('link', { name: 'link 0' })
  await expect(first).toHaveAccessibleDescription('Opens example.org')
  await first.press('Enter')
  await parley.answer('Open it')
  await expect.poll(opened).toEqual(['https://example.org/page?q=1#end'])
})

test('a link that main refuses says so', async ({ chat, provider, page }) => {
  provider.setDefault({ text: 'See [good.example](https://good.example@evil.example/).' })
  await chat.ask('Link?')
  const link = chat.last().getByRole('link')
  await expect(link).toHaveAccessibleDescription('Opens evil.example')
  await link.press('Enter')
  await expect(page.getByText('The link was not opened.')).toBeVisible()
  expect(page.context().pages()).toHaveLength(1)
})

test('the page’s own scripts cannot make code of text', async ({ page, parley, problems, context }) => {
  problems.allow(
    /\[policy\]|Trusted ?Type|TrustedHTML|TrustedScript|unsafe-eval|Content Security Policy|blob:|127\.0\.0\.1:9/,
  )
  // What is appended here runs as a script of the page, under its policy; what is evaluated from outside does not.
  await context.route('**/assets/index-*.js', async (route) => {
    const headers = { ...route.request().headers(), 'sec-fetch-site': 'same-origin' }
    const response = await route.fetch({
      headers: { ...headers, 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'script' },
    })
    await route.fulfill({ response, body: `${await response.text()}\n;(${probe.toString()})()` })
  })
  await parley.start()
  await expect(page.locator('html[data-probe]')).toHaveCount(1)
  const results = JSON.parse((await page.locator('html').getAttribute('data-probe')) ?? '{}') as Record<string, string>
  expect(results).toEqual({
    'new Function': 'refused',
    eval: 'refused',
    'setTimeout of a text': 'refused',
    innerHTML: 'refused',
    'script text': 'refused',
    'worker of a blob': 'refused',
    'worker of data': 'refused',
    'another policy': 'refused',
    DOMParser: 'refused',
    'fetch elsewhere': 'refused',
    'image elsewhere': 'refused',
    'cookie of the session': 'hidden',
  })
})

test('the window has no name that a plain page has not', async ({ chat, page, problems }) => {
  // A drawing by itself names no icon, so the browser looks for one.
  problems.allow(/favicon\.ico/)
  await expect(chat.message).toBeVisible()
  const names = () => page.evaluate(() => Object.getOwnPropertyNames(window))
  const ours = await names()
  const plainPage = await page.context().newPage()
  await plainPage.goto(new URL('/icon.svg', page.url()).href)
  const plain = await plainPage.evaluate(() => Object.getOwnPropertyNames(window))
  expect(ours.filter((name) => !plain.includes(name) && !/^\d+$/.test(name))).toEqual([])
})

test('a dropped or pasted page of HTML is text at most', async ({ chat, page, canary }) => {
  await chat.message.focus()
  await page.evaluate((url) => {
    const data = new DataTransfer()
    data.setData('text/html', `<img src="${url}/paste"><script>window.__pwned=1</script>`)
    data.setData('text/plain', 'pasted')
    document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }))
    for (const type of ['dragover', 'drop']) {
      document.body.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }))
    }
  }, canary.url)
  await expectUnharmed(page)
})

/** Runs inside the page, as a part of its own script. */
async function probe(): Promise<void> {
  const results: Record<string, string> = {}
  const attempt = (name: string, act: () => unknown) => {
    try {
      act()
      results[name] = 'allowed'
    } catch {
      results[name] = 'refused'
    }
  }
  const outcome = (name: string, start: (good: () => void, bad: () => void) => void) =>
    new Promise<void>((resolve) => {
      const say = (text: string) => () => {
        results[name] ??= text
        resolve()
      }
      try {
        start(say('allowed'), say('refused'))
      } catch {
        say('refused')()
      }
    })
  const code = 'self.__pwned = 1'
  attempt('new Function', () => new Function(code)())
  // oxlint-disable-next-line no-eval -- that it throws is what is tested
  attempt('eval', () => (0, eval)(code))
  attempt('setTimeout of a text', () => setTimeout(code as unknown as () => void))
  attempt('innerHTML', () => {
    document.createElement('div').innerHTML = '<b>x</b>'
  })
  attempt('script text', () => {
    document.createElement('script').text = code
  })
  attempt('another policy', () =>
    (
      window as unknown as { trustedTypes: { createPolicy(name: string, rules: object): void } }
    ).trustedTypes.createPolicy('mine', {}),
  )
  attempt('DOMParser', () => new DOMParser().parseFromString('<b>x</b>', 'text/html'))
  attempt('worker of a blob', () => new Worker(URL.createObjectURL(new Blob([code]))))
  attempt('worker of data', () => new Worker(`data:text/javascript,${code}`))
  await outcome('fetch elsewhere', (good, bad) => void fetch('http://127.0.0.1:9/').then(good, bad))
  await outcome('image elsewhere', (good, bad) => {
    const image = new Image()
    image.addEventListener('load', good)
    document.addEventListener('securitypolicyviolation', bad)
    image.src = 'http://127.0.0.1:9/x.png'
  })
  results['cookie of the session'] = document.cookie === '' ? 'hidden' : 'visible'
  document.documentElement.dataset['probe'] = JSON.stringify(results)
}
