import { expect, expectPrice, partsOf, test, words } from '../helpers/page.ts'
import { branchLength } from '../helpers/thread-view.ts'

const text = words(60)

test('until the first word there is a sign that it is awaited', async ({ chat, provider }) => {
  provider.setDefault({ text, holdAfter: 0 })
  await chat.ask('Take your time')
  await provider.waitForChats(1)
  await expect(chat.last()).toContainText(/Sending…|Waiting for the first words…/)
  await expect(chat.log).toHaveAttribute('aria-busy', 'true')
  provider.release()
  await expect(chat.last()).toContainText(text)
  await expect(chat.last()).not.toContainText(/Sending|Waiting/)
  await expect(chat.log).toHaveAttribute('aria-busy', 'false')
})

test('the chat and the month add up to the books, demo aside', async ({ chat, provider, page }) => {
  provider.setDefault({ text })
  await chat.ask('First')
  await expect(chat.last()).toContainText('billed')
  const first = provider.books.total()
  await expectPrice(chat.spend, first)
  await chat.ask('Second')
  await expect.poll(() => branchLength(chat.log)).toBe(2 * 2)
  await expect(chat.last()).toContainText('billed')
  await expectPrice(chat.last(), provider.books.total() - first)
  await expectPrice(chat.spend, provider.books.total())
  const both = provider.books.total()

  await chat.newChat()
  await expect(chat.spend).toContainText('nothing spent')
  await chat.ask('Third')
  await expect(chat.last()).toContainText('billed')
  await expectPrice(chat.spend, provider.books.total() - both)
  const month = new Date().toLocaleString('en', { month: 'long' })
  await expectPrice(page.getByText(`${month} so far:`), provider.books.total())
  await expectPrice(chat.item('First'), both, 2)
})

test('an empty chat says what the model is and what it costs', async ({ chat, provider }) => {
  // The price is asked for with the first request that needs it.
  provider.setDefault({ text })
  await chat.ask('Hello')
  await expect(chat.last()).toContainText('billed')
  await chat.newChat()
  await expect(chat.log).toContainText('google/gemma-4-31b-it, 256,000 tokens of context')
  await expect(chat.log).toContainText('$1.36 per million tokens in, $2.05 out')
})

test('several chats are answered at once, each in its own place', async ({ chat, provider }) => {
  const topics = ['alpha', 'beta', 'gamma']
  provider.script(...topics.map((topic) => ({ text: words(60, topic), holdAfter: 10 })))
  for (const topic of topics) {
    if (topic !== 'alpha') await chat.newChat()
    await chat.ask(`Tell me of ${topic}`)
    await expect(chat.last()).toContainText(`${topic}4`)
  }
  for (const topic of topics) {
    await expect(chat.item(`Tell me of ${topic}`).getByRole('img', { name: 'A reply is being written' })).toBeVisible()
    await chat.open(`Tell me of ${topic}`)
    await expect(chat.prompts).toHaveText([`Tell me of ${topic}`])
    await expect(chat.last()).toContainText(`${topic}4`)
    await expect(chat.stop).toBeVisible()
  }
  provider.release()
  for (const topic of topics) {
    await chat.open(`Tell me of ${topic}`)
    await expect(chat.last()).toContainText(words(60, topic))
    await expect(chat.last()).toContainText('billed')
    await expect.poll(() => branchLength(chat.log)).toBe(2 * 1)
  }
  await expect(chat.nav.getByRole('img', { name: 'A reply is being written' })).toHaveCount(0)
  expect(provider.chats()).toHaveLength(3)
})

test('a reply that ends while nobody looks is there afterwards', async ({ chat, provider, page, parley }) => {
  provider.setDefault({ text, holdAfter: 30 })
  await chat.ask('Count')
  await expect(chat.last()).toContainText('word20')
  await page.goto('about:blank')
  provider.release()
  await provider.settled()
  await page.goto(new URL('/', parley.app.url).href)
  await expect(chat.last()).toContainText(text)
  await expect(chat.last()).toContainText('billed')
})

test('a second window sees the same reply grow and end', async ({ chat, provider, parley }) => {
  provider.setDefault({ text, holdAfter: 30 })
  await chat.ask('Count')
  await expect(chat.last()).toContainText('word20')
  const other = partsOf(await parley.openWindow())
  await expect(other.last()).toContainText('word20')
  await expect(other.stop).toBeVisible()
  provider.release()
  for (const each of [chat, other]) {
    await expect(each.last()).toContainText(text)
    await expect(each.last()).toContainText('billed')
    await expect(each.send).toBeVisible()
  }
  await other.ask('And again')
  await expect(chat.prompts).toHaveText(['Count', 'And again'])
})
