import { readdirSync, readFileSync } from 'node:fs'

/** The memory that a process and all below it take, shared pages by their share. Megabytes. Linux only. */
export function treePssMb(root: number): number {
  const children = new Map<number, number[]>()
  for (const name of readdirSync('/proc')) {
    const pid = Number(name)
    if (!Number.isInteger(pid)) continue
    // The name of the program, in brackets, may have blanks in it.
    const parent = Number(read(pid, 'stat')?.split(') ').at(-1)?.split(' ')[1])
    children.set(parent, [...(children.get(parent) ?? []), pid])
  }
  const all = (pid: number): number[] => [pid, ...(children.get(pid) ?? []).flatMap(all)]
  return all(root).reduce((sum, pid) => sum + pssKb(pid), 0) / 1_024
}

const pssKb = (pid: number) => Number(/^Pss:\s+(\d+)/m.exec(read(pid, 'smaps_rollup') ?? '')?.[1] ?? 0)

function read(pid: number, file: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    // It ended meanwhile.
    return null
  }
}
