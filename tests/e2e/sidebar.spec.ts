import { expect, test } from '../helpers/page.ts'

test('a chat is named by its first words, on this computer, without another request', async ({ chat, provider }) => {
  provider.setDefault({ text: 'Fine.' })
  await chat.ask('# What is the **best** flour for bread with a crust that cracks and a crumb that sings?\nThanks')
  const title = 'What is the **best** flour for bread with a crust that…'
  await expect(chat.item(title)).toBeVisible()
  await expect(chat.page.getByRole('heading', { level: 1 })).toHaveText(title)
  await expect(chat.last()).toContainText('billed')
  expect(provider.chats()).toHaveLength(1)
})

test('New chat makes one empty chat, and does not pile up empty ones', async ({ chat, provider }) => {
  provider.setDefault({ text: 'Fine.' })
  await chat.ask('First')
  await chat.newChat()
  await chat.newChat()
  await chat.page.keyboard.press('Control+n')
  await expect(chat.nav.getByRole('listitem')).toHaveCount(2)
  await expect(chat.message).toBeFocused()
})

test('what a deleted chat cost stays in the month', async ({ chat, provider, page }) => {
  provider.setDefault({ text: 'The answer.' })
  await chat.ask('Delete me')
  await expect(chat.last()).toContainText('billed')
  const month = page.getByText(/so far: \$/)
  const spent = await month.innerText()
  await chat.item('Delete me').getByRole('button').first().press('Delete')
  await expect(chat.item('Delete me')).toHaveCount(0)
  await page.reload()
  await expect(month).toHaveText(spent)
  await expect(chat.spend).toContainText('nothing spent')
})
