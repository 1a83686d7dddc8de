/** Keys as they stand on the keyboard; `mod` is the one of the system. */
export function Keys({ keys, modifier }: { keys: string; modifier: string }) {
  return (
    <span className="flex shrink-0 items-center gap-1">
      {keys.split('+').map((key) => (
        <kbd
          key={key}
          className="min-w-5 rounded-sm border border-line bg-paper px-1.5 text-center font-sans text-xs text-muted"
        >
          {key === 'mod' ? modifier : key}
        </kbd>
      ))}
    </span>
  )
}
