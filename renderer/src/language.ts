import { useEffect, useState } from 'react'
import { chooseLanguage, type Language, type LanguageSetting } from '../../electron/contract/strings/languages.ts'
import { speak, systemLanguages } from './text/strings.ts'

const ofSystem = chooseLanguage('system', systemLanguages())

/** Before anything is drawn: the words of the system's language, as the settings are not known yet. */
export const speakAsTheSystem = (): Promise<void> => speak(ofSystem)

/** The language of the page, once its words are there; `null` while they are loaded. What shows words is drawn anew for each. */
export function useLanguage(setting: LanguageSetting): Language | null {
  const wanted = chooseLanguage(setting, systemLanguages())
  const [spoken, setSpoken] = useState<Language>(ofSystem)
  useEffect(() => {
    let isWanted = true
    if (wanted !== spoken)
      // Words that cannot be loaded leave those that are there; the page stays usable.
      void speak(wanted).finally(() => {
        if (isWanted) setSpoken(wanted)
      })
    return () => {
      isWanted = false
    }
  }, [wanted, spoken])
  return wanted === spoken ? spoken : null
}
