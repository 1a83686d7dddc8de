import { createHash } from 'node:crypto'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { ProfileLayout } from '../../main/core/profile-paths.ts'
import { findChromium, isSnap } from '../../../scripts/chromium.mjs'
import type { QuestionsOptions } from './ask.ts'
import { say } from './say.ts'
import { createWindows, type Windows } from './window.ts'

/** How this run shows things to the person: in windows of Chromium, or by printing addresses (both `null` then). */
export interface Display {
  pages: Windows | null
  questions: Windows | null
  /** One line each about what is unusual: there is no Chromium, or its sandbox is off. */
  notes: string[]
}

/** Finds Chromium; starts nothing yet. */
export function createDisplay(layout: ProfileLayout, env: Record<string, string>, isOpening: boolean): Display {
  const program = isOpening ? findChromium() : null
  if (program === null) return { pages: null, questions: null, notes: isOpening ? [noChromium()] : [] }
  const isRoot = process.getuid?.() === 0
  const windows = (dataFolder: string, width: number, height: number) =>
    createWindows({ program, dataFolder: reachable(dataFolder, program), size: { width, height }, isRoot, env })
  return {
    pages: windows(layout.browser, 1_200, 820),
    questions: windows(layout.questions, 560, 400),
    notes: isRoot ? ["Running as root: Chromium's sandbox is off. Start Parley as an ordinary user to have it."] : [],
  }
}

/** Shows a question in a small window of its own, or prints where it can be answered. */
export function showQuestion(windows: Windows | null): QuestionsOptions['show'] {
  return (address) => {
    if (!windows) {
      printQuestion(address)
      return { gone: never(), dismiss: () => undefined }
    }
    return { gone: openQuestion(windows, address), dismiss: () => void windows.close() }
  }
}

/** Resolves when the question's window is closed; not when it could not be opened, for then the address is printed. */
async function openQuestion(windows: Windows, address: string): Promise<void> {
  const end = await windows.open(address)
  if (end.kind === 'closed') return
  if (end.kind === 'failed') printQuestion(address)
  await never()
}

const printQuestion = (address: string) => say(`Parley asks: ${address}`)
const never = () => new Promise<void>(() => undefined)

/** A snap sees no hidden folder of the home, so its data lies in its own folder, apart for each profile. */
function reachable(dataFolder: string, program: string): string {
  if (!isSnap(program)) return dataFolder
  const name = createHash('sha256').update(dataFolder).digest('hex').slice(0, 16)
  return join(homedir(), 'snap', 'chromium', 'common', `parley-${name}`)
}

function noChromium(): string {
  const chosen = process.env['PARLEY_CHROMIUM']
  return chosen
    ? `PARLEY_CHROMIUM names ${chosen}, which is not a program that can be started. Open the address below yourself.`
    : 'No Chromium, Chrome, Edge or Brave was found. Open the address below in another browser.'
}
