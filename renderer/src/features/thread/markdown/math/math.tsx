import { memo, useLayoutEffect, useRef } from 'react'
import { t } from '../../../../text/strings.ts'
import { later, tryNow } from '../slices.ts'

type Draw = (element: HTMLElement, tex: string, isDisplay: boolean) => boolean

let ready: Draw | null = null
let loading: Promise<Draw | null> | null = null

/** Loads what draws formulas; after a failure the next formula tries again. */
function load(): Promise<Draw | null> {
  const start = async () => {
    try {
      ready = (await import('./draw.ts')).drawFormula
    } catch {
      loading = null
    }
    return ready
  }
  loading ??= start()
  return loading
}

/** Draws now if this task has time left, otherwise soon; until then the source is shown. Returns how to call it off. */
function show(element: HTMLElement, raw: string, tex: string, isDisplay: boolean): () => void {
  let isAlive = true
  let cancel: (() => void) | null = null
  const source = () => {
    element.textContent = raw
    element.classList.add('math-source')
  }
  const draw = () => {
    if (!isAlive || !ready) return
    if (ready(element, tex, isDisplay)) element.classList.remove('math-source')
    else source()
  }
  if (!ready || !tryNow(draw)) {
    source()
    const wait = async () => {
      // Without it the source stays.
      if ((await load()) && isAlive) cancel = later(draw)
    }
    if (ready) cancel = later(draw)
    else void wait()
  }
  return () => {
    isAlive = false
    cancel?.()
  }
}

/** A formula. React draws the element, its content is KaTeX's. */
export const Formula = memo(function Formula({
  raw,
  tex,
  isDisplay,
}: {
  raw: string
  tex: string
  isDisplay: boolean
}) {
  const element = useRef<HTMLSpanElement>(null)
  useLayoutEffect(
    () => (element.current ? show(element.current, raw.trim(), tex, isDisplay) : undefined),
    [raw, tex, isDisplay],
  )
  return isDisplay ? (
    <span ref={element} className="math-display" dir="ltr" role="group" aria-label={t.thread.formula} tabIndex={0} />
  ) : (
    <span ref={element} className="math-inline" dir="ltr" />
  )
})
