import { expect, test } from '@playwright/test'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { launch, type Desktop } from './launch.ts'

let desktop: Desktop
let canary: Server
let address: string
const arrived: string[] = []

test.beforeAll(async () => {
  canary = createServer((request, response) => {
    arrived.push(request.url ?? '')
    response.end('reached')
  })
  await new Promise<void>((resolve) => canary.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(canary.address() as AddressInfo).port}`
  desktop = await launch()
})
test.afterAll(async () => {
  await desktop.app.close()
  await new Promise((resolve) => canary.close(resolve))
  expect(arrived).toEqual([])
})

test('the page goes nowhere and opens nothing', async () => {
  const { app, page } = desktop
  const opened = await page.evaluate((to) => {
    const popup = window.open(`${to}/open`)
    window.location.href = `${to}/location`
    const link = document.createElement('a')
    link.href = `${to}/link`
    link.target = '_blank'
    document.body.append(link)
    link.click()
    const frame = document.createElement('iframe')
    frame.src = `${to}/frame`
    document.body.append(frame)
    return popup === null
  }, address)
  expect(opened).toBe(true)
  await page.waitForTimeout(500)
  expect(page.url()).toBe('parley-app://app/')
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
})

test('nothing the page asks for leaves', async () => {
  const results = await desktop.page.evaluate(async (to) => {
    const image = new Promise<string>((resolve) => {
      const element = new Image()
      element.addEventListener('load', () => resolve('loaded'))
      element.addEventListener('error', () => resolve('refused'))
      element.src = `${to}/image.png`
    })
    const fetched = await fetch(`${to}/fetch`).then(
      () => 'loaded',
      () => 'refused',
    )
    return [await image, fetched, navigator.sendBeacon(`${to}/beacon`)]
  }, address)
  expect(results.slice(0, 2)).toEqual(['refused', 'refused'])
})

test('the request wall holds where the page has no policy at all', async () => {
  const reached = await desktop.app.evaluate(
    ({ session }, to) =>
      session
        .fromPartition('parley')
        .fetch(`${to}/session`)
        .then(
          () => true,
          () => false,
        ),
    address,
  )
  expect(reached).toBe(false)
})

test('permissions are refused, but for writing to the clipboard', async () => {
  const answers = await desktop.page.evaluate(async () => {
    // oxlint-disable-next-line unicorn/consistent-function-scoping -- this function runs in the page, alone
    const outcome = (work: Promise<unknown>): Promise<string> =>
      work.then(
        () => 'allowed',
        () => 'refused',
      )
    return {
      camera: await outcome(navigator.mediaDevices.getUserMedia({ video: true })),
      screen: await outcome(navigator.mediaDevices.getDisplayMedia()),
      place: await outcome(
        new Promise((resolve, reject) => {
          navigator.geolocation.getCurrentPosition(resolve, reject)
        }),
      ),
      notifications: await Notification.requestPermission(),
      readClipboard: await outcome(navigator.clipboard.readText()),
    }
  })
  expect(answers).toEqual({
    camera: 'refused',
    screen: 'refused',
    place: 'refused',
    notifications: 'denied',
    readClipboard: 'refused',
  })
  await desktop.page.bringToFront()
  await expect(desktop.page.evaluate(() => navigator.clipboard.writeText('parley'))).resolves.toBeUndefined()
})

test('the scheme serves the build and nothing beside it, always with the policy', async () => {
  const addresses = [
    '/',
    '/../package.json',
    '/%2e%2e/package.json',
    '/..%2fpackage.json',
    '/assets/..%5c..%5cpackage.json',
    '/.vite/manifest.json',
    '//etc/passwd',
    '/index.html?x',
    '/index.html%00',
    `/${'a'.repeat(10_000)}`,
  ]
  const answers = await desktop.app.evaluate(async ({ session }, paths) => {
    const { fetch } = session.fromPartition('parley')
    const answer = async (path: string) => {
      const { status, headers } = await fetch.call(session.fromPartition('parley'), `parley-app://app${path}`)
      return [status, headers.get('content-security-policy')?.startsWith("default-src 'none'") === true]
    }
    return Promise.all(paths.map(answer))
  }, addresses)
  expect(answers).toEqual(addresses.map((path) => [path === '/' ? 200 : 404, true]))
})
