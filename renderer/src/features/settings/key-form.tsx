import { Eye, EyeOff } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { KeyState } from '../../../../electron/contract/key-state.ts'
import type { KeyTest } from '../../../../electron/contract/routes/key.ts'
import { reloadKey, setKey, testKey } from '../../data/app.ts'
import { useAct } from '../../data/use-act.ts'
import { describeFailure } from '../../text/failure.ts'
import { t } from '../../text/strings.ts'
import { Button } from '../../ui/button.tsx'
import { Choices } from '../../ui/choice.tsx'
import { TextField } from '../../ui/field.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { FailureNotice, Note } from '../../ui/notice.tsx'
import { KeyTestResult } from './key-test-result.tsx'

type Keep = 'keychain' | 'session'

/** As in the contract. */
const keyChars = 512

/** Where a key can be kept, in plain words, and the choice when the keychain cannot be used. */
function KeepChoice({
  keychain,
  keep,
  onChange,
}: {
  keychain: KeyState['keychain']
  keep: Keep
  onChange: (keep: Keep) => void
}) {
  const reload = useAct()
  const words = t.key.keychain[keychain]
  const isUsable = keychain !== 'unavailable' && keychain !== 'locked'
  return (
    <div className="flex flex-col gap-2.5">
      {isUsable ? (
        <Choices
          legend={t.key.keep}
          value={keep}
          onChange={onChange}
          options={[
            { value: 'keychain', label: t.key.keepKeychain, hint: t.key.keepKeychainHint },
            { value: 'session', label: t.key.keepSession, hint: t.key.keepSessionHint },
          ]}
        />
      ) : (
        <Choices
          legend={t.key.keep}
          value="session"
          onChange={onChange}
          options={[{ value: 'session', label: t.key.keepSession, hint: t.key.keepSessionHint }]}
        />
      )}
      {words === '' ? null : <Note tone={isUsable ? 'plain' : 'warn'}>{words}</Note>}
      {isUsable ? null : (
        <div>
          <Button disabled={reload.isBusy} onClick={() => void reload.run(reloadKey)}>
            {t.key.lookAgain}
          </Button>
        </div>
      )}
      {reload.failure ? <FailureNotice {...describeFailure(reload.failure)} /> : null}
    </div>
  )
}

/** Takes a key, tests it, and keeps it where the person says. */
export function KeyForm({
  keyState,
  label,
  saveLabel,
  beforeSave,
  onSaved,
}: {
  keyState: KeyState
  label: string
  saveLabel: string
  /** What else is asked before the button that keeps the key. */
  beforeSave?: ReactNode
  onSaved: () => void
}) {
  const [key, setKeyText] = useState('')
  const [isShown, setIsShown] = useState(false)
  const [keep, setKeep] = useState<Keep>('keychain')
  const [found, setFound] = useState<KeyTest | null>(null)
  const test = useAct()
  const save = useAct()
  const trimmed = key.trim()
  const isUsable = keyState.keychain !== 'unavailable' && keyState.keychain !== 'locked'
  const failure = save.failure ?? test.failure

  const runTest = () => {
    save.reset()
    setFound(null)
    void test.run(async () => setFound(await testKey(trimmed)))
  }
  const runSave = async () => {
    test.reset()
    if (!(await save.run(() => setKey({ key: trimmed, keep: isUsable ? keep : 'session' })))) return
    setKeyText('')
    setFound(null)
    onSaved()
  }

  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (trimmed === '') return
        if (found) void runSave()
        else runTest()
      }}
    >
      <TextField
        label={label}
        type={isShown ? 'text' : 'password'}
        name="api-key"
        maxLength={keyChars}
        value={key}
        className="font-mono"
        onChange={(event) => {
          setKeyText(event.target.value)
          setFound(null)
          test.reset()
        }}
        beside={
          <>
            <IconButton
              icon={isShown ? EyeOff : Eye}
              label={isShown ? t.key.conceal : t.key.reveal}
              onClick={() => setIsShown(!isShown)}
            />
            <Button disabled={trimmed === '' || test.isBusy} onClick={runTest}>
              {test.isBusy ? t.key.testing : t.key.test}
            </Button>
          </>
        }
        hint={`${t.key.testNote} ${t.key.sentTo(keyState.origin)}`}
      />
      {found ? <KeyTestResult found={found} /> : null}
      {failure ? <FailureNotice {...describeFailure(failure)} /> : null}
      <KeepChoice keychain={keyState.keychain} keep={keep} onChange={setKeep} />
      {beforeSave}
      <div>
        <Button look="primary" disabled={trimmed === '' || save.isBusy} onClick={() => void runSave()}>
          {save.isBusy ? t.key.saving : saveLabel}
        </Button>
      </div>
    </form>
  )
}
