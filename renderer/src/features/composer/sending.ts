import { formatCount } from '../../text/money.ts'
import { t } from '../../text/strings.ts'

/** As in the contract. */
const maxChars = 400_000

/** Why a message cannot be sent now. */
export interface WhyNot {
  text: string
  /** Plain to see without words, such as an empty field. */
  isObvious: boolean
  helps: 'key' | null
}

/** The reason that Send is disabled; `null` when it is not. */
export function whyNotSend(now: {
  text: string
  isRunning: boolean
  isSending: boolean
  canPay: boolean
  isKeychainLocked: boolean
  isReadOnly: boolean
}): WhyNot | null {
  const words = t.composer.why
  if (now.isReadOnly) return { text: words.readOnly, isObvious: false, helps: null }
  if (!now.canPay)
    return { text: now.isKeychainLocked ? words.keychainLocked : words.noKey, isObvious: false, helps: 'key' }
  if (now.isRunning) return { text: words.running, isObvious: true, helps: null }
  if (now.isSending) return { text: words.sending, isObvious: true, helps: null }
  if (now.text.length > maxChars) return { text: words.tooLong(formatCount(maxChars)), isObvious: false, helps: null }
  if (now.text.trim() === '') return { text: words.empty, isObvious: true, helps: null }
  return null
}

/** What stays in the composer once `sent` was taken: what was typed meanwhile. */
export const textAfterSend = (now: string, sent: string): string =>
  now.startsWith(sent) ? now.slice(sent.length).trimStart() : now
