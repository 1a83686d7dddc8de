import { useId, useState, type KeyboardEvent } from 'react'
import { t } from '../../text/strings.ts'
import { PlainDialog } from '../../ui/dialog.tsx'
import { Keys } from './keys.tsx'

/** Something that can be done. */
export interface Command {
  id: string
  label: string
  /** The keys for it, if there are any. */
  keys?: string | undefined
  run: () => void
}

/** More than this nobody reads: typing narrows it. */
const mostShown = 50

/** Commands that have every word typed in their name. */
function matching(commands: readonly Command[], query: string): readonly Command[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  return commands.filter(({ label }) => words.every((word) => label.toLowerCase().includes(word))).slice(0, mostShown)
}

/** Every act by name: type a part of it, choose with the arrows, Enter does it. */
export function Palette({
  isOpen,
  commands,
  modifier,
  onOpenChange,
}: {
  isOpen: boolean
  commands: readonly Command[]
  modifier: string
  onOpenChange: (isOpen: boolean) => void
}) {
  return (
    <PlainDialog
      label={t.palette.name}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      className="top-[18%]! translate-y-0!"
    >
      <Commands commands={commands} modifier={modifier} onClose={() => onOpenChange(false)} />
    </PlainDialog>
  )
}

function Commands({
  commands,
  modifier,
  onClose,
}: {
  commands: readonly Command[]
  modifier: string
  onClose: () => void
}) {
  const id = useId()
  const [query, setQuery] = useState('')
  const [at, setAt] = useState(0)
  const shown = matching(commands, query)
  const chosen = shown[Math.min(at, shown.length - 1)]
  const run = (command: Command | undefined) => {
    if (!command) return
    onClose()
    // Once the dialog has given the keyboard back.
    setTimeout(command.run, 60)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter') run(chosen)
    else if (event.key === 'ArrowDown') setAt(Math.min(at + 1, shown.length - 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(0, at - 1))
    else return
    event.preventDefault()
  }
  return (
    <>
      <input
        type="text"
        role="combobox"
        aria-label={t.palette.field}
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={chosen ? `${id}-${chosen.id}` : undefined}
        placeholder={t.palette.field}
        value={query}
        maxLength={100}
        onChange={(event) => {
          setQuery(event.target.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
        className="w-full border-b border-line bg-transparent px-5 py-3.5 text-base outline-none"
      />
      <ul
        id={`${id}-list`}
        role="listbox"
        tabIndex={-1}
        aria-label={t.palette.list}
        className="max-h-[50vh] overflow-y-auto p-2"
      >
        {shown.map((command) => (
          <li
            key={command.id}
            id={`${id}-${command.id}`}
            role="option"
            aria-selected={command === chosen}
            ref={(item) => {
              if (command === chosen) item?.scrollIntoView({ block: 'nearest' })
            }}
            onClick={() => run(command)}
            onPointerMove={() => setAt(shown.indexOf(command))}
            className="flex items-center justify-between gap-4 rounded-md px-3 py-2 text-sm aria-selected:bg-fill"
          >
            <span dir="auto" className="min-w-0 truncate">
              {command.label}
            </span>
            {command.keys ? <Keys keys={command.keys} modifier={modifier} /> : null}
          </li>
        ))}
      </ul>
      {shown.length === 0 ? <p className="px-5 pb-4 text-sm text-muted">{t.palette.none}</p> : null}
    </>
  )
}
