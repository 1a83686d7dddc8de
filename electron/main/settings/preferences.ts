import { z } from 'zod'
import { defaultDocumentLimits, documentLimits } from '../../contract/attachment.ts'
import type { ParleyEvent } from '../../contract/events.ts'
import {
  contrasts,
  densities,
  motions,
  proxyModes,
  sendKeys,
  textSizes,
  themes,
  type Settings,
} from '../../contract/routes/settings.ts'
import { languageSettings } from '../../contract/strings/languages.ts'
import { defaultOrigin } from '../core/origin.ts'
import { wordsFor, type Words } from '../core/words.ts'
import type { Store } from '../store/host.ts'

/** Settings as stored. A value that cannot be read is its default, so that a damaged one never keeps Parley from starting. */
const stored = z.object({
  language: z.enum(languageSettings).catch('system'),
  theme: z.enum(themes).catch('system'),
  textSize: z.enum(textSizes).catch('normal'),
  density: z.enum(densities).catch('comfortable'),
  contrast: z.enum(contrasts).catch('system'),
  motion: z.enum(motions).catch('system'),
  sendKey: z.enum(sendKeys).catch('enter'),
  isOnboarded: z.boolean().catch(false),
  apiOrigin: z.string().catch(defaultOrigin),
  proxyMode: z.enum(proxyModes).catch('system'),
  proxyUrl: z.string().nullable().catch(null),
  certificates: z.string().nullable().catch(null),
  documentLimits: documentLimits.catch(defaultDocumentLimits),
  chatDefaults: z.record(z.string(), z.json()).catch({}),
})

export type StoredSettings = z.output<typeof stored>

export interface Preferences {
  /** As it holds now, without asking the store. */
  current(): StoredSettings
  /** The same for a page: without the text of certificates, and with what the environment decides. */
  view(): Settings
  /** What main says, in the language in use. */
  words(): Words
  /** Stores what is named, then says so. */
  set(values: Partial<StoredSettings>): Promise<Settings>
}

export interface PreferencesDeps {
  store: Pick<Store, 'read' | 'write'>
  /** The origin of `PARLEY_API_URL`, normalised; it wins over the stored one. */
  environmentOrigin: string | null
  /** Languages of the system, best first. */
  systemLanguages: readonly string[]
  publish: (event: ParleyEvent) => void
  now: () => number
}

/** Reads the settings once; from then on they are kept here and in the store alike. */
export async function openPreferences({
  store,
  environmentOrigin,
  systemLanguages,
  publish,
  now,
}: PreferencesDeps): Promise<Preferences> {
  let settings = withEnvironment(stored.parse(await store.read.readSettings()))

  function withEnvironment(values: StoredSettings): StoredSettings {
    return environmentOrigin === null ? values : { ...values, apiOrigin: environmentOrigin }
  }
  const view = (): Settings => {
    const { certificates, chatDefaults: _, documentLimits: __, ...rest } = settings
    return { ...rest, hasCertificates: certificates !== null, isApiOriginFromEnvironment: environmentOrigin !== null }
  }
  return {
    current: () => settings,
    view,
    words: () => wordsFor(settings.language, systemLanguages),
    async set(values) {
      await store.write.writeSettings({ values, at: now() })
      settings = withEnvironment({ ...settings, ...values })
      publish({ name: 'settings.changed' })
      return view()
    },
  }
}
