import { expect, expectPrice, test, testKey, words } from '../helpers/page.ts'
import type { Behaviour } from '../provider/behaviour.ts'
import { accessDenied, cut, errorInStream, httpFailure, outOfCredit, resetConnection } from '../provider/presets.ts'
import { branchLength } from '../helpers/thread-view.ts'

const text = words(40)

interface Case {
  name: string
  behaviour: Behaviour
  title: string
  fate: string[]
  buttons: string[]
}

const free = 'Nothing was charged.'
const unknown = 'Whether it was charged is not known yet'
const kept = 'Your text is kept.'
const partly = 'What had arrived is kept.'

const cases: Case[] = [
  {
    name: '401',
    behaviour: httpFailure(401),
    title: 'The key was rejected',
    fate: [kept, free],
    buttons: ['Retry', 'Check the key'],
  },
  {
    name: '403 for lack of credit',
    behaviour: outOfCredit(),
    title: 'The account is out of credit',
    fate: [kept, free],
    buttons: ['Retry'],
  },
  {
    name: '403 for another reason',
    behaviour: accessDenied(),
    title: 'The key is not allowed to do this',
    fate: [kept, free],
    buttons: ['Retry'],
  },
  {
    name: '404',
    behaviour: httpFailure(404),
    title: 'The model was not found',
    fate: [kept, free],
    buttons: ['Retry', 'Check the connection'],
  },
  {
    name: '413',
    behaviour: httpFailure(413),
    title: 'The conversation is too large',
    fate: [kept, free],
    buttons: ['Retry'],
  },
  {
    name: '500',
    behaviour: httpFailure(500),
    title: 'The provider failed',
    fate: [kept, free],
    buttons: ['Retry'],
  },
  {
    name: '524',
    behaviour: httpFailure(524),
    title: 'The provider failed',
    fate: [kept, unknown],
    buttons: ['Retry'],
  },
  {
    name: 'a reset before the answer',
    behaviour: resetConnection(),
    title: 'The connection broke',
    fate: [kept, unknown],
    buttons: ['Retry', 'Check the connection'],
  },
  {
    name: 'a reset in the middle',
    behaviour: resetConnection(10),
    title: 'The reply ended early',
    fate: [partly, unknown],
    buttons: ['Continue', 'Retry'],
  },
  {
    name: 'a cut in the middle',
    behaviour: cut(10),
    title: 'The reply ended early',
    fate: [partly, unknown],
    buttons: ['Continue', 'Retry'],
  },
  {
    name: 'an error inside a 200',
    behaviour: errorInStream(10),
    title: 'The model stopped with an error',
    fate: [partly, unknown],
    buttons: ['Continue', 'Retry'],
  },
  {
    name: 'a sign-in page of the network',
    behaviour: { portal: true },
    title: 'The answer is not a reply',
    fate: [kept],
    buttons: ['Retry', 'Check the connection'],
  },
  {
    name: 'a redirect',
    behaviour: { redirect: { status: 307 } },
    title: 'The server pointed elsewhere',
    fate: [kept],
    buttons: ['Retry', 'Check the connection'],
  },
]

for (const { name, behaviour, title, fate, buttons } of cases) {
  test(`${name}: one alert that says what happened to text and money, and one request`, async ({ chat, provider }) => {
    provider.configure({ reportDelayMs: 3_600_000 })
    provider.script({ text, ...behaviour })
    await chat.ask('A long question that nobody wants to type twice')
    await expect(chat.alerts).toHaveCount(1)
    await expect(chat.alerts).toContainText(title)
    for (const sentence of fate) await expect(chat.alerts).toContainText(sentence)
    await expect(chat.alerts.getByRole('button')).toHaveText(buttons)
    await expect(chat.prompts).toContainText(['A long question that nobody wants to type twice'])
    if (buttons.includes('Continue')) await expect(chat.last()).toContainText('word5')
    await expect(chat.send).toBeVisible()
    expect(provider.chats()).toHaveLength(1)
  })
}

test('an alert is there after a reload, once', async ({ chat, provider, page }) => {
  provider.script(httpFailure(500))
  await chat.ask('Hello')
  await expect(chat.alerts).toContainText('The provider failed')
  await page.reload()
  await expect(chat.alerts).toHaveCount(1)
  await expect(chat.alerts).toContainText('The provider failed')
  expect(provider.chats()).toHaveLength(1)
})

test('429: the wait is counted down in sight and ends in a reply', async ({ chat, provider }) => {
  provider.script(httpFailure(429, { retryAfter: 3 }), { text })
  await chat.ask('Hello')
  await expect(chat.last()).toContainText(/Attempt 2 in [234] s\./)
  await expect(chat.last()).toContainText('Attempt 2 in 1 s.')
  await expect(chat.alerts).toHaveCount(0)
  await expect(chat.last()).toContainText(text)
  await expect(chat.last()).toContainText('billed')
  await expectPrice(chat.last(), provider.books.total())
  expect(provider.chats()).toHaveLength(2)
})

test('429: the wait can be called off, and then nothing more is asked', async ({ chat, provider }) => {
  provider.setDefault(httpFailure(429, { retryAfter: 30 }))
  await chat.ask('Hello')
  await expect(chat.last()).toContainText(/Attempt 2 in \d+ s\./)
  await chat.last().getByRole('button', { name: 'Do not try again' }).click()
  await expect(chat.send).toBeVisible()
  await expect(chat.last()).not.toContainText('Attempt 2')
  await expect(chat.last()).toContainText('not charged')
  expect(provider.chats()).toHaveLength(1)
})

test('429 for ever: three requests in all, then an alert', async ({ chat, provider }) => {
  provider.setDefault(httpFailure(429, { retryAfter: 0 }))
  await chat.ask('Hello')
  await expect(chat.alerts).toContainText('Too many requests')
  await expect(chat.alerts).toContainText(free)
  expect(provider.chats()).toHaveLength(3)
})

test('Continue asks, in sight, to go on from the last words', async ({ chat, provider }) => {
  const rest = words(40).split(' ').slice(10).join(' ')
  provider.script({ text, ...cut(20) }, { text: rest })
  await chat.ask('Count')
  await chat.alerts.getByRole('button', { name: 'Continue' }).click()
  await expect(chat.prompts.last()).toContainText('Please go on from exactly where it stopped')
  await expect.poll(() => branchLength(chat.log)).toBe(2 * 2)
  await expect(chat.last()).toContainText('word39')
  await expect(chat.last()).toContainText('billed')
  expect(provider.chats()).toHaveLength(2)
  expect(JSON.stringify(provider.chats()[1]?.json)).toContain('Please go on from exactly where it stopped')
})

test('a reply at its length limit offers Continue without an alert', async ({ chat, provider }) => {
  provider.script({ text, finishReason: 'length' })
  await chat.ask('Write much')
  await expect(chat.last()).toContainText('The reply reached its length limit.')
  await expect(chat.last().getByRole('button', { name: 'Continue' })).toBeVisible()
  await expect(chat.alerts).toHaveCount(0)
})

test('a rejected key leads to its settings', async ({ chat, provider }) => {
  provider.script(httpFailure(401))
  await chat.ask('Hello')
  await chat.alerts.getByRole('button', { name: 'Check the key' }).click()
  await expect(chat.settings.getByRole('tab', { name: 'Key' })).toHaveAttribute('aria-selected', 'true')
})

test('what the provider says is shown as text, without the key', async ({ chat, provider }) => {
  provider.script(httpFailure(400, { message: `Bad <img src=x onerror=alert(1)> key ${testKey}` }))
  await chat.ask('Hello')
  await expect(chat.alerts).toContainText('The request was refused')
  await expect(chat.alerts).toContainText('<img src=x onerror=alert(1)>')
  await expect(chat.alerts).not.toContainText(testKey)
})

test('when the prices are absent, absurd or late, the line says what is known and never zero', async ({
  chat,
  provider,
}) => {
  provider.script({ text, meta: 'absent' })
  await chat.ask('One')
  await expect(chat.last()).toContainText(/≈ \$0\.000\d+, computed/)
  provider.script({ text, meta: 'absent', usage: 'absent' })
  provider.configure({ reportDelayMs: 3_600_000 })
  await chat.ask('Two')
  await expect.poll(() => branchLength(chat.log)).toBe(2 * 2)
  await expect(chat.last()).toContainText('not known yet')
  provider.script({ text, absurdMeta: 'negative' })
  await chat.ask('Three')
  await expect.poll(() => branchLength(chat.log)).toBe(2 * 3)
  await expect(chat.last()).toContainText(/computed|not known yet/)
  await expect(chat.last()).not.toContainText(/billed|−/)
  provider.script({ text, meta: 'after-done', metaDelayMs: 300 })
  const before = provider.books.total()
  await chat.ask('Four')
  await expect.poll(() => branchLength(chat.log)).toBe(2 * 4)
  await expect(chat.last()).toContainText('billed')
  await expectPrice(chat.last(), provider.books.total() - before)
})
