import { useEffect, useRef, useState } from 'react'

/** A person who types hears nothing; one who pauses hears where it stands. */
const pauseMs = 1_500

/** Says a text to assistive technology once it has stayed the same for a while; the first one it is given it keeps to itself. */
export function Announcer({ text }: { text: string | null }) {
  const [said, setSaid] = useState('')
  const first = useRef<string | null>(null)
  useEffect(() => {
    if (text === null) return
    first.current ??= text
    if (first.current === text) return
    const timer = setTimeout(() => setSaid(text), pauseMs)
    return () => clearTimeout(timer)
  }, [text])
  return (
    <span aria-live="polite" className="sr-only">
      {said}
    </span>
  )
}
