import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '../helpers/page.ts'

const canary = 'Kanarienvogel-4711'

/** Every file of a folder in which these words stand, as paths inside it. */
function filesWith(folder: string, words: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const path = join(folder, name)
    return existsSync(path) && statSync(path).isFile() && readFileSync(path).includes(words)
  })
}

test('what is deleted for good leaves the database, its log and the backups', async ({ chat, parley, provider }) => {
  provider.setDefault({ text: `A reply about ${canary}.` })
  await chat.page.getByRole('button', { name: 'Chat options' }).click()
  const options = chat.page.getByRole('complementary', { name: 'Chat options' })
  await options.getByRole('textbox', { name: 'System prompt' }).fill(`You know ${canary}.`)
  await options.getByRole('textbox', { name: 'System prompt' }).blur()
  await chat.ask(`Tell me about ${canary}`)
  await expect(chat.last()).toContainText('billed')
  expect(provider.chats()[0]?.json).toMatchObject({
    messages: [{ role: 'system', content: `You know ${canary}.` }, {}],
  })
  const data = await chat.openSettings('Data')
  await data.getByRole('button', { name: 'Back up now' }).click()
  await expect(data.getByRole('status').filter({ hasText: 'Backed up.' })).toBeVisible()
  await chat.page.keyboard.press('Escape')
  expect(filesWith(parley.profile, canary).some((name) => name.startsWith('backups'))).toBe(true)

  await chat.item(`Tell me about ${canary}`).click({ button: 'right' })
  await chat.page.getByRole('menuitem', { name: 'Delete' }).click()
  await chat.nav.getByRole('button', { name: 'Trash' }).click()
  await chat.page
    .getByRole('button', { name: /Delete .* for good|Empty/ })
    .first()
    .click()
  await chat.page.getByRole('alertdialog').getByRole('button').last().click()
  await expect.poll(() => filesWith(join(parley.profile, 'backups'), canary)).toEqual([])
  expect(readdirSync(join(parley.profile, 'backups')).some((name) => name.endsWith('.db'))).toBe(true)
  await parley.stop()
  expect(filesWith(parley.profile, canary)).toEqual([])
})

test('erasing everything leaves nothing in the profile, and Parley begins anew', async ({
  chat,
  parley,
  provider,
  page,
}) => {
  provider.setDefault({ text: `A reply about ${canary}.` })
  await chat.ask(`Tell me about ${canary}`)
  await expect(chat.last()).toContainText('billed')
  await chat.newChat()
  await chat.message.fill(`A draft about ${canary}`)
  const data = await chat.openSettings('Data')
  await data.getByRole('button', { name: 'Back up now' }).click()
  await expect(data.getByRole('status').filter({ hasText: 'Backed up.' })).toBeVisible()
  const erase = data.getByRole('button', { name: 'Erase everything…' })
  await erase.click()
  expect(await parley.answer('Keep everything')).toContain('gone for good')
  await expect(data.getByRole('alert')).toBeVisible()
  expect(filesWith(parley.profile, canary)).not.toEqual([])

  await erase.click()
  await parley.answer('Erase everything')
  await expect(chat.settings).toBeHidden()
  await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('')
  await expect(chat.nav.getByText(canary)).toHaveCount(0)
  expect(existsSync(join(parley.profile, 'backups'))).toBe(false)
  expect(filesWith(parley.profile, canary)).toEqual([])
  await parley.stop()
  expect(filesWith(parley.profile, canary)).toEqual([])
})
