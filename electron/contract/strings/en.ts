import { budgets, context, estimate, prices } from './en-budget.ts'
import { composer, money, progress, sidebar, statusLine, thread } from './en-chat.ts'
import { demo } from './en-demo.ts'
import { documents } from './en-documents.ts'
import { failureExtras, failures, moneyFates, textFates } from './en-failures.ts'
import { questions } from './en-questions.ts'
import { palette } from './en-palette.ts'
import { parameters } from './en-parameters.ts'
import { find, reading } from './en-reading.ts'
import { about, appearance, connection, data, key, settings } from './en-settings.ts'
import { diagnosis, spend } from './en-spend.ts'
import { banners, onboarding, recovery, stopped } from './en-start.ts'

/** Every sentence Parley shows, in English. Amounts, dates and sizes come formatted. */
export const en = {
  locale: 'en',
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

/** What another language has to say: the same names, the same parameters. */
export type Strings = typeof en
