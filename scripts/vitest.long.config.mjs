import { defineConfig } from 'vitest/config'
import { root } from './install.mjs'

/** The long tests: thousands of kills, hours of fuzzing in minutes. Run by `npm run test:long`. */
// oxlint-disable-next-line import/no-default-export -- vitest reads the default export
export default defineConfig({
  root,
  test: {
    include: ['tests/long/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 1_800_000,
    hookTimeout: 60_000,
  },
})
