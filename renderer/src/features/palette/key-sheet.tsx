import type { Settings } from '../../../../electron/contract/routes/settings.ts'
import { t } from '../../text/strings.ts'
import { LargeDialog } from '../../ui/dialog.tsx'
import { Keys } from './keys.tsx'

type SendKey = Settings['sendKey']

/** One line of the sheet. */
export interface KeyLine {
  label: string
  keys: string
}

const fixedLines = (sendKey: SendKey, { fixed: words } = t.palette): KeyLine[] => [
  { label: words.send, keys: sendKey === 'enter' ? 'Enter' : 'mod+Enter' },
  { label: words.newLine, keys: sendKey === 'enter' ? 'Shift+Enter' : 'Enter' },
  { label: words.lastPrompt, keys: '↑' },
  { label: words.chats, keys: 'mod+1…9' },
]

const messageLines = ({ fixed: words } = t.palette): KeyLine[] => [
  { label: words.walk, keys: 'J+K' },
  { label: words.copy, keys: 'C' },
  { label: words.edit, keys: 'E' },
  { label: words.quote, keys: 'Q' },
  { label: words.retry, keys: 'R' },
  { label: words.delete, keys: 'Del' },
  { label: words.rename, keys: 'F2' },
  { label: words.pick, keys: 'Shift+↓' },
]

function Lines({ title, lines, modifier }: { title: string; lines: readonly KeyLine[]; modifier: string }) {
  return (
    <section aria-label={title} className="min-w-0 flex-1 basis-72">
      <h3 className="pb-1 text-xs font-medium text-muted">{title}</h3>
      <dl>
        {lines.map(({ label, keys }) => (
          <div key={label} className="flex items-center justify-between gap-3 border-b border-line py-1.5 text-sm">
            <dt className="min-w-0">{label}</dt>
            <dd>
              <Keys keys={keys} modifier={modifier} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** Every key that does something. */
export function KeySheet({
  isOpen,
  lines,
  sendKey,
  modifier,
  onOpenChange,
}: {
  isOpen: boolean
  lines: readonly KeyLine[]
  sendKey: SendKey
  modifier: string
  onOpenChange: (isOpen: boolean) => void
}) {
  return (
    <LargeDialog title={t.palette.keys} closeLabel={t.palette.close} isOpen={isOpen} onOpenChange={onOpenChange}>
      <div
        role="group"
        aria-label={t.palette.keys}
        tabIndex={0}
        data-first=""
        className="flex flex-wrap gap-x-8 gap-y-5 overflow-y-auto p-5 -outline-offset-2"
      >
        <Lines title={t.palette.groups.app} lines={[...lines, ...fixedLines(sendKey)]} modifier={modifier} />
        <Lines title={t.palette.groups.message} lines={messageLines()} modifier={modifier} />
      </div>
    </LargeDialog>
  )
}
