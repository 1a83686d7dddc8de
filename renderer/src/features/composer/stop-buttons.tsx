import { ChevronDown, Square } from 'lucide-react'
import { useId } from 'react'
import { endReply } from '../../data/turns.ts'
import { useFailure } from '../../data/use-failure.ts'
import type { RunningTurn } from '../../streams/streams.ts'
import { formatBound } from '../../text/money.ts'
import { t } from '../../text/strings.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { MenuButton, MenuHint, MenuItem } from '../../ui/menu.tsx'
import { Hint } from '../../ui/tooltip.tsx'

/** The two ways to stop a reply: cut it now, or let it end unseen so that its price arrives. */
export function StopButtons({ turn }: { turn: RunningTurn }) {
  const { failure, run } = useFailure()
  const hintId = useId()
  const bound =
    turn.upToNanoUsd === null ? t.composer.settleUnbound : t.composer.settleBound(formatBound(turn.upToNanoUsd))
  return (
    <span className="flex items-center">
      {failure ? (
        <span role="alert" className="mr-2 text-xs text-danger">
          {t.composer.stopFailed}
        </span>
      ) : null}
      <Hint text={t.composer.stopHint}>
        <button
          type="button"
          aria-description={t.composer.stopHint}
          onClick={() => void run(() => endReply('turns.stop', turn.messageId))}
          className="inline-flex h-8 items-center gap-2 rounded-l-full border border-line bg-raised pr-2 pl-3.5 text-sm font-medium hover:bg-fill"
        >
          <Square aria-hidden="true" className="size-3 fill-current" />
          {t.composer.stop}
        </button>
      </Hint>
      <MenuButton
        trigger={
          <IconButton
            icon={ChevronDown}
            label={t.composer.moreStops}
            className="h-8! w-8! rounded-l-none! rounded-r-full! border border-l-0 border-line bg-raised hover:bg-fill"
          />
        }
      >
        <MenuItem
          label={t.composer.settle}
          describedBy={hintId}
          onSelect={() => void run(() => endReply('turns.settle', turn.messageId))}
        />
        <MenuHint id={hintId}>{bound}</MenuHint>
      </MenuButton>
    </span>
  )
}
