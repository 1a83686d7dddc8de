import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { de } from '../../electron/contract/strings/de.ts'
import { en } from '../../electron/contract/strings/en.ts'
import { expect, test, testKey } from '../helpers/page.ts'

const env = { LANG: 'de_DE.UTF-8', LC_ALL: 'de_DE.UTF-8' }

test.use({
  locale: 'de-DE',
  viewport: { width: 900, height: 700 },
  startWith: { key: null, env },
})

const sentences = (words: object): string[] =>
  Object.values(words).flatMap((value: unknown) =>
    typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? sentences(value) : [],
  )
const german = new Set(sentences(de))
const onlyEnglish = sentences(en).filter((sentence) => sentence !== '' && !german.has(sentence))

/** Everything that can be read or heard on the page now, and every text that does not fit its place. */
async function look(page: Page): Promise<{ said: string[]; clipped: string[] }> {
  await page.waitForTimeout(250)
  return page.evaluate(() => {
    const said: string[] = []
    const clipped: string[] = []
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      if (!element.checkVisibility()) continue
      for (const name of ['aria-label', 'title', 'placeholder', 'aria-description']) {
        const text = element.getAttribute(name)
        if (text !== null) said.push(text)
      }
      const own = [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.textContent ?? '')
      const text = own.join('').trim()
      if (text === '') continue
      said.push(text)
      const style = getComputedStyle(element)
      const isScrolled = element.closest('pre, .table-scroll, .math-display, input, textarea') !== null
      const isForEars = element.clientWidth <= 1 && element.clientHeight <= 1
      const hasEllipsis = style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none'
      if (style.display === 'inline' || isScrolled || isForEars || hasEllipsis) continue
      if (element.scrollWidth > element.clientWidth + 1) clipped.push(`${text} (${element.className})`)
      // Nor does it lie beyond a part that hides what does not fit.
      const box = element.getBoundingClientRect()
      for (let around = element.parentElement; around; around = around.parentElement) {
        const hides = ['hidden', 'clip'].includes(getComputedStyle(around).overflowX)
        const frame = around.getBoundingClientRect()
        // What lies below it altogether is left out on purpose, not cut.
        if (hides && box.width > 1 && box.top < frame.bottom - 1 && box.right > frame.right + 1)
          clipped.push(`${text} beyond ${around.className || around.tagName}`)
      }
    }
    return { said, clipped }
  })
}

async function expectGerman(page: Page, where: string): Promise<void> {
  const { said, clipped } = await look(page)
  expect(said.length, where).toBeGreaterThan(3)
  expect(
    said.filter(
      (text) =>
        onlyEnglish.includes(text) || /\b(?:the|and|your|this|not|with|you|from|to|number|text of|is|of)\b/i.test(text),
    ),
    `${where}: English`,
  ).toEqual([])
  expect(clipped, `${where}: does not fit`).toEqual([])
}

test('a German system meets a German Parley, whose words fit at the largest size', async ({ parley, page }) => {
  await parley.start()
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')
  await expect(page.getByRole('heading', { name: 'Willkommen bei Parley' })).toBeVisible()
  await expectGerman(page, 'first screen')
  await page.getByText('Proxy und Verbindung').click()
  await expectGerman(page, 'first screen with connection')

  await page.getByRole('button', { name: 'Ohne Schlüssel ausprobieren' }).click()
  const message = page.getByRole('textbox', { name: 'Nachricht' })
  await message.click()
  await page.keyboard.press('Control+,')
  const settings = page.getByRole('dialog', { name: 'Einstellungen' })
  await settings.getByRole('tab', { name: 'Aussehen' }).click()
  const sizes = settings.getByRole('group', { name: 'Textgröße' })
  await sizes.getByRole('radio').last().click()
  await expect(sizes.getByRole('radio').last()).toBeChecked()
  const tabs = await settings.getByRole('tab').allTextContents()
  expect(tabs).toEqual(Object.values(de.settings.tabs))
  for (const tab of tabs) {
    await settings.getByRole('tab', { name: tab, exact: true }).click()
    await expectGerman(page, `settings, ${tab}`)
  }
  await page.keyboard.press('Escape')
  await expectGerman(page, 'empty chat')

  for (const question of ['Wie geht das?', 'Und was noch?']) {
    await message.fill(question)
    await page.getByRole('button', { name: 'Senden', exact: true }).click()
    await expect(page.getByRole('button', { name: 'Anhalten', exact: true })).toBeVisible()
    await expect(page.getByRole('button', { name: 'Anhalten', exact: true })).toBeHidden({ timeout: 40_000 })
  }
  await expect(page.getByRole('log')).toContainText('Das war die ganze Probe.')
  await expectGerman(page, 'chat')

  await page.getByRole('link', { name: de.spend.name, exact: true }).click()
  await expect(page.getByRole('region', { name: de.spend.name })).toBeVisible()
  for (const tab of Object.values(de.spend.tabs)) {
    await page.getByRole('tab', { name: tab, exact: true }).click()
    await expectGerman(page, `spend, ${tab}`)
  }
  await page
    .getByRole('button', { name: de.spend.back })
    .or(page.getByRole('link', { name: de.spend.back }))
    .click()

  await page.getByRole('button', { name: 'Chat-Optionen', exact: true }).click()
  await expectGerman(page, 'options')
  await page.getByRole('button', { name: 'Chat-Optionen schließen' }).click()
  await page.keyboard.press('Control+Shift+p')
  await expect(page.getByRole('dialog', { name: 'Befehle' })).toBeVisible()
  await expectGerman(page, 'palette')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+/')
  await expect(page.getByRole('dialog', { name: 'Tastenkürzel' })).toBeVisible()
  await expectGerman(page, 'keys')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+f')
  await page.keyboard.type('zzz')
  await expectGerman(page, 'find')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('Wie geht')
  await expect(page.getByText('Treffer')).toBeVisible()
  await expectGerman(page, 'search')
  await page.keyboard.press('Escape')

  await page.getByRole('listitem', { name: 'Wie geht das?' }).hover()
  await page.getByRole('listitem', { name: 'Wie geht das?' }).getByRole('button', { name: 'Mit diesem Chat' }).click()
  await expectGerman(page, 'menu of a chat')
  await page.getByRole('menuitem', { name: 'Löschen' }).click()
  await expectGerman(page, 'after deleting')
  await page.getByRole('button', { name: 'Papierkorb' }).click()
  await expectGerman(page, 'trash')
})

test('a damaged store is explained in German', async ({ parley, page }) => {
  await parley.start({ key: testKey })
  await expect(page.getByRole('textbox', { name: 'Nachricht' })).toBeVisible()
  await parley.stop()
  writeFileSync(join(parley.profile, 'store.db'), Buffer.alloc(8_192, 'not a database'))
  await parley.start({ key: testKey })
  await expect(page.getByRole('heading', { name: 'Deine Unterhaltungen brauchen Hilfe' })).toBeVisible()
  await expectGerman(page, 'recovery')
})

test('a failure, and the question outside the page, are German too', async ({ parley, page, provider }) => {
  provider.setDefault({ failure: { status: 401, kind: 'err_unauthorized', message: 'no' } })
  await parley.start({ key: testKey })
  const message = page.getByRole('textbox', { name: 'Nachricht' })
  await message.fill('Hallo')
  await message.press('Enter')
  const alert = page.getByRole('alert')
  await expect(alert).toContainText('Der Schlüssel wurde abgelehnt')
  await expect(alert).toContainText('Dein Text ist aufbewahrt. Nichts wurde berechnet.')
  await expectGerman(page, 'failure')

  provider.setDefault({ text: 'Siehe [dort](https://example.org/).' })
  await message.fill('Und jetzt?')
  await message.press('Enter')
  await page.getByRole('link', { name: 'dort' }).click()
  const elsewhere = await page.context().browser()?.newPage()
  await elsewhere?.goto((await parley.app.waitForQuestion()).href)
  await expect(elsewhere?.locator('html') ?? page.locator('none')).toHaveAttribute('lang', 'de')
  await elsewhere?.getByRole('button', { name: 'Abbrechen' }).click()
  await expect(elsewhere?.getByText('Danke.') ?? page.locator('none')).toBeVisible()
  await elsewhere?.close()
})

test.describe('on an English system', () => {
  test.use({ locale: 'en-US', startWith: {} })

  test('the language is changed at once; a running reply, the draft and the choice stay', async ({
    chat,
    parley,
    page,
    provider,
  }) => {
    provider.setDefault({ text: 'eins zwei drei vier fünf', holdAfter: 2 })
    await chat.ask('A question')
    await expect(chat.stop).toBeVisible()
    await chat.message.fill('A half-written thought')
    const appearance = await chat.openSettings('Appearance')
    await appearance.getByRole('radio', { name: 'Deutsch' }).click()
    const settings = page.getByRole('dialog', { name: 'Einstellungen' })
    await expect(settings.getByRole('radio', { name: 'Deutsch' })).toBeChecked()
    await expect(page.locator('html')).toHaveAttribute('lang', 'de')
    await page.keyboard.press('Escape')
    await expect(settings).toBeHidden()
    await expect(page.getByRole('textbox', { name: 'Nachricht' })).toHaveValue('A half-written thought')
    await expect(page.getByRole('button', { name: 'Anhalten', exact: true })).toBeVisible()
    provider.release()
    await expect(page.getByRole('log')).toContainText('eins zwei drei vier fünf')
    await expect(page.getByRole('log')).toContainText('berechnet')

    await parley.stop()
    await parley.start()
    await expect(page.getByRole('textbox', { name: 'Nachricht' })).toHaveValue('A half-written thought')
    await page.keyboard.press('Control+,')
    await page.getByRole('tab', { name: 'Aussehen' }).click()
    await page.getByRole('radio', { name: 'English' }).click()
    await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible()
    await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  })
})
