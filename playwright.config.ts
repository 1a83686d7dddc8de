import { defineConfig } from '@playwright/test'
import { chromiumPath } from './scripts/chromium.mjs'

export default defineConfig({
  testDir: 'tests/e2e',
  fullyParallel: true,
  workers: 2,
  forbidOnly: Boolean(process.env['CI']),
  retries: 0,
  timeout: 45_000,
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    viewport: { width: 1100, height: 720 },
    trace: 'retain-on-failure',
    launchOptions: { executablePath: chromiumPath(), chromiumSandbox: process.getuid?.() !== 0 },
  },
})
