// Reads how many tests really ran out of the reports of the two test runners.
import { existsSync, readFileSync } from 'node:fs'

const none = { passed: 0, failed: 0, skipped: 0 }

/** Totals of a vitest JSON report. A file that could not even be collected counts as one failure. */
export function vitestTotals(file) {
  if (!existsSync(file)) return none
  const report = JSON.parse(readFileSync(file, 'utf8'))
  const broken = report.testResults.filter(
    (result) => result.status === 'failed' && result.assertionResults.length === 0,
  )
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

/** Totals of a Playwright JSON report. A test that passed only on a second try is not counted as passed. */
export function playwrightTotals(file) {
  if (!existsSync(file)) return none
  const { stats, errors } = JSON.parse(readFileSync(file, 'utf8'))
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length, skipped: stats.skipped }
}
