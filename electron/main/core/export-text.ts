import type { PlacedAttachment } from '../../contract/attachment.ts'
import type { ConversationSummary, Message } from '../../contract/routes/conversations.ts'
import type { Revision } from '../../contract/routes/messages.ts'
import type { Parameters } from '../../contract/routes/parameters.ts'
import { fileNameFrom } from './file-name.ts'

type Exported = Omit<ConversationSummary, 'isRunning'>

const when = (at: number) => new Date(at).toISOString()

/** The name of an exported file. */
export const exportName = (title: string, format: 'markdown' | 'json'): string =>
  fileNameFrom(title, format === 'json' ? 'json' : 'md')

/** The beginning of a conversation as Markdown. */
export function markdownHead({ title, createdAt }: Exported): string {
  return `# ${title.replace(/([\\`*_[\]<>])/g, '\\$1')}\n\n${when(createdAt)}\n`
}

/** One message as Markdown: its text as it is, after the names of what was attached, under a heading; thoughts as a quotation before it. */
export function markdownMessage(
  { role, text, reasoning, refusal, createdAt }: Message,
  attachments: readonly PlacedAttachment[] = [],
): string {
  const thoughts = reasoning === '' ? '' : `${reasoning.replace(/^/gm, '> ')}\n\n`
  const names = attachments.map(({ name }) => name.replace(/([\\`*_[\]<>])/g, '\\$1')).join(', ')
  const attached = names === '' ? '' : `*Attached: ${names}*`
  const words = [attached, text, refusal ?? ''].filter((each) => each !== '').join('\n\n')
  return `\n## ${role === 'user' ? 'You' : 'Gemma'} · ${when(createdAt)}\n\n${thoughts}${words}\n`
}

/** The beginning of a conversation as JSON, up to its list of messages. */
export function jsonHead(conversation: Exported, parameters: Parameters, shownLeafId: string | null): string {
  const head = { format: 'parley-conversation', version: 1, ...conversation, parameters, shownLeafId }
  return `${JSON.stringify(head).slice(0, -1)},"messages":[`
}

/** One message as JSON, with all its wordings, and what was attached by its SHA-256 and in which mode. */
export function jsonMessage(
  message: Message,
  revisions: Revision[],
  attachments: readonly PlacedAttachment[],
  isFirst: boolean,
): string {
  const files = attachments.map(({ id, name, mediaType, sizeBytes, hash, url, mode }) => {
    return { id, name, mediaType, sizeBytes, hash, url, mode }
  })
  const whole = { ...message, revisions, ...(files.length === 0 ? {} : { attachments: files }) }
  return `${isFirst ? '' : ','}\n${JSON.stringify(whole)}`
}

/** The end of a conversation as JSON. */
export const jsonTail = '\n]}\n'
