/** A word that marks a thing. */
export function Badge({ children }: { children: string }) {
  return (
    <span className="inline-block rounded-sm border border-line px-1.5 text-[0.6875rem] leading-[1.05rem] font-medium text-muted">
      {children}
    </span>
  )
}
