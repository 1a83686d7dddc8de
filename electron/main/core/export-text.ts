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

/** One message as Markdown: its text as it is, under a heading; thoughts as a quotation before it. */
export function markdownMessage({ role, text, reasoning, refusal, createdAt }: Message): string {
  const thoughts = reasoning === '' ? '' : `${reasoning.replace(/^/gm, '> ')}\n\n`
  const words = [text, refusal ?? ''].filter((each) => each !== '').join('\n\n')
  return `\n## ${role === 'user' ? 'You' : 'Gemma'} · ${when(createdAt)}\n\n${thoughts}${words}\n`
}

/** The beginning of a conversation as JSON, up to its list of messages. */
export function jsonHead(conversation: Exported, parameters: Parameters, shownLeafId: string | null): string {
  const head = { format: 'parley-conversation', version: 1, ...conversation, parameters, shownLeafId }
  return `${JSON.stringify(head).slice(0, -1)},"messages":[`
}

/** One message as JSON, with all its wordings. */
export function jsonMessage(message: Message, revisions: Revision[], isFirst: boolean): string {
  return `${isFirst ? '' : ','}\n${JSON.stringify({ ...message, revisions })}`
}

/** The end of a conversation as JSON. */
export const jsonTail = '\n]}\n'
