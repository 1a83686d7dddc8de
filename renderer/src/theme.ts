import { useLayoutEffect } from 'react'
import type { Settings } from '../../electron/contract/routes/settings.ts'

/** Puts theme and text size on the root element, where the stylesheet reads them. */
export function useTheme(settings: Settings | null) {
  const theme = settings?.theme ?? 'system'
  const textSize = settings?.textSize ?? 'normal'
  useLayoutEffect(() => {
    const { dataset } = document.documentElement
    dataset['theme'] = theme
    dataset['textSize'] = textSize
  }, [theme, textSize])
}
