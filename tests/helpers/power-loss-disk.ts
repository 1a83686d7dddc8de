import type { NameChange, Recorded } from './power-loss-trace.ts'
import type { Random } from './power-loss-random.ts'

/** One of `variants`. */
export type Variant = (typeof variants)[number]
/**
 * Which of the writes that no sync covers have reached the disk. `subset` is of writes, `sectors` of sectors; with `zeros` and
 * `garbage` files have grown before their content came.
 */
export const variants = [
  'none',
  'all',
  'prefix',
  'suffix',
  'subset',
  'sectors',
  'torn-last',
  'zeros',
  'garbage',
] as const

/** What a disk holds when power comes back: files by path, and the folders. */
export interface CrashState {
  files: Map<string, Buffer>
  folders: string[]
  /** The same for two states that hold the same. */
  fingerprint: string
}

type DataChange = Extract<Recorded, { kind: 'write' | 'truncate' }>
type NameRecord = Extract<Recorded, { kind: 'name' }>

interface File {
  durable: Buffer
  pending: DataChange[]
}

/** One thing that happens to the disk, at its place in the recording. */
interface Tick {
  at: number
  event: Exclude<Recorded, { kind: 'said' }>
  /** A change begins to be possible when its call begins; a sync has worked when its call ended. */
  isSync: boolean
}

/**
 * A disk with a cache that only a sync empties. A change is possible from the moment its call began, certain when a sync
 * of its file (of its folder, for a name) that began after it has ended. Within one sector changes keep their order; between
 * sectors, files and names there is none. What a truncation freed does not come back under what was written after it.
 */
export function createDisk(recorded: readonly Recorded[]) {
  const ticks: Tick[] = recorded
    .filter((event): event is Tick['event'] => event.kind !== 'said')
    .map((event) => {
      const isSync = event.kind === 'sync' || event.kind === 'sync-folder'
      return { at: isSync ? event.end : event.begin, event, isSync }
    })
    .toSorted((a, b) => a.at - b.at)
  const files = new Map<number, File>()
  let durableNames: NameRecord[] = []
  let pendingNames: NameRecord[] = []
  let position = 0
  /** Rises with everything that happens, so that equal choices at different times differ. */
  let version = 0

  function fileOf(number: number): File {
    let file = files.get(number)
    if (!file) files.set(number, (file = { durable: Buffer.alloc(0), pending: [] }))
    return file
  }

  function step({ event }: Tick): void {
    if (event.kind === 'write' || event.kind === 'truncate') fileOf(event.file).pending.push(event)
    else if (event.kind === 'name') pendingNames.push(event)
    else if (event.kind === 'sync') {
      const file = fileOf(event.file)
      const covered = file.pending.filter(({ end }) => end < event.begin)
      if (covered.length === 0) return
      file.durable = applyAll(file.durable, covered)
      file.pending = file.pending.filter(({ end }) => end >= event.begin)
      version += 1
    } else {
      const isCovered = (change: NameRecord) => change.folder === event.folder && change.end < event.begin
      if (!pendingNames.some(isCovered)) return
      // Kept in the order of the recording: changes of one name are always of one folder.
      durableNames = [...durableNames, ...pendingNames.filter(isCovered)]
      pendingNames = pendingNames.filter((change) => !isCovered(change))
      version += 1
    }
  }

  return {
    /** Every place where power can fail so that something differs. */
    points: [...new Set(ticks.map(({ at }) => at))],
    /** Where a sync has just worked, or is just about to. */
    boundaries: new Set(
      ticks.flatMap(({ at, isSync }, index) =>
        isSync ? [at, ...(ticks[index - 1] ? [ticks[index - 1]?.at ?? 0] : [])] : [],
      ),
    ),
    /** Lets everything happen up to a place; places only rise. */
    advance(to: number): void {
      for (; (ticks[position]?.at ?? Number.POSITIVE_INFINITY) <= to; position++) step(ticks[position] as Tick)
    },
    /** Whether anything is uncertain. */
    isSettled: () => pendingNames.length === 0 && [...files.values()].every(({ pending }) => pending.length === 0),
    /** One legal state of the disk. */
    crash(variant: Variant, random: Random): CrashState {
      const choices: string[] = [String(version)]
      const names = chooseNames(pendingNames, variant, random)
      choices.push(names.map((each) => pendingNames.indexOf(each)).join(','))
      const { paths, folders } = namesAfter([...durableNames, ...names])
      const sector = random.below(2) === 0 ? 512 : 4096
      const contents = new Map<string, Buffer>()
      for (const [path, number] of paths) {
        const { durable, pending } = fileOf(number)
        const { bytes, choice } = writeSome(durable, pending, { variant, random, sector })
        if (pending.length > 0) choices.push(`${number}:${choice}`)
        contents.set(path, bytes)
      }
      return { files: contents, folders, fingerprint: choices.join('|') }
    },
  }
}

function applyAll(durable: Buffer, changes: readonly DataChange[]): Buffer {
  let length = durable.length
  let most = length
  for (const change of changes) {
    length = change.kind === 'truncate' ? change.size : Math.max(length, change.offset + change.data.length)
    most = Math.max(most, length)
  }
  const bytes = Buffer.alloc(most)
  durable.copy(bytes)
  length = durable.length
  for (const change of changes) {
    if (change.kind === 'write') {
      change.data.copy(bytes, change.offset)
      length = Math.max(length, change.offset + change.data.length)
    } else {
      bytes.fill(0, change.size)
      length = change.size
    }
  }
  return bytes.subarray(0, length)
}

/** A journal keeps names in order, so that a prefix survives; other systems promise nothing: any of them. */
function chooseNames(pending: readonly NameRecord[], variant: Variant, random: Random): NameRecord[] {
  if (variant === 'none') return []
  if (variant === 'all') return [...pending]
  if (variant === 'suffix') return pending.slice(random.below(pending.length + 1))
  if (variant === 'prefix' || random.below(2) === 0) return pending.slice(0, random.below(pending.length + 1))
  return pending.filter(() => random.below(2) === 0)
}

function namesAfter(changes: readonly NameRecord[]): { paths: Map<string, number>; folders: string[] } {
  const paths = new Map<string, number>()
  const folders = new Set<string>()
  for (const { change } of changes as readonly { change: NameChange }[]) {
    if (change.op === 'folder') folders.add(change.path)
    else if (change.op === 'remove') paths.delete(change.path)
    else paths.set(change.path, change.file)
    if (change.op === 'move') paths.delete(change.from)
  }
  // What lies in a folder that was lost is lost with it.
  for (const path of paths.keys()) {
    const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : null
    if (folder !== null && !folders.has(folder)) paths.delete(path)
  }
  return { paths, folders: [...folders] }
}

interface Choice {
  variant: Variant
  random: Random
  sector: number
}

function writeSome(durable: Buffer, pending: readonly DataChange[], { variant, random, sector }: Choice) {
  if (pending.length === 0 || variant === 'none') return { bytes: durable, choice: 'none' }
  if (variant === 'all') return { bytes: applyAll(durable, pending), choice: 'all' }
  // What comes after a truncation that was lost is lost with it.
  const cuts = pending.flatMap((change, index) => (change.kind === 'truncate' ? [index] : []))
  const lastCut = random.below(cuts.length + 1)
  const open = pending.slice(0, cuts[lastCut] ?? pending.length)
  const firstWrite = lastCut === 0 ? 0 : (cuts[lastCut - 1] ?? -1) + 1
  const base = lastCut === 0 ? durable : applyAll(durable, open.slice(0, firstWrite))
  const writes = open.slice(firstWrite).filter((change) => change.kind === 'write')

  // For each sector, how many of the changes since the last sync it holds.
  const held = new Map<number, number>()
  const edge = random.below(writes.length + 1)
  for (const [index, write] of writes.entries()) {
    const isWhole = variant === 'subset' ? random.below(2) === 0 : variant === 'suffix' ? index >= edge : index < edge
    for (let at = Math.floor(write.offset / sector); at * sector < write.offset + write.data.length; at++) {
      const isTorn = variant === 'torn-last' && index === writes.length - 1
      const isThere = variant === 'sectors' || isTorn ? random.below(2) === 0 : variant === 'torn-last' ? true : isWhole
      if (isThere && variant !== 'zeros') held.set(at, index)
    }
  }
  const end = Math.max(base.length, ...writes.map(({ offset, data }) => offset + data.length))
  const bytes = Buffer.alloc(end)
  // Room that was given to the file before its content came: other people's deleted bytes, where nothing clears them.
  if (variant === 'garbage') random.fill(bytes.subarray(Math.ceil(base.length / 4096) * 4096))
  for (const at of held.keys()) bytes.fill(0, Math.min(end, at * sector), Math.min(end, (at + 1) * sector))
  base.copy(bytes)
  let size = base.length
  for (const [index, write] of writes.entries()) {
    for (let at = Math.floor(write.offset / sector); at * sector < write.offset + write.data.length; at++) {
      if ((held.get(at) ?? -1) < index) continue
      const from = Math.max(write.offset, at * sector)
      const to = Math.min(write.offset + write.data.length, (at + 1) * sector)
      write.data.copy(bytes, from, from - write.offset, to - write.offset)
      size = Math.max(size, to)
    }
  }
  const isLonger = variant === 'zeros' || variant === 'garbage'
  if (isLonger) size = Math.max(size, end - (random.below(2) === 0 ? 0 : random.below(end - size + 1)))
  return { bytes: bytes.subarray(0, size), choice: [lastCut, size, sector, ...held].join(',') }
}
