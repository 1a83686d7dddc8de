import { useState, type ReactElement } from 'react'
import type { Message } from '../../../../electron/contract/routes/conversations.ts'
import { useActEstimate } from '../../data/estimate.ts'
import { estimateCost } from '../../text/estimate.ts'
import { t } from '../../text/strings.ts'

/** Draws a button that buys with its hint; once it is pointed at or has the keyboard, the hint says about what it would cost. */
export function PricedAct({
  message,
  act,
  hint,
  isFree,
  children,
}: {
  message: Message
  act: 'retry' | 'continue'
  hint: string
  isFree: boolean
  children: (hint: string) => ReactElement
}) {
  const [isWanted, setIsWanted] = useState(false)
  const estimate = useActEstimate(message.conversationId, act, message.id, isWanted && !isFree)
  const text = estimate ? `${hint} ${t.estimate.act(estimateCost(estimate))}` : hint
  const want = () => setIsWanted(true)
  return (
    <span className="contents" onPointerEnter={want} onPointerOver={want} onFocus={want}>
      {children(text)}
    </span>
  )
}
