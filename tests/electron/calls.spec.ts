import { expect, test } from '@playwright/test'
import { launch, standInForThePerson, type Desktop, type Pipe } from './launch.ts'

let desktop: Desktop
test.beforeEach(async () => {
  desktop = await launch()
})
test.afterEach(async () => {
  await desktop.app.close()
})

test('ten thousand senseless calls change nothing', async () => {
  const { page } = desktop
  const counts = await page.evaluate(async () => {
    const { parley } = window as unknown as { parley: Pipe }
    const names = [
      '__proto__',
      'toString',
      'constructor',
      '',
      'app',
      'app.',
      'app.snapshot ',
      7,
      null,
      {},
      [],
      'links.open',
    ]
    const deep: unknown[] = []
    let inner = deep
    for (let level = 0; level < 500; level += 1) inner.push((inner = []))
    const inputs = [undefined, null, 0, Number.NaN, '', 'x'.repeat(100_000), [], {}, { __proto__: { url: 'x' } }, deep]
    const more = [{ url: {} }, { url: 'file:///etc/passwd' }, new Map([[1, 2]]), new Date(), new Uint8Array(1_000), 1n]
    const counted: Record<string, number> = {}
    for (let round = 0; round < 10_000; round += 1) {
      const name = names[round % names.length]
      const input = [...inputs, ...more][(round * 7) % (inputs.length + more.length)]
      const outcome = await parley.call(name, input).then(
        (result) => (result.ok ? 'answered' : result.failure.code),
        () => 'not sent',
      )
      counted[outcome] = (counted[outcome] ?? 0) + 1
    }
    return counted
  })
  expect(counts['answered']).toBeUndefined()
  expect(counts['internal']).toBeUndefined()
  const snapshot = await page.evaluate(() => (window as unknown as { parley: Pipe }).parley.call('app.snapshot', {}))
  expect(snapshot).toMatchObject({ ok: true, value: { shell: 'desktop' } })
})

test('another window with the same preload is refused', async () => {
  const answer = await desktop.app.evaluate(async ({ BrowserWindow, session }) => {
    const ours = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
      getLastWebPreferences(): { preload: string }
    }
    const { preload } = ours.getLastWebPreferences()
    const other = new BrowserWindow({
      show: false,
      webPreferences: { preload, sandbox: true, session: session.fromPartition('parley') },
    })
    await other.loadURL('parley-app://app/')
    const result: unknown = await other.webContents.executeJavaScript("window.parley.call('app.snapshot', {})")
    other.destroy()
    return result
  })
  expect(answer).toEqual({ ok: false, failure: { code: 'caller.refused', text: 'none', money: 'none' } })
})

test('a link opens only after the person said yes outside the page', async () => {
  const { app, page } = desktop
  const open = (url: string) =>
    page.evaluate((to) => (window as unknown as { parley: Pipe }).parley.call('links.open', { url: to }), url)

  let outside = await standInForThePerson(app, 1)
  expect(await open('https://example.com/a')).toMatchObject({ ok: false, failure: { code: 'confirm.declined' } })
  const refused = [
    'calculator:',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'https://good@evil.example/',
    'smb://x/y',
  ]
  for (const url of refused) expect(await open(url)).toMatchObject({ ok: false, failure: { code: 'link.refused' } })
  const declined = await outside()
  expect(declined.opened).toEqual([])
  expect(declined.dialogs).toHaveLength(1)
  // Return and Esc both mean no.
  expect(declined.dialogs[0]).toMatchObject({ defaultId: 1, cancelId: 1 })
  expect(declined.dialogs[0]?.detail).toContain('example.com')

  outside = await standInForThePerson(app, 0)
  expect(await open('https://example.com/a')).toEqual({ ok: true, value: null })
  expect((await outside()).opened).toEqual(['https://example.com/a'])
})
