import { z } from 'zod'
import { limits } from '../limits.ts'
import { returns, route } from '../route.ts'

export const linkRoutes = {
  /** Opens an http, https or mailto address after the person confirmed it outside the page. Anything else is `link.refused`. */
  'links.open': route({ input: z.strictObject({ url: z.string().max(limits.urlChars) }), output: returns<null>() }),
}
