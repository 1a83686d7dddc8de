import { useRef, useState } from 'react'
import type { Settings } from '../../../../electron/contract/routes/settings.ts'
import { setCertificates, setConnection } from '../../data/app.ts'
import { useAct } from '../../data/use-act.ts'
import { describeFailure } from '../../text/failure.ts'
import { t } from '../../text/strings.ts'
import { Button } from '../../ui/button.tsx'
import { Choices } from '../../ui/choice.tsx'
import { Group, TextField } from '../../ui/field.tsx'
import { FailureNotice, Note } from '../../ui/notice.tsx'
import { Diagnose } from './diagnose.tsx'

/** As in the contract. */
const certificateBytes = 256 * 1024

function Certificates({ hasCertificates }: { hasCertificates: boolean }) {
  const act = useAct()
  const fileRef = useRef<HTMLInputElement>(null)
  const [isTooLarge, setIsTooLarge] = useState(false)
  const take = async (file: File) => {
    setIsTooLarge(file.size > certificateBytes)
    if (file.size <= certificateBytes) await act.run(async () => setCertificates(await file.text()))
  }
  return (
    <Group title={t.connection.certificates} hint={t.connection.certificatesHint}>
      <div className="flex flex-wrap items-center gap-2">
        <span className="mr-1">{hasCertificates ? t.connection.certificatesSome : t.connection.certificatesNone}</span>
        <input
          ref={fileRef}
          type="file"
          accept=".pem,.crt,.cer"
          aria-label={t.connection.certificates}
          className="hidden"
          onChange={(event) => {
            const file = event.target.files?.[0]
            event.target.value = ''
            if (file) void take(file)
          }}
        />
        <Button disabled={act.isBusy} onClick={() => fileRef.current?.click()}>
          {t.connection.addCertificates}
        </Button>
        {hasCertificates ? (
          <Button disabled={act.isBusy} onClick={() => void act.run(() => setCertificates(null))}>
            {t.connection.removeCertificates}
          </Button>
        ) : null}
      </div>
      <div className="mt-2 flex flex-col gap-2 empty:hidden">
        {act.isBusy ? <Note>{t.connection.confirming}</Note> : null}
        {isTooLarge ? <Note tone="warn">{t.connection.certificatesTooLarge}</Note> : null}
        {act.failure ? <FailureNotice {...describeFailure(act.failure)} /> : null}
      </div>
    </Group>
  )
}

/** How the provider is reached: address, proxy, certificates. Each change is confirmed outside the page. */
export function ConnectionPage({ settings, canDiagnose = false }: { settings: Settings; canDiagnose?: boolean }) {
  const [origin, setOrigin] = useState(settings.apiOrigin)
  const [proxyMode, setProxyMode] = useState(settings.proxyMode)
  const [proxyUrl, setProxyUrl] = useState(settings.proxyUrl ?? '')
  const [isApplied, setIsApplied] = useState(false)
  const act = useAct()
  const isManual = proxyMode === 'manual'
  const change = {
    ...(origin.trim() === settings.apiOrigin || settings.isApiOriginFromEnvironment
      ? {}
      : { apiOrigin: origin.trim() }),
    ...(proxyMode === settings.proxyMode ? {} : { proxyMode }),
    ...(isManual && proxyUrl.trim() !== (settings.proxyUrl ?? '') ? { proxyUrl: proxyUrl.trim() } : {}),
  }
  const apply = async () => {
    const applied = await setConnection(change)
    // Main may write an address in another way than it was typed.
    setOrigin(applied.apiOrigin)
    setProxyUrl(applied.proxyUrl ?? '')
  }
  const isChanged = Object.keys(change).length > 0
  const isComplete = origin.trim() !== '' && (!isManual || proxyUrl.trim() !== '')
  return (
    <>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          setIsApplied(false)
          void act.run(apply).then(setIsApplied)
        }}
      >
        <div className="flex flex-col gap-4 pb-4">
          <TextField
            label={t.connection.address}
            hint={settings.isApiOriginFromEnvironment ? t.connection.addressFromEnvironment : t.connection.addressHint}
            value={origin}
            disabled={settings.isApiOriginFromEnvironment}
            onChange={(event) => setOrigin(event.target.value)}
          />
          <Choices
            legend={t.connection.proxy}
            value={proxyMode}
            onChange={setProxyMode}
            options={[
              { value: 'system', label: t.connection.proxyModes.system },
              { value: 'none', label: t.connection.proxyModes.none },
              { value: 'manual', label: t.connection.proxyModes.manual },
            ]}
          />
          {isManual ? (
            <TextField
              label={t.connection.proxyUrl}
              hint={t.connection.proxyUrlHint}
              value={proxyUrl}
              onChange={(event) => setProxyUrl(event.target.value)}
            />
          ) : null}
          <div className="flex items-center gap-3">
            <Button type="submit" disabled={!isChanged || !isComplete || act.isBusy}>
              {t.connection.apply}
            </Button>
            <p role="status" className="text-xs text-muted">
              {isApplied && !isChanged
                ? t.connection.applied
                : act.isBusy
                  ? t.connection.confirming
                  : t.connection.confirmNote}
            </p>
          </div>
          {act.failure ? <FailureNotice {...describeFailure(act.failure)} /> : null}
        </div>
      </form>
      <Certificates hasCertificates={settings.hasCertificates} />
      {canDiagnose ? <Diagnose /> : null}
    </>
  )
}
