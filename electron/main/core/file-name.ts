/** Characters that some system refuses in a name, and those that are not seen. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const refused = /[<>:"/\\|?*\u0000-\u001F\u007F\u200B-\u200F\u202A-\u202E\u2066-\u2069\uFEFF]+/g

/** A file name that every system takes, made of a title. `ending` is without its dot. */
export function fileNameFrom(title: string, ending: string): string {
  const flat = [...title.replace(refused, ' ').replace(/\s+/g, ' ')]
    .slice(0, 80)
    .join('')
    .trim()
    .replace(/^\.+|[. ]+$/g, '')
  const isReserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(flat)
  return `${flat === '' ? 'Conversation' : isReserved ? `${flat} chat` : flat}.${ending}`
}

/** The name under which an attachment is saved out: its own, as far as every system takes it. */
export function savedName(name: string): string {
  const ending = /\.([A-Za-z0-9]{1,10})$/.exec(name)?.[1]
  return ending === undefined ? fileNameFrom(name, 'bin') : fileNameFrom(name.slice(0, -ending.length - 1), ending)
}
