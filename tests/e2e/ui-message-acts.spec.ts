import { expect, test } from './ui-house.ts'

test('a message is saved only, or saved and sent again as a new version', async ({ view, provider }) => {
  provider.script({ text: 'First answer.' }, { text: 'Second answer.' })
  await view.askAndWait('A question with a tpyo')
  const prompt = view.log.getByRole('article', { name: 'You' })
  await prompt.hover()
  await prompt.getByRole('button', { name: 'Edit' }).click()
  const field = view.page.getByRole('textbox', { name: 'Text of the message' })
  await expect(field).toBeFocused()
  await field.fill('A question with a typo')
  await view.page.getByRole('button', { name: 'Save only' }).click()
  await expect(prompt).toContainText('A question with a typo')
  await expect(prompt).toContainText('Edited')
  expect(provider.chats()).toHaveLength(1)

  await prompt.hover()
  await prompt.getByRole('button', { name: 'Edit' }).click()
  await expect(field).toBeFocused()
  await view.page.keyboard.type(', and one more')
  await expect(field).toHaveValue('A question with a typo, and one more')
  await field.fill('Another question')
  const resend = view.page.getByRole('button', { name: 'Save and resend' })
  await expect(resend).toHaveAccessibleDescription(/new purchase/)
  await resend.click()
  await expect(view.replies()).toContainText('Second answer.')
  await expect(prompt).toContainText('2/2')
  await expect(prompt).toContainText('1 other version, with what followed it, not shown.')
  await prompt.getByRole('button', { name: 'Previous version' }).click()
  await expect(view.replies()).toContainText('First answer.')
})

test('a deleted message comes back with Undo', async ({ view, provider }) => {
  provider.setDefault({ text: 'An answer.' })
  await view.askAndWait('One')
  await view.askAndWait('Two')
  const reply = view.replies().first()
  await reply.getByRole('button', { name: 'More actions' }).click()
  await view.page.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(view.log.getByRole('article')).toHaveCount(1)
  await view.page.getByRole('button', { name: 'Undo' }).click()
  await expect(view.log.getByRole('article')).toHaveCount(4)
})

test('a reply is copied with formatting, without anything that could run', async ({ view, provider }) => {
  await expect(view.message).toBeVisible()
  // The page may write to the clipboard and not read it.
  await view.page.evaluate(() => {
    navigator.clipboard.write = async ([item]) => {
      document.body.dataset['copied'] = await (await item?.getType('text/html'))?.text()
    }
  })
  provider.script({ text: '# Title\n\nSome **bold** <b onclick=x>text</b>\n\n- one\n- two' })
  const reply = await view.askAndWait('Write')
  await reply.getByRole('button', { name: 'More actions' }).click()
  await view.page.getByRole('menuitem', { name: 'Copy with formatting' }).click()
  await expect(view.page.getByText('Copied with formatting.')).toBeVisible()
  const html = await view.page.locator('body').getAttribute('data-copied')
  expect(html).toContain('<h1>Title</h1>')
  expect(html).toContain('<strong>bold</strong>')
  expect(html).toContain('<li>one</li>')
  expect(html).not.toContain('<b ')
})

test('mod+R asks again', async ({ view, provider }) => {
  provider.script({ text: 'First answer.' }, { text: 'Second answer.' })
  await view.askAndWait('A question')
  await view.page.keyboard.press('Control+r')
  await expect(view.replies()).toContainText('Second answer.')
  await expect(view.replies()).toContainText('2/2')
})
