import { accessFaults } from '../helpers/accessible.ts'
import { outOfCredit } from '../provider/presets.ts'
import { expect, test } from './ui-house.ts'

const rich = `## A heading

Some *text* with a [link](https://example.org) and \`code\`.

| a | b |
|---|---|
| 1 | 2 |

\`\`\`ts
const a = 1
\`\`\`

- [x] done
- [ ] open`

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, reducedMotion: 'reduce' })

    test('the conversation', async ({ view, provider }) => {
      await expect(view.message).toBeVisible()
      expect(await accessFaults(view.page)).toEqual([])
      provider.script({ text: rich }, outOfCredit(), { text: rich, holdAfter: 8 })
      await view.askAndWait('One')
      await view.askAndWait('Two')
      await view.ask('Three')
      await expect(view.replies()).toHaveCount(3)
      expect(await accessFaults(view.page)).toEqual([])
    })

    test('the settings', async ({ view }) => {
      await view.page.getByRole('button', { name: 'Settings', exact: true }).click()
      const dialog = view.page.getByRole('dialog', { name: 'Settings' })
      await expect(dialog.getByRole('tab')).toHaveText(['Key', 'Connection', 'Budget', 'Appearance', 'Data', 'About'])
      for (const name of ['Key', 'Connection', 'Budget', 'Appearance', 'Data', 'About']) {
        await dialog.getByRole('tab', { name }).click()
        await expect(dialog.getByRole('tabpanel', { name })).not.toBeEmpty()
        expect(await accessFaults(view.page)).toEqual([])
      }
    })

    test.describe('without a key', () => {
      test.use({ appOptions: { env: { AIMLAPI_API_KEY: '' } } })

      test('the first screen', async ({ view }) => {
        await expect(view.page.getByLabel('API key', { exact: true })).toBeVisible()
        expect(await accessFaults(view.page)).toEqual([])
        await view.page.getByRole('button', { name: 'Proxy and connection' }).click()
        expect(await accessFaults(view.page)).toEqual([])
        await view.page.getByRole('button', { name: 'Try without a key' }).click()
        await expect(view.message).toBeVisible()
        await expect(view.page.getByRole('main')).toContainText('nothing is billed')
        expect(await accessFaults(view.page)).toEqual([])
      })
    })
  })
}

test('a test of the key says model, price, context and balance, and buys nothing', async ({ view, provider }) => {
  await view.page.getByRole('button', { name: 'Settings', exact: true }).click()
  const dialog = view.page.getByRole('dialog', { name: 'Settings' })
  await dialog.getByRole('button', { name: 'Test' }).click()
  await expect(dialog).toContainText('The key works.')
  await expect(dialog).toContainText('google/gemma-4-31b-it')
  await expect(dialog).toContainText('$1.36 per million tokens')
  await expect(dialog).toContainText('256,000 tokens')
  await expect(dialog).toContainText('$50.00')
  expect(provider.chats()).toHaveLength(0)
})
