/** How long a file that is being saved is kept at hand. */
const keptMs = 60_000

/** Gives a file to the person: the browser saves it, the desktop asks where. */
export function saveFile(pieces: readonly string[], fileName: string, type: string): void {
  const url = URL.createObjectURL(new Blob([...pieces], { type: `${type};charset=utf-8` }))
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), keptMs)
}
