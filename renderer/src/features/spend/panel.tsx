import { useId, type ReactNode } from 'react'

/** A part of the spend page under a heading, with what belongs to the heading beside it. */
export function Panel({ title, beside, children }: { title: string; beside?: ReactNode; children: ReactNode }) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="rounded-lg border border-line px-5 py-4 max-[760px]:px-4">
      <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
        <h2 id={id} className="text-sm font-semibold">
          {title}
        </h2>
        <span className="flex-1" />
        {beside}
      </div>
      {children}
    </section>
  )
}

/** The width and the scrolling of what a tab shows. */
export function PageBody({ children }: { children: ReactNode }) {
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex w-full max-w-[76rem] flex-col gap-4 px-6 py-5 max-[760px]:px-3">{children}</div>
    </div>
  )
}
