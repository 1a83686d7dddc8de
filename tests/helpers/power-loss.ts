import { mkdirSync, mkdtempSync, rmSync, existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { acknowledge, checkStart, checkState, nothingAcknowledged, writeState } from './power-loss-check.ts'
import { createDisk, variants } from './power-loss-disk.ts'
import { createRandom } from './power-loss-random.ts'
import { canTrace, createReader, traceProgram, type Recorded } from './power-loss-trace.ts'

const workload = fileURLToPath(new URL('power-loss-workload.ts', import.meta.url))

/** Whether a power loss can be played here; says so aloud when not, and throws in CI on Linux, where it must be. */
export function canPlayPowerLoss(): boolean {
  if (canTrace) return true
  if (process.platform === 'linux' && process.env['CI'])
    throw new Error('power loss must be tested here: strace is missing or may not trace')
  console.warn('NOT TESTED: power loss, as no strace can record here what is written and synced')
  return false
}

/** Records a life of a store: made, used, backed up, closed, opened again, killed before a sync, recovered, closed. */
export function recordLife(folder: string, { pairs }: { pairs: number }): Recorded[] {
  const profile = join(folder, 'profile')
  const trace = join(folder, 'trace')
  mkdirSync(profile)
  const reader = createReader(profile)
  reader.read(traceProgram([workload, 'first', profile, String(pairs)], { trace }))
  // Killed when its commit is in the log but not on the disk: what the next start reads there it may show only once it is.
  reader.read(traceProgram([workload, 'killed', profile], { trace, killAtSync: 21 }))
  reader.read(traceProgram([workload, 'after', profile], { trace }))
  return reader.recorded
}

/** Records a start, work and a close on what a power cut left somewhere in an earlier recording. */
export function recordReturn(folder: string, earlier: readonly Recorded[], seed: number): Recorded[] {
  const random = createRandom(seed)
  const disk = createDisk(earlier)
  const point = disk.points[random.below(disk.points.length)] ?? 0
  disk.advance(point)
  const state = disk.crash(variants[random.below(variants.length)] ?? 'none', random)
  const profile = mkdtempSync(join(folder, 'profile-'))
  writeState(profile, state, null)
  const reader = createReader(profile)
  reader.found(state)
  for (const event of earlier) {
    if (event.kind === 'said' && event.begin <= point) reader.recorded.push({ ...event, begin: 0, end: 0 })
  }
  reader.read(traceProgram([workload, 'after', profile], { trace: join(folder, 'trace') }))
  return reader.recorded
}

/** What was tried: `distinct` states differ in what is on the disk, `boundaries` are places around a sync, `points` others. */
export interface Played {
  states: number
  distinct: number
  points: number
  boundaries: number
  started: number
}

/** Where and how often power fails. */
export interface PlayOptions {
  seed: number
  /** How many states are built, about: up to four fifths of them around syncs, the rest in between. */
  states: number
  /** One in so many states is also opened through the threads. */
  startEvery: number
  /** Is done by then, by `performance.now()`. */
  until?: number
}

/** Lets power fail all over a recording and checks what is left. Throws with everything needed to see a failure again. */
export async function playPowerLoss(
  folder: string,
  recorded: readonly Recorded[],
  options: PlayOptions,
): Promise<Played> {
  const { seed, states, startEvery, until = Number.POSITIVE_INFINITY } = options
  const random = createRandom(seed)
  const disk = createDisk(recorded)
  const said = recorded.filter((event) => event.kind === 'said')
  const pairs = said.flatMap(({ line }) => {
    const [what, first = '', second = ''] = line.split(' ')
    return what === 'pair' ? [[first, second] as const] : []
  })
  const known = nothingAcknowledged()
  const played: Played = { states: 0, distinct: 0, points: 0, boundaries: 0, started: 0 }
  const seen = new Set<string>()
  // Each pair of a place and a variant draws a lot.
  const between = disk.points.length - disk.boundaries.size
  const full = disk.boundaries.size * variants.length
  const boundaryShare = Math.min(1, (states * 0.8) / full)
  const betweenShare = Math.min(1, (states - boundaryShare * full) / (between * variants.length))
  let nextSaid = 0
  const begun = performance.now()
  const points = disk.points.filter((point) => point > 0)
  for (const [index, point] of points.entries()) {
    disk.advance(point)
    for (; (said[nextSaid]?.begin ?? Number.POSITIVE_INFINITY) <= point; nextSaid++)
      acknowledge(known, said[nextSaid]?.line ?? '')
    const isBoundary = disk.boundaries.has(point)
    const share = isBoundary ? boundaryShare : betweenShare
    const chosen = (disk.isSettled() ? (['none'] as const) : variants).filter(() => random.below(1e6) < share * 1e6)
    const before = played.states
    for (const variant of chosen) {
      // On a slow machine states are left out everywhere, not at the end.
      if (performance.now() > begun + (until - begun) * ((index + 1) / points.length)) continue
      const state = disk.crash(variant, random)
      const place = mkdtempSync(join(folder, 'state-'))
      const leftShm = random.below(3) === 0 ? Buffer.alloc(32_768, 0x5a) : null
      const isStarted = random.below(startEvery) === 0
      try {
        writeState(place, state, leftShm)
        if (isStarted) await checkStart(place, known)
        else checkState(place, known, pairs)
      } catch (error) {
        rmSync(place, { recursive: true, force: true })
        mkdirSync(place)
        writeState(place, state, leftShm)
        throw new Error(
          `power lost at ${point} of the recording, "${variant}" of the unsynced, seed ${seed}; kept in ${place}`,
          {
            cause: error,
          },
        )
      }
      rmSync(place, { recursive: true, force: true })
      played.states += 1
      played.started += isStarted ? 1 : 0
      if (!seen.has(state.fingerprint)) played.distinct += 1
      seen.add(state.fingerprint)
    }
    if (played.states > before) played[isBoundary ? 'boundaries' : 'points'] += 1
  }
  return played
}

/** A folder for states, in memory where there is such a place: what is tested is the model, not this machine's disk. */
export function stateFolder(): string {
  return mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'parley-power-'))
}
