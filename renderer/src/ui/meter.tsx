import { classNames } from './class-names.ts'

/** How much of something is used, as a bar. `share` may pass 1; `label` and `text` say it. */
export function Meter({
  label,
  text,
  share,
  className,
}: {
  label: string
  text: string
  share: number
  className?: string
}) {
  const percent = Math.min(100, Math.max(0, share * 100))
  return (
    <div
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(percent)}
      aria-valuetext={text}
      className={classNames('h-1.5 overflow-hidden rounded-full bg-fill-strong', className)}
    >
      <div
        style={{ width: `${percent}%` }}
        className={classNames(
          'h-full rounded-full',
          percent > 0 && 'min-w-1',
          share >= 1 ? 'bg-danger' : share >= 0.8 ? 'bg-warn' : 'bg-accent',
        )}
      />
    </div>
  )
}
