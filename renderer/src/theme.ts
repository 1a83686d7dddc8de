import { useLayoutEffect, useSyncExternalStore } from 'react'
import type { Settings } from '../../electron/contract/routes/settings.ts'

/** Whether the system asks for something, followed while it changes. */
function useSystem(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const asked = matchMedia(query)
      asked.addEventListener('change', listener)
      return () => asked.removeEventListener('change', listener)
    },
    () => matchMedia(query).matches,
  )
}

/** Puts on the root element how the page looks, as set or as the system asks: the stylesheet reads it there. */
export function useTheme(settings: Settings | null) {
  const { theme = 'system', textSize = 'normal', density = 'comfortable' } = settings ?? {}
  const hasMoreContrast = useSystem('(prefers-contrast: more)') || settings?.contrast === 'more'
  const isCalm = useSystem('(prefers-reduced-motion: reduce)') || settings?.motion === 'reduced'
  useLayoutEffect(() => {
    Object.assign(document.documentElement.dataset, {
      theme,
      textSize,
      density,
      contrast: hasMoreContrast ? 'more' : 'normal',
      motion: isCalm ? 'reduced' : 'full',
    })
  }, [theme, textSize, density, hasMoreContrast, isCalm])
}
