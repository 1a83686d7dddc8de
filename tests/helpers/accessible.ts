import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect } from './page.ts'

/** The tags of the rules that WCAG 2.2 AA has. */
export const wcag22aa = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** What a program finds wrong in the page as it is, by all rules it knows or by those with one of these tags. */
export async function accessFaults(page: Page, tags?: readonly string[]): Promise<string[]> {
  // The library's focus guards are hidden and pass the focus on as soon as they get it.
  const builder = new AxeBuilder({ page }).exclude('[data-base-ui-focus-guard]')
  const { violations } = await (tags ? builder.withTags([...tags]) : builder).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
}

/** Nothing that WCAG 2.2 AA forbids, as far as a program can tell, in both themes. */
export async function expectAccessible(page: Page, where: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.evaluate(isDrawnIn, colorScheme)
    expect(await accessFaults(page, wcag22aa), `${where}, ${colorScheme}`).toEqual([])
  }
}

/**
 * Resolves when the page is drawn in this scheme, which is some frames after the system has changed: a look that begins
 * before sees letters of one theme on the paper of the other.
 */
async function isDrawnIn(colorScheme: string): Promise<void> {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
  while (!matchMedia(`(prefers-color-scheme: ${colorScheme})`).matches) await frame()
  await frame()
  await frame()
}
