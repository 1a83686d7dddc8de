import { expect, test } from './ui-house.ts'
import { branchLength, walkUp } from '../helpers/thread-view.ts'

/** What a reply might try, in every place that shows it: while it streams, reloaded, as a title, in the search. */
const payloads = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)><animate onbegin=alert(1)>',
  '<iframe srcdoc="<script>parent.alert(1)</script>"></iframe>',
  '<math><mtext><mglyph><style><img src=x onerror=alert(1)></style></mglyph></mtext></math>',
  '<style>@import url(https://canary.example/a.css); *{background:url(https://canary.example/b)}</style>',
  '<form action="https://canary.example"><input name="querySelector"><input name="body"></form>',
  '<base href="https://canary.example/"><meta http-equiv="refresh" content="0;url=https://canary.example">',
  '<a id="parley" name="parley">clobbered</a>',
  '![image](https://canary.example/a.png) ![ref][r]\n\n[r]: https://canary.example/b.png',
  '![svg](data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9ImFsZXJ0KDEpIi8+) ![file](file:///etc/passwd) ![unc](//canary.example/c)',
  '[a](javascript:alert(1)) [b](j&#x61;vascript:alert(1)) [c](java&#10;script:alert(1)) [d](<javascript:alert(1)>)',
  '[good.example](https://good.example@canary.example/) [mail](mailto:a@b.example?attach=/etc/passwd)',
  '[calc](calculator:) [msdt](ms-msdt:/id) [search](search-ms:query=x) [data](data:text/html,<script>alert(1)</script>)',
  '```html\n<script>alert(1)</script>\n```\n\n`<img src=x onerror=alert(1)>`',
  '| <img src=x onerror=alert(1)> | b |\n|---|---|\n| <script>alert(1)</script> | [x](javascript:alert(1)) |',
  '$\\href{javascript:alert(1)}{x}$ \\(\\htmlData{a=b}{c}\\) $\\url{https://canary.example}$ \\(\\htmlStyle{background:url(https://canary.example/c)}{c}\\)',
  '$$\\includegraphics{https://canary.example/d.png}$$\n\n$\\def\\a{\\a\\a}\\a$ $\\rule{1e6em}{1e6em}$',
  `$${'x^{'.repeat(900)}x${'}'.repeat(900)}$`,
  `$\\def\\a{${'x'.repeat(150)}}${'\\a'.repeat(900)}$ $${'\\sqrt{x}'.repeat(400)}$`,
  '$\\vec{v}$ $\\fcolorbox{red}{blue}{x}$ $\\pmb{x}$ $\\vec{v}$ $\\widehat{abc}$ $\\sqrt{x}$ $\\undefined{x}$ $\\frac{a$',
  `$x$ ${'$\\frac{a}{b}$ '.repeat(1_000)}`,
  `${'>'.repeat(50_000)} deep`,
  Array.from({ length: 300 }, (_, depth) => `${'  '.repeat(depth)}- level`).join('\n'),
  '['.repeat(30_000),
  '~~a~ '.repeat(10_000),
  '‮reversed‬ ⁦isolate⁩',
]

const dangerous =
  'script, img, iframe, style, object, embed, form, base, meta, svg:not([aria-hidden], .katex svg), math:not(.katex math), [onerror], [onload], a[href]'

test('hostile replies become text: nothing runs, nothing is fetched, nothing but Parley’s elements is drawn', async ({
  view,
  provider,
}) => {
  test.setTimeout(180_000)
  for (const [at, text] of payloads.entries()) {
    provider.script({ text, tokensPerChunk: text.length > 5_000 ? 400 : 1 })
    await view.askAndWait(`${at}: ${text.slice(0, 400)}`)
    expect(await view.log.locator(dangerous).count()).toBe(0)
  }
  await view.page.reload()
  await expect.poll(() => branchLength(view.log)).toBe(2 * payloads.length)
  await walkUp(view.log, async () => expect(await view.log.locator(dangerous).count()).toBe(0))
  expect(await view.sidebar.locator(dangerous).count()).toBe(0)

  const search = view.sidebar.getByRole('searchbox', { name: 'Search' })
  for (const query of ['onerror', 'canary', 'script']) {
    await search.fill(query)
    await expect(view.sidebar.getByRole('listitem').first()).toContainText(query)
    expect(await view.sidebar.locator(dangerous).count()).toBe(0)
  }
})

test('a hostile first message is only a title', async ({ view, provider }) => {
  provider.setDefault({ text: 'Hm.' })
  await view.askAndWait('<img src=x onerror=alert(1)>')
  await expect(view.sidebar.getByRole('listitem', { name: '<img src=x onerror=alert(1)>' })).toBeVisible()
  await expect(view.page.getByRole('heading', { level: 1 })).toHaveText('<img src=x onerror=alert(1)>')
})

test('a link shows its real host and opens nothing by itself', async ({ view, provider, parley, context }) => {
  provider.script({ text: 'See [good.example](https://xn--80ak6aa92e.com/login) or [this](javascript:alert(1)).' })
  const reply = await view.askAndWait('Link?')
  const link = reply.getByRole('link')
  await expect(link).toHaveCount(1)
  await expect(link).toHaveAccessibleDescription('Opens xn--80ak6aa92e.com')
  await link.click({ button: 'middle' })
  await link.click({ modifiers: ['Control'] })
  const question = await parley.waitForQuestion()
  expect(question.hostname).toBe('127.0.0.1')
  expect(context.pages()).toHaveLength(1)
})

test('a link that main refuses says so', async ({ view, provider, context }) => {
  provider.script({ text: 'See [good.example](https://good.example@evil.example/).' })
  const reply = await view.askAndWait('Link?')
  await expect(reply.getByRole('link')).toHaveAccessibleDescription('Opens evil.example')
  await reply.getByRole('link').press('Enter')
  await expect(view.page.getByText('The link was not opened.')).toBeVisible()
  expect(context.pages()).toHaveLength(1)
})
