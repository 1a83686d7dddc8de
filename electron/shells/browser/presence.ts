const everyMs = 1_000
const firstWaitMs = 30_000
const awayMs = 20_000

/**
 * For windows whose closing nothing tells us: calls back once when none has listened for events for 20 seconds (a reload
 * takes less than one), or when none came within the first 30.
 */
export function whenWindowsStayAway(windowCount: () => number, then: () => void): void {
  let leftMs = firstWaitMs
  const timer = setInterval(() => {
    if (windowCount() > 0) leftMs = awayMs
    else leftMs -= everyMs
    if (leftMs > 0) return
    clearInterval(timer)
    then()
  }, everyMs)
  timer.unref()
}
