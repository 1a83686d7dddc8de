import { ClipboardType, Ellipsis, EyeOff, Pencil, RotateCcw, TextQuote, Trash2, type LucideIcon } from 'lucide-react'
import type { Message } from '../../../../electron/contract/routes/conversations.ts'
import { t } from '../../text/strings.ts'
import { CopyButton } from '../../ui/copy.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { MenuButton, MenuItem } from '../../ui/menu.tsx'
import { CostLine } from './cost-line.tsx'
import { PricedAct } from './priced-act.tsx'
import type { RowActs } from './use-row-acts.ts'
import { VersionPager } from './version-pager.tsx'

function MoreItem({ icon: Icon, label, act }: { icon: LucideIcon; label: string; act: (() => void) | null }) {
  if (!act) return null
  return <MenuItem label={label} icon={<Icon aria-hidden="true" className="size-4" />} onSelect={act} />
}

/** The quiet line under a message: copy, retry, the rest in a menu, its versions and its price. */
export function RowFooter({
  message,
  acts,
  retryHint,
  isFree,
  className,
}: {
  message: Message
  acts: RowActs
  /** `null`: asking again is offered elsewhere in this row. */
  retryHint: string | null
  isFree: boolean
  className: string
}) {
  const hasMore = acts.copyRich ?? acts.quote ?? acts.edit ?? acts.remove
  return (
    <footer className={className}>
      {message.text === '' ? null : (
        <CopyButton text={message.text} label={t.thread.copy} copiedLabel={t.thread.copied} />
      )}
      {message.role === 'user' && acts.edit ? (
        <IconButton icon={Pencil} label={t.reading.edit} onClick={acts.edit} />
      ) : null}
      {acts.retry && retryHint !== null ? (
        <PricedAct message={message} act="retry" hint={retryHint} isFree={isFree}>
          {(hint) => (
            <IconButton
              icon={RotateCcw}
              label={t.thread.retry}
              hint={hint}
              aria-description={hint}
              disabled={acts.isBusy}
              onClick={acts.retry ?? undefined}
            />
          )}
        </PricedAct>
      ) : null}
      {hasMore ? (
        <MenuButton trigger={<IconButton icon={Ellipsis} label={t.reading.actions} />}>
          <MoreItem icon={TextQuote} label={t.reading.quote} act={acts.quote} />
          <MoreItem icon={ClipboardType} label={t.reading.copyRich} act={acts.copyRich} />
          <MoreItem icon={Pencil} label={t.reading.edit} act={message.role === 'user' ? null : acts.edit} />
          <MoreItem
            icon={EyeOff}
            label={message.isOff ? t.context.takeIn : t.context.leaveOut}
            act={acts.switchContext}
          />
          <MoreItem icon={Trash2} label={t.reading.delete} act={acts.remove} />
        </MenuButton>
      ) : null}
      <VersionPager message={message} />
      {message.revisionCount > 1 ? <span className="px-1 text-xs text-muted">{t.reading.edited}</span> : null}
      {message.cost ? <CostLine messageId={message.id} cost={message.cost} /> : null}
    </footer>
  )
}
