import { accessFaults } from '../helpers/accessible.ts'
import { expect, test, words } from '../helpers/page.ts'

const sent = (json: unknown) => (json as { messages: { content: string }[] }).messages.map(({ content }) => content)

test('messages are left out by keyboard, marked, not sent, and taken in again', async ({ chat, page, provider }) => {
  for (const answer of ['First answer.', 'Second answer.', 'Third answer.']) {
    provider.setDefault({ text: answer })
    await chat.ask(`Question to the ${answer}`)
    await expect(chat.last()).toContainText('billed')
  }
  await page
    .getByRole('status', { name: 'Estimate' })
    .getByRole('button', { name: /of context/ })
    .click()
  const panel = page.getByRole('complementary', { name: 'Context' })
  const switches = panel.getByRole('switch')
  await expect(switches).toHaveCount(6)
  await expect(panel).toContainText(/adds ≈ \$0\.0\d+ to every further turn · ≈ \$0\.0\d+ so far/)
  expect(await accessFaults(page)).toEqual([])

  await switches.last().focus()
  await page.keyboard.press('Home')
  await expect(switches.first()).toBeFocused()
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Shift+Space')
  await expect(panel.getByText('3 messages left out')).toBeVisible()
  await expect(switches.nth(2)).toHaveAttribute('aria-checked', 'false')
  await expect(switches.nth(2)).toBeFocused()
  await expect(chat.log.getByText('Left out of the context')).toHaveCount(3)

  expect(await accessFaults(page)).toEqual([])

  provider.setDefault({ text: 'Fourth answer.' })
  await chat.ask('And then?')
  await expect(chat.last()).toContainText('billed')
  expect(sent(provider.chats().at(-1)?.json)).toEqual([
    'Second answer.',
    'Question to the Third answer.',
    'Third answer.',
    'And then?',
  ])
  await panel.getByRole('button', { name: 'Take all in again' }).click()
  await expect(chat.log.getByText('Left out of the context')).toHaveCount(0)
  await switches.first().focus()
  await page.keyboard.press('Escape')
  await expect(panel).toHaveCount(0)
  await expect(chat.message).toBeFocused()
})

test('what no longer fits is explained before sending, and making it fit acts only on a yes', async ({
  chat,
  page,
  provider,
}) => {
  provider.configure({ contextLength: 900, outputMax: 100 })
  for (const number of [1, 2, 3]) {
    provider.setDefault({ text: words(60, `a${number}`) })
    await chat.ask(words(60, `q${number}`))
    await expect(chat.last()).toContainText('billed')
  }
  await chat.message.fill(words(800, 'long'))
  const notice = chat.alerts.filter({ hasText: 'too long for the model' })
  await expect(notice).toContainText('the model takes 900')
  await chat.message.fill(words(50, 'long'))
  await expect(notice).toHaveCount(0)
  const isNow = async (contextLength: number) => {
    provider.configure({ contextLength })
    await (await chat.openSettings('Budget')).getByRole('button', { name: 'Ask the catalogue' }).click()
    await expect(chat.settings.getByText('The catalogue has answered.')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(chat.settings).toHaveCount(0)
  }
  await isNow(500)
  await expect(chat.alerts.filter({ hasText: 'too little room for the reply' })).toContainText('it may have 400')
  await isNow(900)
  await expect(chat.alerts).toHaveCount(0)
  await chat.message.fill(words(350, 'long'))
  await expect(notice).toBeVisible()
  await notice.getByRole('button', { name: 'Leave messages out…' }).click()
  const panel = page.getByRole('complementary', { name: 'Context' })
  await panel.getByRole('button', { name: 'Oldest first' }).click()
  await expect(panel.getByText(/Leave out \d+ messages?: ≈ [\d,]+ becomes ≈ [\d,]+ tokens\./)).toBeVisible()
  await expect(panel.getByText('proposed', { exact: true }).first()).toBeVisible()
  await expect(chat.log.getByText('Left out of the context')).toHaveCount(0)
  await panel.getByRole('button', { name: 'Leave them out' }).click()
  await expect(chat.log.getByText('Left out of the context').first()).toBeVisible()
  await expect(notice).toHaveCount(0)
  await panel.getByRole('button', { name: 'Dearest first' }).click()
  await expect(panel.getByText('It fits as it is.')).toBeVisible()
})

test('one message is left out from its own menu', async ({ chat, page, provider }) => {
  provider.setDefault({ text: 'Yes.' })
  await chat.ask('Hello')
  await expect(chat.last()).toContainText('billed')
  await chat.last().getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Leave out of the context' }).click()
  await expect(chat.last()).toContainText('Left out of the context')
  await page.keyboard.press('Control+Shift+P')
  await page.keyboard.type('context of')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('complementary', { name: 'Context' }).getByText('1 message left out')).toBeVisible()
})
