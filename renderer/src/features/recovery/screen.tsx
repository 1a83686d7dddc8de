import type { ReactNode } from 'react'

/** A page with one thing to say. */
export function Screen({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="h-full overflow-y-auto bg-side">
      <div className="mx-auto flex min-h-full max-w-2xl flex-col justify-center px-6 py-10">
        <div className="rounded-xl border border-line bg-paper p-7 shadow-low">
          <h1 className="mb-3 text-lg font-semibold tracking-tight">{title}</h1>
          {children}
        </div>
      </div>
    </main>
  )
}
