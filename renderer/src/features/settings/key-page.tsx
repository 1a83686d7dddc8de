import { useState } from 'react'
import type { KeyTest } from '../../../../electron/contract/routes/key.ts'
import { removeKey, testKey, useApp } from '../../data/app.ts'
import { useAct } from '../../data/use-act.ts'
import { describeFailure } from '../../text/failure.ts'
import { t } from '../../text/strings.ts'
import { Button } from '../../ui/button.tsx'
import { Question } from '../../ui/dialog.tsx'
import { Details } from '../../ui/details.tsx'
import { Group } from '../../ui/field.tsx'
import { FailureNotice, Note } from '../../ui/notice.tsx'
import { KeyForm } from './key-form.tsx'
import { KeyTestResult } from './key-test-result.tsx'

/** The key: which one, where it is kept, and how to test, replace or remove it. */
export function KeyPage() {
  const { key } = useApp()
  const [found, setFound] = useState<KeyTest | null>(null)
  const [isAsking, setIsAsking] = useState(false)
  const act = useAct()
  const isFixed = key.where === 'environment'
  const name = key.lastFour === null ? t.key.present : t.key.endsIn(key.lastFour)
  return (
    <>
      <Group title={key.present ? name : key.keychain === 'asking' ? t.key.state.asking : t.key.state.none}>
        {key.present ? (
          <p>
            {t.key.state[key.where]} {t.key.sentTo(key.origin)}
          </p>
        ) : null}
        {key.keychainDetail === null ? null : <Details label={t.key.keychainSaid} text={key.keychainDetail} />}
        {key.present ? (
          <div className="mt-3 flex gap-2">
            <Button
              disabled={act.isBusy}
              onClick={() => {
                setFound(null)
                void act.run(async () => setFound(await testKey(null)))
              }}
            >
              {act.isBusy ? t.key.testing : t.key.test}
            </Button>
            {isFixed ? null : (
              <Button look="danger" disabled={act.isBusy} onClick={() => setIsAsking(true)}>
                {t.key.remove}
              </Button>
            )}
          </div>
        ) : null}
        <div className="mt-3 flex flex-col gap-3 empty:hidden">
          {found ? <KeyTestResult found={found} /> : null}
          {act.failure ? <FailureNotice {...describeFailure(act.failure)} /> : null}
          {isFixed ? <Note>{t.key.fromEnvironment}</Note> : null}
        </div>
      </Group>
      {isFixed ? null : (
        <Group title={key.present ? t.key.replace : t.key.add}>
          <KeyForm
            keyState={key}
            label={key.present ? t.key.replaceField : t.key.field}
            saveLabel={t.key.save}
            onSaved={() => setFound(null)}
          />
        </Group>
      )}
      <Question
        title={t.key.removeTitle}
        text={t.key.removeText}
        confirmLabel={t.key.removeConfirm}
        cancelLabel={t.key.cancel}
        isOpen={isAsking}
        onOpenChange={setIsAsking}
        onConfirm={() => {
          setFound(null)
          void act.run(removeKey)
        }}
      />
    </>
  )
}
