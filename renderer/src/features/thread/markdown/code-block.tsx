import { t } from '../../../text/strings.ts'
import { CopyButton } from '../../../ui/copy.tsx'

/** Code with its language and a way to copy it. */
export function CodeBlock({ lang, text }: { lang: string; text: string }) {
  const language = lang.split(/\s/)[0] ?? ''
  return (
    <div className="overflow-hidden rounded-lg border border-line bg-side" dir="ltr">
      <div className="flex items-center justify-between py-0.5 pr-1 pl-3.5 text-xs text-muted">
        <span>{language === '' ? t.thread.codePlain : language}</span>
        <CopyButton text={text} label={t.thread.codeCopy} copiedLabel={t.thread.copied} />
      </div>
      <pre
        role="group"
        aria-label={t.thread.code}
        tabIndex={0}
        className="overflow-x-auto px-3.5 pb-3 font-mono text-[0.87em] leading-normal -outline-offset-2"
      >
        <code className="whitespace-pre">{text}</code>
      </pre>
    </div>
  )
}
