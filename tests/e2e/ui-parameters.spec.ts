import { accessFaults } from '../helpers/accessible.ts'
import { expect, test } from './ui-house.ts'

test('what differs from the defaults is sent, and nothing else', async ({ view, provider }) => {
  provider.setDefault({ text: 'Yes.' })
  await view.page.getByRole('button', { name: 'Chat options' }).click()
  const panel = view.page.getByRole('complementary', { name: 'Chat options' })
  const temperature = panel.getByLabel('Temperature', { exact: true })
  await expect(temperature).toHaveAccessibleDescription(/Allowed: .*Default: 1\./)
  await temperature.fill('9')
  await temperature.press('Enter')
  await expect(panel.getByRole('alert')).toContainText('Allowed:')
  await temperature.fill('0.3')
  await temperature.press('Enter')
  await expect(panel.getByRole('alert')).toHaveCount(0)
  await panel.getByLabel('System prompt', { exact: true }).fill('Answer in one word.')
  await panel.getByLabel('Stop texts', { exact: true }).fill('END\nSTOP')
  await panel.getByLabel('Top p', { exact: true }).fill('0.95')
  await panel.getByLabel('Top p', { exact: true }).blur()
  await expect(panel.getByRole('status')).toHaveText('3 settings differ')
  expect(await accessFaults(view.page)).toEqual([])

  await view.askAndWait('Is it so?')
  const body = provider.chats().at(-1)?.json as Record<string, unknown>
  expect(body['temperature']).toBe(0.3)
  expect(body['stop']).toEqual(['END', 'STOP'])
  expect(body).not.toHaveProperty('top_p')
  expect((body['messages'] as unknown[])[0]).toEqual({ role: 'system', content: 'Answer in one word.' })

  await panel.getByRole('button', { name: 'Save as default' }).click()
  await expect(view.page.getByText('New chats begin with these settings.')).toBeVisible()
  await panel.getByRole('button', { name: 'Reset all' }).click()
  await expect(temperature).toHaveValue('')
  await view.page.getByRole('button', { name: 'New chat' }).click()
  await expect(panel.getByRole('status')).toHaveText('3 settings differ')
  await expect(temperature).toHaveValue('0.3')
})
