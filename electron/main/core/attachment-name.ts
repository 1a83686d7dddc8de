/** Direction marks, zero-width and control characters: they hide what a name is. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const hidden = /[\u0000-\u001F\u007F-\u009F\u200B-\u200F\u202A-\u202E\u2066-\u2069\uFEFF]+/g

/**
 * A name as it is shown and sent: the last part of whatever it was, on one line, nothing in it that is not seen, at most
 * 120 characters with its ending kept. No path is ever made of it.
 */
export function attachmentName(given: string): string {
  const last = given.toWellFormed().replace(hidden, ' ').split(/[\\/]/).at(-1) ?? ''
  const name = last.replace(/\s+/g, ' ').trim()
  if (name === '' || /^\.+$/.test(name)) return 'File'
  const characters = [...name]
  if (characters.length <= 120) return name
  const ending = /\.[\p{L}\p{N}]{1,10}$/u.exec(name)?.[0] ?? ''
  return `${characters.slice(0, 119 - ending.length).join('')}…${ending}`
}
