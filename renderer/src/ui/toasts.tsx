import { Toast } from '@base-ui/react/toast'
import { X } from 'lucide-react'
import { IconButton } from './icon-button.tsx'

interface ToastAct {
  label: string
  run: () => void
}

const manager = Toast.createToastManager<ToastAct>()

/** Long enough to read and reach. */
const toastMs = 12_000

/** Says something at the edge of the window, with at most one thing to do about it. */
export function showToast(text: string, act?: ToastAct) {
  const id = manager.add({
    title: text,
    timeout: toastMs,
    ...(act
      ? {
          data: {
            label: act.label,
            run() {
              manager.close(id)
              act.run()
            },
          },
        }
      : {}),
  })
}

function ToastList({ closeLabel }: { closeLabel: string }) {
  const { toasts } = Toast.useToastManager<ToastAct>()
  return toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      data-toast=""
      className="mt-2 flex items-center gap-3 rounded-lg border border-line bg-raised py-2 pr-2 pl-4 text-sm shadow-float transition-opacity data-[ending-style]:opacity-0 data-[starting-style]:opacity-0"
    >
      <Toast.Title className="line-clamp-6 min-w-0 flex-1 break-words" render={<p />} />
      {toast.data ? (
        <Toast.Action onClick={toast.data.run} className="rounded-md px-2 py-1 font-medium text-accent hover:bg-fill">
          {toast.data.label}
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
        <Toast.Viewport className="fixed bottom-16 left-2.5 z-50 w-[calc(var(--spacing-sidebar)-1.25rem)]">
          <ToastList closeLabel={closeLabel} />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  )
}
