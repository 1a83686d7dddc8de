import type { ReactNode } from 'react'

/** A place that somebody else draws: what is given is handed on to `render`. */
export function Slot<Given>({ render, given }: { render: (given: Given) => ReactNode; given: Given }) {
  return render(given)
}
