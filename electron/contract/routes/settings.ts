import { z } from 'zod'
import { limits } from '../limits.ts'
import { returns, route } from '../route.ts'
import { languageSettings, type LanguageSetting } from '../strings/languages.ts'

export const themes = ['system', 'light', 'dark'] as const
export const textSizes = ['small', 'normal', 'large', 'x-large'] as const
export const densities = ['comfortable', 'compact'] as const
export const contrasts = ['system', 'more'] as const
export const motions = ['system', 'reduced'] as const
export const sendKeys = ['enter', 'mod-enter'] as const
export const proxyModes = ['system', 'none', 'manual'] as const

export interface Settings {
  language: LanguageSetting
  theme: (typeof themes)[number]
  textSize: (typeof textSizes)[number]
  density: (typeof densities)[number]
  contrast: (typeof contrasts)[number]
  motion: (typeof motions)[number]
  sendKey: (typeof sendKeys)[number]
  /** The first screen has been answered: with a key, or with "without a key". */
  isOnboarded: boolean
  /** Origin of the API, without a trailing slash and without `/v1`. */
  apiOrigin: string
  /** `PARLEY_API_URL` is set and wins over the stored origin. */
  isApiOriginFromEnvironment: boolean
  proxyMode: (typeof proxyModes)[number]
  /** Only for `manual`. Never holds a password. */
  proxyUrl: string | null
  /** Extra certificates are trusted beside the system's. */
  hasCertificates: boolean
}

export const settingsRoutes = {
  /** Changes what is named, leaves the rest. */
  'settings.set': route({
    input: z.strictObject({
      language: z.enum(languageSettings).optional(),
      theme: z.enum(themes).optional(),
      textSize: z.enum(textSizes).optional(),
      density: z.enum(densities).optional(),
      contrast: z.enum(contrasts).optional(),
      motion: z.enum(motions).optional(),
      sendKey: z.enum(sendKeys).optional(),
      isOnboarded: z.literal(true).optional(),
    }),
    output: returns<Settings>(),
  }),
  /** Asks the person outside the page first; fails with `confirm.declined` when they say no. */
  'connection.set': route({
    input: z.strictObject({
      apiOrigin: z.string().max(limits.urlChars).optional(),
      proxyMode: z.enum(proxyModes).optional(),
      proxyUrl: z.string().max(limits.urlChars).nullable().optional(),
    }),
    output: returns<Settings>(),
  }),
  /** PEM text of extra certificate authorities, or `null` to forget them. Confirmed outside the page. */
  'connection.setCertificates': route({
    input: z.strictObject({ pem: z.string().max(limits.certificateBytes).nullable() }),
    output: returns<Settings>(),
  }),
}
