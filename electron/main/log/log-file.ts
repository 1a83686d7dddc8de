import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'

/** A file that grows line by line and is put aside at a size. Every method throws what the system says. */
export interface LogFile {
  /** Appends one line, whole or not at all as far as later lines can tell. Survives the end of the process. */
  append(line: string): void
  /** Removes the files of this log and begins anew. */
  erase(): void
  close(): void
}

const openFlags = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0)

/** `parley.log` in `folder`, opened at the first line; older files are `parley.1.log` and so on. Sizes in bytes. */
export function createLogFile(folder: string, maxBytes: number, maxFiles: number): LogFile {
  let open: { file: number; sizeBytes: number } | null = null
  let isTorn = false

  const nameOf = (age: number) => join(folder, age === 0 ? 'parley.log' : `parley.${age}.log`)

  const close = () => {
    const file = open?.file
    open = null
    if (file !== undefined) closeSync(file)
  }

  const opened = () => {
    if (open) return open
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const file = openSync(nameOf(0), openFlags, 0o600)
    open = { file, sizeBytes: 0 }
    const stat = fstatSync(file)
    if (process.platform !== 'win32' && (stat.mode & 0o777) !== 0o600) fchmodSync(file, 0o600)
    open.sizeBytes = stat.size
    return open
  }

  const rotate = () => {
    close()
    if (maxFiles <= 1) return rmSync(nameOf(0), { force: true })
    rmSync(nameOf(maxFiles - 1), { force: true })
    for (let age = maxFiles - 2; age >= 0; age--) renameIfThere(nameOf(age), nameOf(age + 1))
  }

  return {
    append(line) {
      const bytes = Buffer.from(`${isTorn ? '\n' : ''}${line}\n`, 'utf8')
      const now = opened()
      if (now.sizeBytes > 0 && now.sizeBytes + bytes.length > maxBytes) rotate()
      const target = opened()
      try {
        const written = writeSync(target.file, bytes)
        target.sizeBytes += written
        isTorn = written > 0 ? written < bytes.length : isTorn
        if (written < bytes.length) throw new Error(`the system took ${written} of ${bytes.length} bytes`)
      } catch (error) {
        // The next line opens the file again: a folder that was replaced, a disk that came back.
        close()
        throw error
      }
    },
    erase() {
      close()
      for (let age = 0; age < Math.max(maxFiles, 10); age++) rmSync(nameOf(age), { force: true })
      isTorn = false
    },
    close,
  }
}

function renameIfThere(from: string, to: string): void {
  try {
    renameSync(from, to)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}
