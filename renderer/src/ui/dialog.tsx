import { AlertDialog } from '@base-ui/react/alert-dialog'
import { Dialog } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { useRef, type ReactNode } from 'react'
import { Button } from './button.tsx'
import { IconButton } from './icon-button.tsx'

const backdrop =
  'fixed inset-0 z-30 bg-shade transition-opacity duration-150 data-[ending-style]:opacity-0 data-[starting-style]:opacity-0'
const popup =
  'fixed top-1/2 left-1/2 z-30 -translate-x-1/2 -translate-y-1/2 rounded-xl border border-line bg-paper shadow-float outline-none transition-opacity duration-150 data-[ending-style]:opacity-0 data-[starting-style]:opacity-0'

/** A large dialog with a title and a button to close it. */
export function LargeDialog({
  title,
  closeLabel,
  isOpen,
  onOpenChange,
  children,
}: {
  title: string
  closeLabel: string
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
  children: ReactNode
}) {
  const popupRef = useRef<HTMLDivElement>(null)
  return (
    <Dialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className={backdrop} />
        <Dialog.Popup
          ref={popupRef}
          // What was chosen last, not the button to close: its hint would take the first Escape.
          initialFocus={() =>
            popupRef.current?.querySelector<HTMLElement>('[role="tab"][aria-selected="true"], [data-first]') ?? true
          }
          className={`${popup} flex h-[min(40rem,calc(100dvh-3rem))] w-[min(52rem,calc(100vw-3rem))] flex-col overflow-hidden`}
        >
          <header className="flex items-center justify-between border-b border-line px-5 py-3">
            <Dialog.Title className="text-base font-semibold">{title}</Dialog.Title>
            <Dialog.Close render={<IconButton icon={X} label={closeLabel} />} />
          </header>
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

/** A dialog of its own shape, without a title that is seen. */
export function PlainDialog({
  label,
  isOpen,
  onOpenChange,
  className,
  children,
}: {
  label: string
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
  className: string
  children: ReactNode
}) {
  return (
    <Dialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className={backdrop} />
        <Dialog.Popup
          aria-label={label}
          className={`${popup} w-[min(36rem,calc(100vw-3rem))] overflow-hidden ${className}`}
        >
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

/** Asks before something that cannot be undone. */
export function Question({
  title,
  text,
  confirmLabel,
  cancelLabel,
  isOpen,
  onOpenChange,
  onConfirm,
}: {
  title: string
  text: string
  confirmLabel: string
  cancelLabel: string
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
  onConfirm: () => void
}) {
  return (
    <AlertDialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={backdrop} />
        <AlertDialog.Popup className={`${popup} w-[min(24rem,calc(100vw-3rem))] p-5`}>
          <AlertDialog.Title className="text-base font-semibold">{title}</AlertDialog.Title>
          <AlertDialog.Description className="mt-1 text-muted">{text}</AlertDialog.Description>
          <div className="mt-5 flex justify-end gap-2">
            <AlertDialog.Close render={<Button look="outline">{cancelLabel}</Button>} />
            <AlertDialog.Close
              render={
                <Button look="danger" onClick={onConfirm}>
                  {confirmLabel}
                </Button>
              }
            />
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}
