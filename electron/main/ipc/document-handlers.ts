import { fail } from '../../contract/errors.ts'
import type { ConversationId } from '../../contract/ids.ts'
import type { HandlersFor } from '../../contract/registry.ts'
import type { documentRoutes } from '../../contract/routes/documents.ts'
import { forgottenAfterMs } from '../documents/collector.ts'
import type { Access } from './access.ts'
import type { HandlerDeps } from './handlers.ts'

/** UTF-16 units of text in one answer. */
const answerChars = 256 * 1024
/** UTF-8 bytes of text in one call. */
const callTextBytes = 1024 * 1024

const changed = (conversationId: ConversationId) => ({ name: 'documents.changed', conversationId }) as const

/** Handlers of `documents.*`. */
export function createDocumentHandlers(
  { read, write, writable, saying }: Access,
  { workspace, now }: Pick<HandlerDeps, 'workspace' | 'now'>,
): HandlersFor<keyof typeof documentRoutes> {
  const limits = () => workspace().preferences.current().documentLimits
  const draft = async (conversationId: ConversationId) =>
    saying(changed(conversationId), await read().draftAttachments({ conversationId }))
  const added = async <Value extends { conversationId: ConversationId }>(adding: Promise<Value>) => {
    const attachment = await adding
    return saying(changed(attachment.conversationId), attachment)
  }

  return {
    'documents.begin': (input) => ({ uploadId: writable().documents.intake.begin(input) }),
    'documents.chunk': async (input) => ({ receivedBytes: await writable().documents.intake.chunk(input) }),
    'documents.finish': ({ uploadId }) => added(writable().documents.intake.finish(uploadId)),
    'documents.cancel': async ({ uploadId }) => {
      await workspace().documents.intake.cancel(uploadId)
      return null
    },
    'documents.pick': () => writable().documents.pick(),
    'documents.take': (input) => added(writable().documents.take(input)),
    'documents.link': (input) => added(writable().documents.link(input)),
    'documents.draft': (input) => read().draftAttachments(input),
    'documents.ofMessages': (input) => read().attachmentsOfMessages(input),
    'documents.attach': async (input) => {
      await write().attachToDraft({ ...input, position: null, countLimit: limits().count, at: now() })
      return draft(input.conversationId)
    },
    'documents.remove': async (input) => {
      await write().removeFromDraft({ ...input, at: now() })
      return draft(input.conversationId)
    },
    'documents.restore': async (input) => {
      await write().attachToDraft({ ...input, countLimit: limits().count, at: now() })
      return draft(input.conversationId)
    },
    'documents.reorder': async (input) => {
      await write().reorderDraft(input)
      return draft(input.conversationId)
    },
    'documents.setMode': async (input) => {
      await write().setDraftMode(input)
      return draft(input.conversationId)
    },
    'documents.setSentMode': async (input) => {
      const conversationId = await write().setSentMode({ ...input, at: now() })
      saying(changed(conversationId), null)
      return saying({ name: 'conversation.changed', conversationId }, null)
    },
    'documents.addPages': async (input) => {
      const bytes = input.pages.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0)
      if (bytes > callTextBytes) throw fail('input.invalid', { field: 'pages' })
      await write().addPages({ ...input, pageLimit: limits().pages })
      return null
    },
    'documents.reported': async (input) => {
      const { attachment, conversationIds } = await write().reportText({
        ...input,
        pageLimit: limits().pages,
        at: now(),
      })
      for (const conversationId of conversationIds) saying(changed(conversationId), null)
      return attachment
    },
    'documents.pages': (input) => read().readPages({ ...input, charLimit: answerChars }),
    'documents.relevantPages': async ({ attachmentId, question, budgetTokens }) => {
      const { hash } = await read().getAttachment({ attachmentId })
      if (hash === null) throw fail('document.not-found')
      return read().relevantPages({ hash, question, budgetTokens })
    },
    'documents.read': (input) => workspace().documents.read(input),
    'documents.save': (input) => workspace().documents.save(input),
    'documents.list': (input) => read().listAttachments(input),
    'documents.storage': () => read().documentStorage({ before: now() - forgottenAfterMs }),
    'documents.clean': async () => ({ freedBytes: await writable().documents.collector.run({ isNow: true }) }),
    'documents.limits': () => limits(),
    'documents.setLimits': async (input) => {
      const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined))
      await writable().preferences.set({ documentLimits: { ...limits(), ...given } })
      return limits()
    },
  }
}
