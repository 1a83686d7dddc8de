import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { dirname, relative } from 'node:path'

/** A change of names in a folder. Files are numbered, as inodes are: a name can move to another one. */
export type NameChange =
  | { op: 'set'; path: string; file: number }
  | { op: 'move'; from: string; path: string; file: number }
  | { op: 'remove'; path: string }
  | { op: 'folder'; path: string }

/** What was recorded, with the places in the recording where it began and ended. Paths are relative to the profile, which is ''. */
export type Recorded = { begin: number; end: number } & (
  | { kind: 'write'; file: number; offset: number; data: Buffer }
  | { kind: 'truncate'; file: number; size: number }
  | { kind: 'sync'; file: number }
  | { kind: 'name'; folder: string; change: NameChange }
  | { kind: 'sync-folder'; folder: string }
  | { kind: 'said'; line: string }
)

/** What keeps a file from being replayed: a call that this reader does not know would make the disk a lie. */
const calls =
  'open,openat,openat2,creat,close,write,pwrite64,writev,pwritev,pwritev2,truncate,ftruncate,fallocate,fsync,fdatasync,sync_file_range,sync,syncfs,rename,renameat,renameat2,unlink,unlinkat,link,linkat,symlink,symlinkat,mkdir,mkdirat,rmdir,mmap,dup,dup2,dup3,lseek,sendfile,copy_file_range'

/** Whether this system lets a process be traced. */
export const canTrace = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0

/** Runs a program under strace, killed on entering its `killAtSync`th fsync of one thread if given; gives the text of the trace. */
export function traceProgram(args: string[], { trace, killAtSync }: { trace: string; killAtSync?: number }): string {
  const inject = killAtSync === undefined ? [] : ['-e', `inject=fsync:signal=SIGKILL:when=${killAtSync}`]
  const options = ['-f', '-xx', '-s', '16000000', '-e', `trace=${calls}`, ...inject, '-o', trace]
  const { status, signal, stdout } = spawnSync('strace', [...options, process.execPath, ...args], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
    maxBuffer: 64 * 1024 * 1024,
  })
  const isKilled = signal === 'SIGKILL' || status === 137
  if (killAtSync === undefined ? status !== 0 : !isKilled)
    throw new Error(`the recorded program ended with ${status ?? signal}: ${stdout.slice(-500)}`)
  const text = readFileSync(trace, 'latin1')
  rmSync(trace)
  return text
}

interface Handle {
  file: number | null
  folder: string | null
  path: string
  position: number
}

/** Reads traces of processes that ran one after the other on the profile `root`, which was empty before, or as it was `found`. */
export function createReader(root: string): {
  found(state: { files: ReadonlyMap<string, Buffer>; folders: readonly string[] }): void
  read(trace: string): void
  recorded: Recorded[]
} {
  const recorded: Recorded[] = []
  const names = new Map<string, number>()
  const folders = new Set([''])
  let fileCount = 0
  let line = 0
  let handles = new Map<number, Handle>()

  /** Inside the profile and meant to survive: the -shm is shared memory, which SQLite never trusts after a start. */
  function locate(path: string): string | null {
    const inside = relative(root, path)
    return inside.startsWith('..') || inside.endsWith('-shm') ? null : inside
  }

  function folderOf(path: string): string {
    const folder = dirname(path)
    return folder === '.' ? '' : folder
  }

  function change(span: { begin: number; end: number }, value: NameChange): void {
    recorded.push({ ...span, kind: 'name', folder: folderOf(value.path), change: value })
  }

  function opened(span: { begin: number; end: number }, strings: string[], flags: string, result: number): void {
    const path = locate(strings[0] ?? '')
    handles.delete(result)
    if (path === null) return
    if (folders.has(path)) {
      handles.set(result, { file: null, folder: path, path, position: 0 })
      return
    }
    if (/O_APPEND|O_TMPFILE/.test(flags)) throw new Error(`unknown way to open ${path}: ${flags}`)
    let file = names.get(path)
    if (file === undefined) {
      file = fileCount++
      names.set(path, file)
      change(span, { op: 'set', path, file })
    } else if (flags.includes('O_TRUNC')) recorded.push({ ...span, kind: 'truncate', file, size: 0 })
    handles.set(result, { file, folder: null, path, position: 0 })
  }

  function named(name: string, span: { begin: number; end: number }, strings: string[], tail: string): void {
    const [path = null, target = null] = strings.map(locate)
    if (path === null && target === null) return
    if (path === null) throw new Error(`${name} into the profile: ${target}`)
    if (name.startsWith('unlink') && !tail.includes('AT_REMOVEDIR')) {
      names.delete(path)
      change(span, { op: 'remove', path })
    } else if (name.startsWith('rename') && target !== null && folderOf(path) === folderOf(target)) {
      const file = names.get(path)
      if (file === undefined) throw new Error(`${path} was renamed but never made`)
      names.delete(path)
      names.set(target, file)
      change(span, { op: 'move', from: path, path: target, file })
    } else if (name.startsWith('mkdir')) {
      folders.add(path)
      if (path !== '') change(span, { op: 'folder', path })
    } else throw new Error(`${name} of ${path} cannot be replayed`)
  }

  function onHandle(name: string, span: { begin: number; end: number }, text: string, data: string[]): void {
    const numbers = text.slice(text.lastIndexOf('"') + 1).match(/-?\d+/g) ?? []
    const fd = Number(/\((\d+)/.exec(text)?.[1] ?? -1)
    const result = Number(numbers.at(-1))
    if (name === 'write' && fd === 1) {
      for (const said of decode(data[0]).toString().trimEnd().split('\n'))
        recorded.push({ ...span, kind: 'said', line: said })
      return
    }
    const handle = handles.get(fd)
    if (!handle) return
    if (handle.folder !== null) {
      if (name === 'fsync' || name === 'fdatasync')
        recorded.push({ ...span, kind: 'sync-folder', folder: handle.folder })
      return
    }
    const file = handle.file ?? -1
    if (name === 'fsync' || name === 'fdatasync') recorded.push({ ...span, kind: 'sync', file })
    else if (name === 'ftruncate') recorded.push({ ...span, kind: 'truncate', file, size: Number(numbers.at(-2)) })
    else if (name === 'write' || name === 'pwrite64') {
      const offset = name === 'write' ? handle.position : Number(numbers.at(-2))
      recorded.push({ ...span, kind: 'write', file, offset, data: decode(data[0]).subarray(0, result) })
      if (name === 'write') handle.position += result
    } else throw new Error(`${name} on ${handle.path} cannot be replayed`)
  }

  function call(text: string, span: { begin: number; end: number }): void {
    const name = text.slice(0, text.indexOf('('))
    const equals = text.lastIndexOf(' = ')
    const result = Number.parseInt(text.slice(equals + 3), 10)
    if (result < 0) return
    // Nobody saw how it ended. A sync did not happen then; anything else might have.
    if (Number.isNaN(result)) {
      if (/^(fsync|mmap|lseek|close)$/.test(name)) return
      if (name === 'write' && /^write\([12],/.test(text)) return
      throw new Error(`a kill in the middle of ${name}: record again`)
    }
    if (text.includes('"...')) throw new Error(`${name} was recorded only in part`)
    const quoted = text.includes('"') ? text.split('"').filter((_, index) => index % 2 === 1) : []
    if (/^(open|creat)/.test(name))
      opened(
        span,
        quoted.map((each) => decode(each).toString()),
        text,
        result,
      )
    else if (/^(rename|unlink|link|symlink|mkdir|rmdir|truncate)/.test(name))
      named(
        name,
        span,
        quoted.map((each) => decode(each).toString()),
        text,
      )
    else if (name === 'mmap') {
      const fd = Number(/, (\d+), \w+\) =/.exec(text)?.[1] ?? -1)
      if (handles.get(fd)?.file != null && text.includes('MAP_SHARED')) throw new Error(`a mapped file: ${text}`)
    } else if (name.startsWith('dup')) {
      if (handles.has(Number(/\((\d+)/.exec(text)?.[1]))) throw new Error(`a second handle: ${text}`)
    } else if (name === 'close') handles.delete(Number(/\((\d+)/.exec(text)?.[1]))
    else if (name !== 'lseek') onHandle(name, span, text, quoted)
  }

  return {
    recorded,
    found(state) {
      // Before the recording, which begins at 1: everything is on the disk.
      let before = -1_000_000
      const next = () => ({ begin: ++before, end: before })
      for (const path of state.folders) {
        folders.add(path)
        change(next(), { op: 'folder', path })
      }
      for (const [path, data] of state.files) {
        const file = fileCount++
        names.set(path, file)
        change(next(), { op: 'set', path, file })
        recorded.push({ ...next(), kind: 'write', file, offset: 0, data }, { ...next(), kind: 'sync', file })
      }
      for (const folder of folders) recorded.push({ ...next(), kind: 'sync-folder', folder })
    },
    read(trace) {
      handles = new Map()
      const begun = new Map<string, { text: string; begin: number }>()
      for (const each of trace.split('\n')) {
        line += 1
        const space = each.indexOf(' ')
        const thread = each.slice(0, space)
        const text = each.slice(space).trimStart()
        if (text === '' || text.startsWith('+++') || text.startsWith('---')) continue
        if (text.endsWith('<unfinished ...>')) {
          begun.set(thread, { text: text.slice(0, -'<unfinished ...>'.length).trimEnd(), begin: line })
        } else if (text.startsWith('<... ')) {
          const first = begun.get(thread)
          begun.delete(thread)
          if (first) call(first.text + text.slice(text.indexOf('resumed>') + 8), { begin: first.begin, end: line })
        } else call(text, { begin: line, end: line })
      }
      for (const { text } of begun.values()) call(`${text}) = ?`, { begin: line, end: line })
    },
  }
}

const nibbles = new Uint8Array(256)
for (let digit = 0; digit < 16; digit++) nibbles[digit.toString(16).codePointAt(0) ?? 0] = digit

/** `\x41\x42` to bytes. */
function decode(hex = ''): Buffer {
  const bytes = Buffer.allocUnsafe(hex.length / 4)
  for (let at = 0; at < bytes.length; at++)
    bytes[at] =
      ((nibbles[hex.codePointAt(at * 4 + 2) ?? 0] ?? 0) << 4) | (nibbles[hex.codePointAt(at * 4 + 3) ?? 0] ?? 0)
  return bytes
}
