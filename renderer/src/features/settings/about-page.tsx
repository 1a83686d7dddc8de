import type { About } from '../../../../electron/contract/routes/app.ts'
import { useAbout } from '../../data/app.ts'
import { formatMoment } from '../../text/dates.ts'
import { formatCount } from '../../text/money.ts'
import { t } from '../../text/strings.ts'
import { Group } from '../../ui/field.tsx'

function Hosts({ hosts }: { hosts: About['hosts'] }) {
  if (hosts.length === 0) return <p>{t.about.noHosts}</p>
  return (
    <table className="w-full text-left">
      <thead className="text-xs text-muted">
        <tr>
          <th className="pr-4 pb-1 font-medium">{t.about.host}</th>
          <th className="pr-4 pb-1 font-medium">{t.about.purpose}</th>
          <th className="pr-4 pb-1 font-medium">{t.about.lastAt}</th>
          <th className="pb-1 text-right font-medium">{t.about.count}</th>
        </tr>
      </thead>
      <tbody>
        {hosts.map((contact) => (
          <tr key={`${contact.host}/${contact.purpose}`} className="border-t border-line align-top">
            <td className="py-1.5 pr-4 font-mono text-xs break-all">{contact.host}</td>
            <td className="py-1.5 pr-4">{t.about.purposes[contact.purpose] ?? contact.purpose}</td>
            <td className="py-1.5 pr-4 whitespace-nowrap text-muted">{formatMoment(contact.lastAt)}</td>
            <td className="py-1.5 text-right tabular-nums">{formatCount(contact.count)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** What Parley is, whom it has talked to, and what it is made of. */
export function AboutPage() {
  const about = useAbout()
  if (!about.data) return about.isError ? <p role="alert">{t.settings.loadFailed}</p> : null
  const { version, licence, hosts, components } = about.data
  return (
    <>
      <div className="flex items-center gap-4 pb-4">
        <img src="/icon.svg" alt="" className="size-14 shrink-0" />
        <div>
          <h3 className="text-lg font-semibold">{t.about.name}</h3>
          <p className="text-xs text-muted">
            {t.about.version(version)} · {t.about.licence(licence)}
          </p>
        </div>
      </div>
      <p className="max-w-prose pb-4">
        {t.about.what} {t.about.telemetry}
      </p>
      <Group title={t.about.hosts}>
        <Hosts hosts={hosts} />
      </Group>
      <Group title={t.about.components}>
        <ul className="columns-2 gap-x-6 text-xs">
          {components.map((component) => (
            <li key={component.name} className="break-inside-avoid py-0.5">
              {component.name} {component.version} <span className="text-muted">{component.licence}</span>
            </li>
          ))}
        </ul>
      </Group>
    </>
  )
}
