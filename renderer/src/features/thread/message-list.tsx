import { useEffect, useState, type CSSProperties, type ReactNode, type Ref } from 'react'
import { Virtualizer } from 'virtua'
import type { MessageId } from '../../../../electron/contract/ids.ts'
import type { Message } from '../../../../electron/contract/routes/conversations.ts'
import type { ThreadWindow } from '../../data/thread-window.ts'
import type { Follower } from './follower.ts'
import { MessageRow } from './message-row.tsx'
import type { RowProps } from './row-props.ts'
import { useGrown } from './use-grown.ts'

/** A guess, until a row has been drawn. */
const rowPx = 160
/** How far beyond the view rows are drawn. */
const aheadPx = 900

/** As virtua wants it, but rows can be pointed at while the view moves: it always does while a reply is written. */
function Rows({ style, children, ref }: { style: CSSProperties; children: ReactNode; ref?: Ref<HTMLDivElement> }) {
  return (
    <div ref={ref} style={{ ...style, pointerEvents: undefined }}>
      {children}
    </div>
  )
}

/** What every row is told alike. */
export type RowsProps = Pick<
  RowProps,
  'canBuy' | 'isReadOnly' | 'isFree' | 'renderRefusal' | 'onEdit' | 'onQuote' | 'onSent' | 'onOpenSettings'
>

/** The rows of a thread; only those near the view are in the page. */
export function MessageList({
  thread,
  follower,
  kept,
  editing,
  target,
  rowProps,
}: {
  thread: ThreadWindow
  follower: Follower
  /** Rows that stay in the page wherever they are, such as the one with the keyboard and the one being edited. */
  kept: readonly (MessageId | null)[]
  editing: MessageId | null
  target: MessageId | null
  rowProps: RowsProps
}) {
  const { attachRows, settle } = follower
  const { messages, total, hasMore, hasNewer } = thread
  const [isWhole, setIsWhole] = useState(false)
  const { rows, isShift } = useGrown(messages, isWhole || hasNewer || target !== null)
  useEffect(() => {
    // Once the last rows have been painted.
    const timer = setTimeout(() => setIsWhole(true), 120)
    return () => clearTimeout(timer)
  }, [])
  const places = kept.flatMap((id) => {
    const at = id === null ? -1 : rows.findIndex((message) => message.id === id)
    return at === -1 ? [] : [at]
  })
  return (
    <Virtualizer
      ref={attachRows}
      as={Rows}
      data={rows}
      shift={isShift}
      itemSize={rowPx}
      bufferSize={aheadPx}
      keepMounted={places}
      onResize={settle}
    >
      {(message: Message, at: number) => (
        <MessageRow
          key={message.id}
          message={message}
          position={total > 0 ? message.index + 1 : null}
          total={total}
          isFirst={at === 0 && !hasMore && rows.length === messages.length}
          isLast={at === rows.length - 1 && !hasNewer}
          isEditing={editing === message.id}
          isTarget={target === message.id}
          {...rowProps}
        />
      )}
    </Virtualizer>
  )
}
