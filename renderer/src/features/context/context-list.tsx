import { useRef, useState, type KeyboardEvent } from 'react'
import { Virtualizer, type VirtualizerHandle } from 'virtua'
import type { MessageId } from '../../../../electron/contract/ids.ts'
import type { ContextMessage } from '../../../../electron/contract/routes/context.ts'
import { t } from '../../text/strings.ts'
import { ContextRow } from './context-row.tsx'
import { placeAfterKey, placesBetween } from './range.ts'

const rowPx = 64
const pageRows = 8
/** How often a row that is not drawn yet is offered the keyboard, once a frame. */
const focusTries = 20

/** The messages with a switch each; one of them has the keyboard, and the arrows move it. Only rows near the view are drawn. */
export function ContextList({
  messages,
  proposed,
  isFree,
  isReadOnly,
  onSwitch,
}: {
  messages: readonly ContextMessage[]
  proposed: readonly MessageId[]
  isFree: boolean
  isReadOnly: boolean
  onSwitch: (ids: MessageId[], isOff: boolean) => void
}) {
  const last = messages.length - 1
  const [place, setPlace] = useState(last)
  const at = Math.min(place, last)
  const anchor = useRef<number | null>(null)
  const listRef = useRef<HTMLDivElement>(null)
  const rowsRef = useRef<VirtualizerHandle>(null)
  const isProposed = new Set(proposed)

  const focus = (to: number, tries = focusTries) => {
    const row = listRef.current?.querySelector<HTMLElement>(`[data-place="${to}"] [role="switch"]`)
    row?.focus({ preventScroll: true })
    if ((row && document.activeElement === row) || tries === 0) return
    requestAnimationFrame(() => focus(to, tries - 1))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const to = placeAfterKey(event.key, at, messages.length, pageRows)
    if (to === null || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    setPlace(to)
    rowsRef.current?.scrollToIndex(to, { align: 'nearest' })
    focus(to)
  }
  const toggle = (to: number, isRange: boolean) => {
    const message = messages[to]
    if (!message || isReadOnly) return
    const from = isRange && anchor.current !== null ? Math.min(anchor.current, last) : to
    anchor.current = to
    setPlace(to)
    const isOff = !message.isOff
    onSwitch(
      placesBetween(from, to).flatMap((each) => messages[each]?.messageId ?? []),
      isOff,
    )
  }

  return (
    <>
      <div
        ref={(list) => {
          listRef.current = list
          // The newest messages first: they are what was just written.
          if (list && list.dataset['isPlaced'] === undefined) {
            list.dataset['isPlaced'] = ''
            rowsRef.current?.scrollToIndex(last, { align: 'end' })
          }
        }}
        role="list"
        aria-label={t.context.list}
        onKeyDown={onKeyDown}
        className="min-h-0 flex-1 overflow-y-auto"
      >
        <Virtualizer ref={rowsRef} data={messages as ContextMessage[]} itemSize={rowPx} keepMounted={[at]}>
          {(message: ContextMessage, index: number) => (
            <ContextRow
              key={message.messageId}
              message={message}
              place={index}
              total={messages.length}
              isProposed={isProposed.has(message.messageId)}
              isFree={isFree}
              isReadOnly={isReadOnly}
              isTabbable={index === at}
              onToggle={toggle}
            />
          )}
        </Virtualizer>
      </div>
      <p className="border-t border-line px-4 py-2 text-xs text-muted">{t.context.keys}</p>
    </>
  )
}
