import { Toast } from '@base-ui/react/toast'
import { X } from 'lucide-react'
import { IconButton } from './icon-button.tsx'

const manager = Toast.createToastManager<{ actionLabel: string; onAction: () => void }>()

/** Long enough to read and reach. */
const toastMs = 12_000

/** Says something at the edge of the window, with one thing to do about it. */
export function showToast(text: string, actionLabel: string, onAction: () => void) {
  const id = manager.add({
    title: text,
    timeout: toastMs,
    data: {
      actionLabel,
      onAction: () => {
        manager.close(id)
        onAction()
      },
    },
  })
}

function ToastList({ closeLabel }: { closeLabel: string }) {
  const { toasts } = Toast.useToastManager<{ actionLabel: string; onAction: () => void }>()
  return toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      className="mt-2 flex items-center gap-3 rounded-lg border border-line bg-raised py-2 pr-2 pl-4 text-sm shadow-float transition-opacity data-[ending-style]:opacity-0 data-[starting-style]:opacity-0"
    >
      <Toast.Title className="line-clamp-2 min-w-0 flex-1 break-words" render={<p />} />
      {toast.data ? (
        <Toast.Action
          onClick={toast.data.onAction}
          className="rounded-md px-2 py-1 font-medium text-accent hover:bg-fill"
        >
          {toast.data.actionLabel}
        </Toast.Action>
      ) : null}
      <Toast.Close render={<IconButton icon={X} label={closeLabel} />} />
    </Toast.Root>
  ))
}

/** Where toasts appear; one per window. */
export function ToastRegion({ closeLabel }: { closeLabel: string }) {
  return (
    <Toast.Provider toastManager={manager}>
      <Toast.Portal>
        <Toast.Viewport className="fixed bottom-16 left-2.5 z-50 w-[min(20rem,calc(100vw-2rem))]">
          <ToastList closeLabel={closeLabel} />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  )
}
