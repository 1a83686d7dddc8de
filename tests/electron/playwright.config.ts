import { defineConfig } from '@playwright/test'

/**
 * The desktop shell in the real Electron: node_modules/.bin/playwright test --config tests/electron/playwright.config.ts
 * These run wherever the runtime is, on the unpackaged build: Playwright needs a fuse that packages have off. Without the
 * runtime or a build the run ends at once, with a reason and a failing exit code; it never passes by skipping.
 */
export default defineConfig({
  testDir: '.',
  globalSetup: './require-runtime.ts',
  // One real window at a time.
  workers: 1,
  forbidOnly: Boolean(process.env['CI']),
  retries: 0,
  timeout: 60_000,
  reporter: [['list']],
})
