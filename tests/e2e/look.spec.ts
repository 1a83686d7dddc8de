import { accessFaults, wcag22aa } from '../helpers/accessible.ts'
import { expect, test } from '../helpers/page.ts'

const style = (name: string) => `getComputedStyle(document.documentElement).getPropertyValue('${name}').trim()`

test('the fonts are its own, are there before the first text, and speak other alphabets too', async ({
  chat,
  page,
}) => {
  await expect(chat.message).toBeVisible()
  const loaded = () =>
    page.evaluate(() => [...document.fonts].filter(({ status }) => status === 'loaded').map(({ family }) => family))
  expect(await loaded()).toContain('Inter Variable')
  const before = (await loaded()).length
  await chat.message.fill('Привет, γειά, chào')
  await expect.poll(async () => (await loaded()).length).toBeGreaterThan(before)
  expect(await page.evaluate(() => document.fonts.check('16px "Inter Variable"', 'Привет'))).toBe(true)
})

test('density, contrast and motion are set, show at once, and are there after a restart', async ({
  chat,
  parley,
  page,
}) => {
  const looks = () =>
    page.evaluate(() => ({
      row: getComputedStyle(document.querySelector('li[data-conversation] button') ?? document.body).paddingTop,
      ink: getComputedStyle(document.body).color,
      motion: getComputedStyle(document.querySelector('button') ?? document.body).transitionDuration,
    }))
  const before = await looks()
  const appearance = await chat.openSettings('Appearance')
  for (const name of ['Compact', 'High', 'Reduced']) await appearance.getByRole('radio', { name }).click()
  await expect(appearance.getByRole('radio', { name: 'Reduced' })).toBeChecked()
  await expect.poll(async () => (await looks()).ink).not.toBe(before.ink)
  const after = await looks()
  expect(parseFloat(after.row)).toBeLessThan(parseFloat(before.row))
  expect(parseFloat(after.motion)).toBeLessThan(0.001)
  expect(await accessFaults(page, wcag22aa)).toEqual([])
  await parley.stop()
  await parley.start()
  await expect(chat.message).toBeVisible()
  expect(await looks()).toEqual(after)
})

test('with less motion another theme is there whole, and no letter lags behind its paper', async ({ chat, page }) => {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await expect(chat.message).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('data-motion', 'reduced')
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const light = await paper()
  await page.evaluate(() => {
    document.addEventListener('transitionrun', ({ propertyName }) => {
      document.body.dataset['moved'] = propertyName
    })
  })
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
  await expect.poll(paper).not.toBe(light)
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)))
  await expect(page.locator('body')).not.toHaveAttribute('data-moved')
})

test('the system’s wishes for contrast and motion are followed while they change', async ({ chat, page }) => {
  await expect(chat.message).toBeVisible()
  const muted = () => page.evaluate(style('--color-muted'))
  const usual = await muted()
  await page.emulateMedia({ contrast: 'more', reducedMotion: 'reduce' })
  await expect.poll(muted).not.toBe(usual)
  await expect(page.locator('html')).toHaveAttribute('data-motion', 'reduced')
  await page.emulateMedia({ contrast: 'no-preference', reducedMotion: 'no-preference' })
  await expect.poll(muted).toBe(usual)
  await page.emulateMedia({ forcedColors: 'active' })
  const current = chat.nav.locator('[aria-current="page"]')
  await expect.poll(() => current.evaluate((element) => getComputedStyle(element).outlineStyle)).toBe('solid')
})

test('a beginning fills the composer and sends nothing', async ({ chat, page, provider }) => {
  await page.getByRole('list', { name: 'Beginnings' }).getByRole('button', { name: 'Make a plan' }).click()
  await expect(chat.message).toHaveValue('Make a plan, step by step, for ')
  await expect(chat.message).toBeFocused()
  await page.keyboard.type('a garden')
  await expect(chat.message).toHaveValue('Make a plan, step by step, for a garden')
  expect(provider.chats()).toHaveLength(0)
})

test('an empty chat is not made twice, and Escape in an empty search goes back to writing', async ({ chat, page }) => {
  const chats = chat.nav.getByRole('listitem')
  await expect(chats).toHaveCount(1)
  await page.keyboard.press('Control+k')
  await page.keyboard.type('nothing')
  await page.keyboard.press('Escape')
  await expect(chat.nav.getByRole('searchbox')).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(chat.message).toBeFocused()
  for (let more = 0; more < 3; more += 1) await page.keyboard.press('Control+n')
  await expect(chats).toHaveCount(1)
})

test('a chat found by its title and its message is listed once', async ({ chat, page, provider }) => {
  provider.setDefault({ text: 'Fine.' })
  await chat.ask('A zebra in the garden')
  await expect(chat.last()).toContainText('billed')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('zebra')
  await expect(chat.nav.getByText('1 result')).toBeVisible()
  await expect(chat.item('A zebra in the garden')).toHaveCount(1)
  await expect(chat.item('A zebra in the garden').locator('mark')).toHaveText('zebra')
})

test('the composer stays where it is, whatever the status line has to say', async ({ chat, page, provider }) => {
  await page.setViewportSize({ width: 900, height: 700 })
  const bottom = async () => {
    const box = await chat.message.boundingBox()
    return (box?.y ?? 0) + (box?.height ?? 0)
  }
  const before = await bottom()
  provider.setDefault({ text: 'one two three four five', holdAfter: 3 })
  await chat.ask('A question')
  await expect(chat.spend).toContainText('held')
  expect(await bottom()).toBeCloseTo(before, 0)
  await chat.stop.click()
  await expect(chat.spend).toContainText('not known yet')
  await page.context().setOffline(true)
  await expect(page.getByText('Offline:')).toBeVisible()
  expect(await bottom()).toBeCloseTo(before, 0)
  await page.context().setOffline(false)
})
