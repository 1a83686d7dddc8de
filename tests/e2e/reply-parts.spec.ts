import { accessFaults } from '../helpers/accessible.ts'
import { expect, test } from './ui-house.ts'

const parts = `> [!NOTE]
> Rye needs more water than wheat.

> [!WARNING]
> The pot is **hot**.
>
> - Use gloves.

Bread was baked in Egypt [1], and beer too [2]. The rest is flour.

> An ordinary quotation.

זהו משפט בעברית עם המילה Parley באמצע, ומספר 42.

الخبز يحتاج إلى الماء والدقيق (500 غرام) والملح.

- פריט ראשון
- العنصر الثاني
- a third item

| שם | الكمية |
| --- | ---: |
| קמח | 500 |

English first, ואז קצת עברית, and back.`

const sources = [
  {
    type: 'url_citation',
    url_citation: { url: 'https://example.org/bread', title: 'A history of bread', start_index: 0, end_index: 0 },
  },
  {
    type: 'url_citation',
    url_citation: {
      url: 'https://example.com/beer',
      title: 'A history of beer',
      start_index: parts.indexOf('The rest'),
      end_index: parts.indexOf('The rest') + 'The rest is flour.'.length,
    },
  },
]

test('alerts, sources and right-to-left text are what they say, to the eye and to assistive technology', async ({
  view,
  provider,
}, info) => {
  await view.page.setViewportSize({ width: 900, height: 1_300 })
  provider.script({ text: parts, annotations: sources, tokensPerChunk: 8 })
  const reply = await view.askAndWait('Bread?')
  await expect(reply.getByRole('note', { name: 'Note' })).toContainText('Rye needs more water than wheat.')
  const warning = reply.getByRole('note', { name: 'Warning' })
  await expect(warning.locator('strong')).toHaveText('hot')
  await expect(warning.getByRole('listitem')).toHaveText(['Use gloves.'])
  await expect(reply.locator('blockquote')).toHaveText('An ordinary quotation.')

  const list = reply.getByRole('region', { name: 'Sources' })
  await expect(list.getByRole('listitem')).toHaveText(['A history of bread', 'A history of beer'])
  await expect(reply.getByRole('button', { name: 'Source 1' })).toHaveCount(1)
  await expect(reply.getByRole('button', { name: 'Source 2' })).toHaveCount(2)
  await reply.getByRole('button', { name: 'Source 2' }).first().click()
  const beer = list.getByRole('link', { name: 'A history of beer' })
  await expect(beer).toBeFocused()
  await expect(beer).toHaveAccessibleDescription('Opens example.com')

  for (const [text, direction] of [
    ['זהו משפט', 'rtl'],
    ['الخبز يحتاج', 'rtl'],
    ['English first', 'ltr'],
  ] as const)
    await expect(reply.locator('p', { hasText: text })).toHaveCSS('direction', direction)
  await expect(reply.locator('li', { hasText: 'פריט' })).toHaveCSS('direction', 'rtl')
  await expect(reply.locator('li', { hasText: 'a third' })).toHaveCSS('direction', 'ltr')

  for (const colorScheme of ['light', 'dark'] as const) {
    await view.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await view.page.screenshot({ path: info.outputPath(`parts-${colorScheme}.png`) })
    expect(await accessFaults(view.page)).toEqual([])
  }
})

test('a refusal, an empty reply, and thoughts without an answer each say what they are', async ({ view, provider }) => {
  provider.script({ text: '', refusal: 'I cannot help with that.' }, { text: '' }, { text: '', reasoning: 'Hm.' })
  const refused = await view.askAndWait('One')
  await expect(refused).toContainText('The model declined to answer. I cannot help with that.')
  const empty = await view.askAndWait('Two')
  await expect(empty).toContainText('The reply is empty.')
  const thoughts = await view.askAndWait('Three')
  await expect(thoughts).toContainText('The model gave only its thoughts and no answer.')
  await expect(thoughts.getByRole('button', { name: /^Thought for/ })).toHaveAttribute('aria-expanded', 'true')
  await expect(thoughts).toContainText('Hm.')
})

test('a reply that stops in a list leaves no empty bullet, and Continue goes on', async ({ view, provider }) => {
  provider.script({ text: 'Here:\n\n- one\n- two\n- ', finishReason: 'length' }, { text: 'three' })
  const cut = await view.askAndWait('List')
  await expect(cut).toContainText('The reply reached its length limit.')
  await expect(cut.getByRole('listitem')).toHaveText(['one', 'two'])
  await cut.getByRole('button', { name: 'Continue' }).click()
  await expect(view.replies().last()).toContainText('three')
})
