import type { FailureCode } from '../../../../electron/contract/errors.ts'
import type { Message, MessageStatus } from '../../../../electron/contract/routes/conversations.ts'

const running = new Set<MessageStatus>(['queued', 'sending', 'streaming'])

/** Whether a reply is still under way. */
export const isUnderWay = (message: Message): boolean => running.has(message.status)

/** Whether the model can be asked to go on from the last words of a reply. */
export const canContinue = (message: Message): boolean =>
  message.role === 'assistant' &&
  message.text !== '' &&
  (message.status === 'stopped' ||
    message.status === 'interrupted' ||
    message.status === 'failed' ||
    (message.status === 'complete' && message.finishReason === 'length'))

/** Whether another version of a reply can be asked for. */
export const canRetry = (message: Message): boolean => message.role === 'assistant' && !isUnderWay(message)

/** Which page of the settings helps with a failure; `null`: none. */
export function settingsFor(code: FailureCode): 'key' | 'connection' | null {
  if (code.startsWith('key.') || code.startsWith('keychain.')) return 'key'
  if (code.startsWith('network.') || code === 'model.not-found' || code === 'reply.not-a-stream') return 'connection'
  return null
}
