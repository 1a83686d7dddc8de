// Renders build/icon.svg in every size that a system asks for, through the same Chromium that the tests use:
// `npm run icons` after the drawing was changed.
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { chromiumPath } from './chromium.mjs'

const root = join(import.meta.dirname, '..')
const folder = join(root, 'build')
const drawing = readFileSync(join(folder, 'icon.svg'), 'utf8')
const sizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024]

mkdirSync(join(folder, 'icons'), { recursive: true })
const browser = await chromium.launch({ executablePath: chromiumPath(), chromiumSandbox: process.getuid?.() !== 0 })
const page = await browser.newPage()
for (const size of sizes) {
  await page.setViewportSize({ width: size, height: size })
  await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${drawing}`)
  await page.screenshot({ path: join(folder, 'icons', `${size}x${size}.png`), omitBackground: true })
}
await browser.close()
copyFileSync(join(folder, 'icons', '1024x1024.png'), join(folder, 'icon.png'))
copyFileSync(join(folder, 'icon.svg'), join(root, 'renderer', 'public', 'icon.svg'))
