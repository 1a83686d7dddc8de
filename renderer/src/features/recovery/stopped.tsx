import { t } from '../../text/strings.ts'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy.tsx'
import { Screen } from './screen.tsx'

/** Texts that were typed and not saved, to be copied out. */
export function UnsavedTexts({ texts }: { texts: readonly string[] }) {
  if (texts.length === 0) return null
  return (
    <div className="mt-5">
      <p className="font-medium">{t.stopped.unsaved}</p>
      {texts.map((text) => (
        <div key={text} className="mt-2 flex items-start gap-2">
          <pre className="max-h-40 min-w-0 flex-1 overflow-auto rounded-lg bg-fill p-3 font-sans text-sm whitespace-pre-wrap select-text">
            {text}
          </pre>
          <CopyButton text={text} label={t.stopped.copy} copiedLabel={t.stopped.copied} />
        </div>
      ))}
    </div>
  )
}

/** Main does not answer any more. */
export function Stopped({ unsaved, onTryAgain }: { unsaved: readonly string[]; onTryAgain: () => void }) {
  return (
    <div role="alertdialog" aria-label={t.stopped.title} className="fixed inset-0 z-50">
      <Screen title={t.stopped.title}>
        <p className="text-base">{t.stopped.text}</p>
        <p className="mt-2 text-muted">{t.stopped.back}</p>
        <UnsavedTexts texts={unsaved} />
        <Button className="mt-6" onClick={onTryAgain}>
          {t.stopped.tryAgain}
        </Button>
      </Screen>
    </div>
  )
}
