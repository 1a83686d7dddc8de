import { diagnoseWords as diagnoseDe } from '../../contract/strings/de-diagnose.ts'
import { statementWords as statementDe } from '../../contract/strings/de-statement.ts'
import { de } from '../../contract/strings/de.ts'
import { diagnoseWords as diagnoseEn, type DiagnoseWords } from '../../contract/strings/en-diagnose.ts'
import { statementWords as statementEn, type StatementWords } from '../../contract/strings/en-statement.ts'
import { en, type Strings } from '../../contract/strings/en.ts'
import { chooseLanguage, type Language, type LanguageSetting } from '../../contract/strings/languages.ts'

/** What main itself says: questions outside the page, demo replies, statements, diagnoses. */
export interface Words {
  language: Language
  page: Strings
  statement: StatementWords
  diagnose: DiagnoseWords
}

const words: Record<Language, Words> = {
  en: { language: 'en', page: en, statement: statementEn, diagnose: diagnoseEn },
  de: { language: 'de', page: de, statement: statementDe, diagnose: diagnoseDe },
}

/** Main's words in the language that a setting and the system come to. */
export const wordsFor = (setting: LanguageSetting, systemLanguages: readonly string[]): Words =>
  words[chooseLanguage(setting, systemLanguages)]
