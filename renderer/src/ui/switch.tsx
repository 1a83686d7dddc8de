/** A switch that takes effect at once. `onToggle` is told whether Shift was held. */
export function Switch({
  isOn,
  isDisabled,
  isTabbable,
  labelledBy,
  describedBy,
  onToggle,
}: {
  isOn: boolean
  isDisabled: boolean
  isTabbable: boolean
  labelledBy: string
  describedBy: string
  onToggle: (withShift: boolean) => void
}) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={isOn}
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
      disabled={isDisabled}
      tabIndex={isTabbable ? 0 : -1}
      onClick={(event) => onToggle(event.shiftKey)}
      className="group/switch inline-flex size-7 w-10 shrink-0 items-center justify-center self-center rounded-md disabled:opacity-50"
    >
      <span
        aria-hidden="true"
        className="flex h-4.5 w-8 items-center rounded-full bg-line-strong px-0.5 transition-colors duration-100 group-aria-checked/switch:justify-end group-aria-checked/switch:bg-accent"
      >
        <span className="size-3.5 rounded-full bg-paper" />
      </span>
    </button>
  )
}
