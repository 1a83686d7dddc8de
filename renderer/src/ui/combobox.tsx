import { Combobox as Base } from '@base-ui/react/combobox'
import { ChevronDown } from 'lucide-react'
import { useId, useState } from 'react'

/** One of many names, found by typing a part of it. */
export function Combobox({
  label,
  items,
  value,
  emptyText,
  onChange,
}: {
  label: string
  items: readonly string[]
  value: string
  emptyText: string
  onChange: (value: string) => void
}) {
  const id = useId()
  const [isOpen, setIsOpen] = useState(false)
  return (
    <Base.Root
      items={items}
      value={value}
      onValueChange={(next: string | null) => {
        if (next !== null && next !== value) onChange(next)
      }}
      open={isOpen}
      onOpenChange={setIsOpen}
      autoHighlight
    >
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        {label}
      </label>
      <Base.InputGroup className="flex w-72 max-w-full items-center rounded-md border border-line-strong bg-paper pr-1.5 focus-within:outline-2 focus-within:outline-accent">
        <Base.Input
          id={id}
          spellCheck={false}
          onKeyDown={(event) => {
            // While the list is closed, Escape belongs to what is around: here it would empty the field.
            if (event.key === 'Escape' && !isOpen) event.preventBaseUIHandler()
          }}
          className="min-w-0 flex-1 rounded-md bg-transparent px-2.5 py-1.5 text-sm outline-none"
        />
        <Base.Trigger
          aria-label={label}
          tabIndex={-1}
          className="inline-flex size-6 items-center justify-center text-muted"
        >
          <ChevronDown aria-hidden="true" className="size-4" strokeWidth={1.75} />
        </Base.Trigger>
      </Base.InputGroup>
      <Base.Portal>
        <Base.Positioner sideOffset={4} className="z-50">
          <Base.Popup className="w-(--anchor-width) rounded-lg border border-line bg-raised shadow-float">
            <Base.Empty className="px-3 py-2 text-sm text-muted empty:hidden">{emptyText}</Base.Empty>
            <Base.List className="max-h-60 overflow-y-auto p-1 outline-none data-empty:p-0">
              {(item: string) => (
                <Base.Item
                  key={item}
                  value={item}
                  className="cursor-default rounded-md px-2.5 py-1 text-sm outline-none select-none data-[highlighted]:bg-fill data-[selected]:font-medium"
                >
                  {item}
                </Base.Item>
              )}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
