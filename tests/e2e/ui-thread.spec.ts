import { outOfCredit } from '../provider/presets.ts'
import { expect, test } from './ui-house.ts'

const long = Array.from({ length: 60 }, (_, at) => `Paragraph number ${at + 1} of a long reply.`).join('\n\n')

test('a question is asked once, its answer streams, and its price is what the provider billed', async ({
  view,
  provider,
}) => {
  provider.script({ text: 'A **short** answer.', firstDelayMs: 1_500 })
  await expect(view.log).toHaveAttribute('aria-live', 'off')
  await view.message.fill('How are you?')
  await view.page.keyboard.press('Enter')
  await view.page.keyboard.press('Enter')
  await expect(view.stop).toBeVisible()
  await expect(view.send).toHaveCount(0)
  await expect(view.send).toBeVisible()

  await expect(view.log.getByRole('article', { name: 'You' })).toContainText('How are you?')
  await expect(view.replies()).toHaveCount(1)
  await expect(view.replies().locator('strong')).toHaveText('short')
  await expect(view.replies()).toContainText(/\$0\.0\d+ billed/)
  await expect(view.page.getByRole('status', { name: 'Conversation spend' })).toContainText(/^This chat: \$0\.0\d+$/)
  expect(provider.chats()).toHaveLength(1)
})

test('Send says why it is disabled', async ({ view }) => {
  await expect(view.send).toBeDisabled()
  await expect(view.send).toHaveAccessibleDescription('Write something to send.')
  await view.message.fill('x')
  await expect(view.send).toBeEnabled()
})

test('Shift+Enter breaks the line, Up recalls the last prompt', async ({ view, provider }) => {
  provider.setDefault({ text: 'Yes.' })
  await view.message.pressSequentially('one')
  await view.page.keyboard.press('Shift+Enter')
  await view.message.pressSequentially('two')
  await view.page.keyboard.press('Enter')
  await expect(view.replies()).toHaveCount(1)
  await expect(view.message).toHaveValue('')
  await view.message.press('ArrowUp')
  await expect(view.message).toHaveValue('one\ntwo')
})

test('a reload in mid-reply takes up the same reply', async ({ view, provider }) => {
  provider.script({ text: long, holdAfter: 40 })
  await view.ask('Tell me a lot')
  await expect(view.replies()).toContainText('Paragraph number 3 ')
  await view.page.reload()
  await expect(view.replies()).toContainText('Paragraph number 3 ')
  await expect(view.stop).toBeVisible()
  provider.release()
  await expect(view.replies()).toContainText('Paragraph number 60')
  await expect(view.send).toBeVisible()
  expect(await view.replies().locator('p', { hasText: 'Paragraph number' }).allInnerTexts()).toEqual(long.split('\n\n'))
  expect(provider.chats()).toHaveLength(1)
})

test('a draft survives a reload', async ({ view }) => {
  await view.message.fill('Not sent yet')
  await view.message.blur()
  await view.page.waitForTimeout(300)
  await view.page.reload()
  await expect(view.message).toHaveValue('Not sent yet')
})

test('Escape cuts, and Continue and Retry are offered as purchases', async ({ view, provider }) => {
  provider.script({ text: long, holdAfter: 30 })
  await view.ask('Tell me a lot')
  await expect(view.replies()).toContainText('Paragraph number 2 ')
  await view.page.keyboard.press('Escape')
  await expect(view.send).toBeVisible()
  await expect(view.replies()).toContainText('Stopped. What had arrived is kept.')
  await expect(view.replies()).toContainText(/not known yet|billed/)
  provider.setDefault({ text: 'and so on.' })
  await expect(view.replies().getByRole('button', { name: 'Retry' })).toHaveAccessibleDescription(/new purchase/)
  await view.replies().getByRole('button', { name: 'Continue' }).click()
  await expect(view.replies()).toHaveCount(2)
  await expect(view.replies().last()).toContainText('and so on.')
})

test('stopping and settling says what it can cost and lets the next question go', async ({ view, provider }) => {
  provider.script({ text: long, holdAfter: 30 })
  await view.ask('Tell me a lot')
  await expect(view.replies()).toContainText('Paragraph number 2 ')
  await view.page.getByRole('button', { name: 'More ways to stop' }).click()
  const settle = view.page.getByRole('menuitem', { name: 'Stop and settle' })
  await expect(settle).toHaveAccessibleDescription(/Up to \$\d+\.\d+ more\./)
  await settle.click()
  await expect(view.send).toBeVisible()
  await expect(view.replies()).toContainText('Waiting for the price')
  provider.release()
  await expect(view.replies()).toContainText(/billed/)
})

test('a failure is an alert about text and money, and Retry makes a second version', async ({ view, provider }) => {
  provider.script(outOfCredit(), { text: 'Now it works.' })
  await view.ask('Hello?')
  const alert = view.replies().getByRole('alert')
  await expect(alert).toContainText('The account is out of credit')
  await expect(alert).toContainText('Nothing was charged.')
  await alert.getByRole('button', { name: 'Retry' }).click()
  await expect(view.replies()).toContainText('Now it works.')
  await expect(view.replies()).toContainText('2/2')
  await view.page.getByRole('button', { name: 'Previous version' }).click()
  await expect(view.replies().getByRole('alert')).toContainText('out of credit')
})

test('following ends on scrolling up and resumes on request', async ({ view, provider }) => {
  provider.script({ text: long }, { text: long, delayMs: 25, tokensPerChunk: 6 })
  await view.askAndWait('Tell me a lot')
  const fromEnd = () => view.log.evaluate((log) => log.scrollHeight - log.clientHeight - log.scrollTop)
  const jump = view.page.getByRole('button', { name: 'Jump to latest' })
  await expect.poll(fromEnd).toBeLessThan(3)

  await view.ask('And more')
  await expect.poll(fromEnd).toBeLessThan(60)
  await view.log.hover()
  await view.page.mouse.wheel(0, -900)
  await expect(jump).toBeVisible()
  const top = await view.log.evaluate((log) => log.scrollTop)
  await view.page.waitForTimeout(400)
  expect(await view.log.evaluate((log) => log.scrollTop)).toBe(top)
  await jump.click()
  await expect(jump).toHaveCount(0)
  await expect.poll(fromEnd).toBeLessThan(60)
  await expect(view.send).toBeVisible()
  await expect.poll(fromEnd).toBeLessThan(3)
})

test('the beginning and the end of a reply are announced', async ({ view, provider }) => {
  provider.script({ text: 'Yes.', firstDelayMs: 500 })
  await view.ask('Hello?')
  await expect(view.page.getByRole('status').filter({ hasText: 'Gemma has begun to reply.' })).toBeAttached()
  await expect(view.page.getByRole('status').filter({ hasText: 'The reply is complete.' })).toBeAttached()
})
