import { expect, test } from './ui-house.ts'

const ts = `import { readFile } from 'node:fs/promises'

/** Reads a file
 *  and counts its words. */
export async function countWords(path: string): Promise<number> {
  const text = await readFile(path, 'utf8') // all of it
  return text.split(/\\s+/).filter((word) => word !== '').length + 0
}`

const python = Array.from({ length: 60 }, (_, at) => `print("line ${at}", ${at} * 2)  # a comment`).join('\n')

const rich = `## What it looks like

A formula $e^{i\\pi} + 1 = 0$ in a line, one in parentheses \\(a_1 * b_1 * c\\), and money: $5 and $10 stay money.

$$
\\int_0^\\infty e^{-x^2}\\,dx
= \\frac{\\sqrt{\\pi}}{2}
+ 0
$$

\\[ A = \\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix} \\]

\`\`\`ts
${ts}
\`\`\`

\`\`\`python
${python}
\`\`\`

| Language | Speed | Note |
|:--|--:|:-:|
| Rust | 1.0 | fast, "safe" |
| Python | 42.5 | =SUM(A1) |

- [x] done
- [ ] open, ~~not this~~

A claim.[^1] Another.[^two] &fjlig; &CounterClockwiseContourIntegral; https://example.org

שלום עולם, זה טקסט מימין לשמאל.

[^1]: The first note, with \`code\`.
[^two]: The second note.

In code \`$x$\` stays code, and $\\undefinedthing{x}$ is shown as it is written.`

test('a rich reply: formulas, code, tables, notes, right-to-left', async ({ view, provider }, info) => {
  provider.script({ text: rich, tokensPerChunk: 3 })
  const reply = await view.askAndWait('Show me everything')
  await expect(reply.locator('.katex')).toHaveCount(5)
  await expect(reply.locator('.katex-display')).toHaveCount(2)
  await expect(reply.getByText('money: $5 and $10 stay money')).toBeVisible()
  await expect(reply.locator('code', { hasText: '$x$' })).toBeVisible()
  await expect(reply.locator('.code-keyword').first()).toBeVisible()
  await expect(reply.getByText('fj', { exact: false }).first()).toBeVisible()
  await expect(reply.getByText('∳')).toBeVisible()
  await expect(reply.getByRole('list', { name: 'Footnotes' }).getByRole('listitem')).toHaveCount(2)
  await reply.getByRole('button', { name: 'Footnote 2' }).click()
  await expect(reply.getByRole('listitem').filter({ hasText: 'The second note.' })).toBeFocused()
  await expect(reply.getByText('שלום')).toHaveCSS('direction', 'rtl')

  // The page may write to the clipboard and not read it.
  await view.page.evaluate(() => {
    navigator.clipboard.writeText = async (text) => {
      document.documentElement.dataset.copied = text
    }
  })
  await reply.getByRole('group', { name: 'Table' }).hover()
  await reply.getByRole('button', { name: 'Copy table as CSV' }).click()
  const csv = await view.page.evaluate(() => document.documentElement.dataset.copied)
  expect(csv?.replaceAll('\r\n', '\n')).toBe('Language,Speed,Note\nRust,1.0,"fast, ""safe"""\nPython,42.5,\'=SUM(A1)\n')

  await view.page.reload()
  const again = view.replies().last()
  await expect(again.locator('.katex')).toHaveCount(5)
  const fold = again.getByRole('button', { name: 'Show all 60 lines' })
  await expect(again.getByText('line 59')).toHaveCount(0)
  await fold.click()
  await expect(again.getByText('"line 59"')).toBeVisible()
  await again.getByRole('button', { name: 'Show less' }).click()
  await again.getByRole('button', { name: 'Wrap lines' }).first().click()
  await expect(again.locator('code.whitespace-pre-wrap')).toHaveCount(1)
  for (const colorScheme of ['light', 'dark'] as const) {
    await view.page.emulateMedia({ colorScheme })
    await view.page.setViewportSize({ width: 1100, height: 2400 })
    await view.page.mouse.move(5, 5)
    await view.page.screenshot({ path: info.outputPath(`rich-${colorScheme}.png`) })
  }
})

test('thoughts are folded under how long they took', async ({ view, provider }) => {
  provider.script({ text: 'The answer.', reasoning: 'Let me see what this is about.', tokensPerChunk: 1, delayMs: 40 })
  const reply = await view.askAndWait('Think first')
  const thoughts = reply.getByRole('button', { name: /^Thought for \d+ s$/ })
  await expect(thoughts).toHaveAttribute('aria-expanded', 'false')
  await thoughts.click()
  await expect(reply.getByText('Let me see what this is about.')).toBeVisible()
  await view.page.reload()
  await expect(
    view
      .replies()
      .last()
      .getByRole('button', { name: /^Thought for \d+ s$/ }),
  ).toBeVisible()
})
