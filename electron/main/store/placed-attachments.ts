import type { Attachment, AttachmentMode, PlacedAttachment } from '../../contract/attachment.ts'
import type { ConversationId, MessageId } from '../../contract/ids.ts'
import { modesOf } from '../core/modes.ts'
import { getAttachment } from './attachments.ts'
import { readDraftPlaces } from './draft-attachments.ts'
import type { Database } from './database.ts'
import { missingFor } from './derivatives.ts'
import { placesOf } from './sent-attachments.ts'

const mostMissing = 50

/** What a draft has, in order, with what is still to be made of each. */
export function draftAttachments(db: Database, input: { conversationId: ConversationId }): PlacedAttachment[] {
  return readDraftPlaces(db, input).map(({ attachmentId, mode }) =>
    place(db, getAttachment(db, { attachmentId }), mode),
  )
}

/** The attachments of messages, as they are sent from now on; messages without any are left out. */
export function attachmentsOfMessages(
  db: Database,
  input: { messageIds: MessageId[] },
): { messageId: MessageId; attachments: PlacedAttachment[] }[] {
  return input.messageIds
    .map((messageId) => {
      const places = placesOf(db, messageId)
      return { messageId, attachments: places.map(({ attachment, mode }) => place(db, attachment, mode)) }
    })
    .filter(({ attachments }) => attachments.length > 0)
}

function place(db: Database, attachment: Attachment, mode: AttachmentMode): PlacedAttachment {
  const missing = missingFor(db, attachment, mode, mostMissing)
  return { ...attachment, mode, isReady: missing.length === 0, missing, modes: modesOf(attachment) }
}
