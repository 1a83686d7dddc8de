import { useState } from 'react'
import type { ConversationId, MessageId } from '../../electron/contract/ids.ts'

/** Which conversation is shown, and which message of it was asked for. */
export interface Selection {
  conversationId: ConversationId | null
  /** A new object each time it is asked for. */
  target: { messageId: MessageId } | null
}

const prefix = '#/chat/'

const fromAddress = (): Selection => {
  const id = location.hash.startsWith(prefix) ? location.hash.slice(prefix.length) : ''
  return { conversationId: id === '' ? null : (id as ConversationId), target: null }
}

/** The selection; it survives a reload of the window. */
export function useSelection(): [Selection, (selection: Selection) => void] {
  const [selection, setSelection] = useState(fromAddress)
  const select = (next: Selection) => {
    history.replaceState(null, '', next.conversationId === null ? '#' : `${prefix}${next.conversationId}`)
    setSelection(next)
  }
  return [selection, select]
}
