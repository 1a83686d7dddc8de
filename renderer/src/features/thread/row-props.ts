import type { ReactNode } from 'react'
import type { MessageId } from '../../../../electron/contract/ids.ts'
import type { Message } from '../../../../electron/contract/routes/conversations.ts'
import type { RefusedTurn } from '../../data/budgets.ts'

/** What a row may do besides showing itself. */
export interface RowProps {
  message: Message
  /** Its place from 1, and how many there are; `null`: not known. */
  position: number | null
  total: number
  isFirst: boolean
  isLast: boolean
  isEditing: boolean
  /** The message that was asked for, such as a search result. */
  isTarget: boolean
  /** Nothing else runs here and the store can be written. */
  canBuy: boolean
  isReadOnly: boolean
  /** A demo: nothing is bought. */
  isFree: boolean
  renderRefusal: (refused: RefusedTurn) => ReactNode
  onEdit: (messageId: MessageId | null) => void
  onQuote: (text: string) => void
  onSent: () => void
  onOpenSettings: (page: 'key' | 'connection') => void
}
