import { budgets, context, estimate, prices } from './de-budget.ts'
import { composer, money, progress, sidebar, statusLine, thread } from './de-chat.ts'
import { demo } from './de-demo.ts'
import { documents } from './de-documents.ts'
import { failureExtras, failures, moneyFates, textFates } from './de-failures.ts'
import { palette } from './de-palette.ts'
import { parameters } from './de-parameters.ts'
import { questions } from './de-questions.ts'
import { find, reading } from './de-reading.ts'
import { about, appearance, connection, data, key, settings } from './de-settings.ts'
import { diagnosis, spend } from './de-spend.ts'
import { banners, onboarding, recovery, stopped } from './de-start.ts'
import type { Strings } from './en.ts'

/** Every sentence Parley shows, in German. */
export const de: Strings = {
  locale: 'de',
  demo,
  documents,
  questions,
  failures,
  textFates,
  moneyFates,
  failureExtras,
  sidebar,
  thread,
  reading,
  find,
  parameters,
  palette,
  progress,
  composer,
  estimate,
  context,
  budgets,
  prices,
  money,
  statusLine,
  spend,
  diagnosis,
  settings,
  key,
  connection,
  appearance,
  data,
  about,
  onboarding,
  recovery,
  banners,
  stopped,
}
