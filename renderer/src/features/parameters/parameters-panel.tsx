import { X } from 'lucide-react'
import { useState } from 'react'
import type { Failure } from '../../../../electron/contract/errors.ts'
import type { ConversationId } from '../../../../electron/contract/ids.ts'
import type { Parameters, RequestField } from '../../../../electron/contract/routes/parameters.ts'
import { changeParameters, setDefaultParameters, useParameters, useRequestFields } from '../../data/parameters.ts'
import { describeFailure } from '../../text/failure.ts'
import { t } from '../../text/strings.ts'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { showToast } from '../../ui/toasts.tsx'
import { ParameterField } from './parameter-field.tsx'
import { fromText, toText } from './values.ts'

const known = Object.keys(t.parameters.fields)

/** The fields people know first, in the order of the words; the others after them. */
const inOrder = (fields: readonly RequestField[]) =>
  known.flatMap((name) => fields.filter((field) => field.name === name))

interface Refused {
  name: string
  text: string
  why: string
}

/** What a conversation asks the provider for, beside the thread. */
export function ParametersPanel({
  conversationId,
  isReadOnly,
  onContext,
  onClose,
}: {
  conversationId: ConversationId
  isReadOnly: boolean
  onContext: () => void
  onClose: () => void
}) {
  const fields = useRequestFields().data ?? []
  const stored = useParameters(conversationId)
  const [failed, setFailed] = useState<Failure | null>(null)
  const [refused, setRefused] = useState<Refused | null>(null)
  const parameters = stored.data ?? {}
  const amount = Object.keys(parameters).length

  const change = async (edit: (now: Parameters) => Parameters) =>
    setFailed(await changeParameters(conversationId, edit))
  const commit = (field: RequestField, text: string) => {
    const written = fromText(field, text)
    if (!written.isValid) {
      setRefused({ name: field.name, text, why: t.parameters.invalid(field.range) })
      return
    }
    setRefused(null)
    void change(({ [field.name]: _before, ...others }) =>
      written.value === undefined ? others : { ...others, [field.name]: written.value },
    )
  }
  const keep = async () => {
    const refusal = await setDefaultParameters(parameters)
    setFailed(refusal)
    if (!refusal) showToast(t.parameters.kept)
  }

  const failure = failed ? describeFailure(failed) : null
  const errorOf = (name: string) => {
    if (refused?.name === name) return refused.why
    return failed?.field === name && failure ? failure.sentence : null
  }
  const isFieldFailure = fields.some(({ name }) => name === failed?.field)
  const draw = (field: RequestField) => (
    <ParameterField
      key={field.name}
      field={field}
      text={toText(field, parameters[field.name])}
      error={errorOf(field.name)}
      isDisabled={isReadOnly || !stored.data}
      onCommit={(text) => commit(field, text)}
    />
  )
  const further = fields.filter(({ name }) => !known.includes(name))
  return (
    <aside
      aria-label={t.parameters.name}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onClose()
      }}
      className="flex w-[21rem] shrink-0 flex-col border-l border-line bg-paper max-[1080px]:absolute max-[1080px]:inset-y-0 max-[1080px]:right-0 max-[1080px]:z-20 max-[1080px]:shadow-float"
    >
      <header className="flex h-bar shrink-0 items-center justify-between border-b border-line pr-2 pl-4">
        <h2 className="text-sm font-medium">{t.parameters.name}</h2>
        <IconButton icon={X} label={t.parameters.close} onClick={onClose} />
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto px-4 py-3">
        <p className="text-xs text-muted">{t.parameters.intro}</p>
        <Button look="quiet" className="-ml-3" onClick={onContext}>
          {t.parameters.context}
        </Button>
        {failure && !isFieldFailure ? (
          <div className="mt-3">
            <FailureNotice {...failure} />
          </div>
        ) : null}
        <div className="divide-y divide-line">{inOrder(fields).map(draw)}</div>
        {further.length > 0 ? (
          <details className="border-t border-line py-3">
            <summary className="text-sm text-muted">{t.parameters.other}</summary>
            <div className="divide-y divide-line">{further.map(draw)}</div>
          </details>
        ) : null}
      </div>
      <footer className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-4 py-2.5">
        <p role="status" className="min-w-0 flex-1 text-xs text-muted">
          {amount > 0 ? t.parameters.changed(amount) : ''}
        </p>
        <Button look="quiet" disabled={isReadOnly || amount === 0} onClick={() => void change(() => ({}))}>
          {t.parameters.reset}
        </Button>
        <Button disabled={isReadOnly} onClick={() => void keep()}>
          {t.parameters.keep}
        </Button>
      </footer>
    </aside>
  )
}
