// Children of the start and test scripts: they end when the script ends, however it ends, and its exit code is theirs.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { constants } from 'node:os'

const graceMs = 15_000
const running = new Set()
let stoppingCode = null

/** The exit code a shell would report for an end by this signal. */
const codeOfSignal = (signal) => 128 + (constants.signals[signal] ?? 0)

/** From now on a signal, or the death of npm above us, ends every child and then this script, once. */
export function endChildrenWithUs() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(signal))
  // npm may end without a word to us: then we, or the shell that npm runs us in, have another parent than before.
  const above = ancestors()
  if (process.env['npm_lifecycle_event']) setInterval(() => ancestors() !== above && stop('SIGTERM'), 500).unref()
  // A closed pipe on our output is no reason to leave children behind.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
}

/**
 * Runs a program to its end; resolves to `{ code, timedOut }`, never rejects.
 * A step (npm ci, a build) gets its own process group, so that what it started ends with it.
 */
export function run(command, args, { isStep = false, timeoutMs = 0, ...options } = {}) {
  return new Promise((resolve) => {
    const hasGroup = isStep && process.platform !== 'win32'
    const child = spawn(command, args, { stdio: 'inherit', ...options, detached: hasGroup })
    const entry = { kill: (signal) => endTree(child, signal, isStep) }
    running.add(entry)
    let timedOut = false
    const timer = timeoutMs
      ? setTimeout(() => {
          timedOut = true
          entry.kill('SIGKILL')
        }, timeoutMs)
      : undefined
    const finish = (code) => {
      clearTimeout(timer)
      running.delete(entry)
      if (stoppingCode !== null && running.size === 0) process.exit(stoppingCode)
      else resolve({ code, timedOut })
    }
    child.on('error', (error) => {
      console.error(`${command} could not be started: ${error.message}`)
      finish(127)
    })
    child.on('exit', (code, signal) => finish(signal ? codeOfSignal(signal) : code))
    // Asked to stop while we were starting it.
    if (stoppingCode !== null) entry.kill('SIGTERM')
  })
}

/** Our parent; and the parent of that, when ours is only the shell that npm runs scripts in (seen on Linux only). */
function ancestors() {
  const parent = process.ppid
  try {
    const status = readFileSync(`/proc/${parent}/status`, 'utf8')
    const isShell = /^Name:\s*(ba|da|z)?sh$/m.test(status)
    return isShell ? `${parent} ${/^PPid:\s*(\d+)/m.exec(status)?.[1]}` : `${parent}`
  } catch {
    // Not Linux: the parent has to do.
    return `${parent}`
  }
}

function stop(signal) {
  // A signal to the whole group arrives here and at the children, and may come twice.
  if (stoppingCode !== null) return
  stoppingCode = codeOfSignal(signal)
  if (running.size === 0) process.exit(stoppingCode)
  for (const child of running) child.kill(signal)
  setTimeout(() => {
    for (const child of running) child.kill('SIGKILL')
    setTimeout(() => process.exit(stoppingCode), 1_000)
  }, graceMs)
}

function endTree(child, signal, isStep) {
  if (child.pid === undefined) return
  try {
    if (!isStep) child.kill(signal)
    else if (process.platform === 'win32')
      spawn('taskkill', ['/T', '/F', '/PID', String(child.pid)], { stdio: 'ignore' })
    else process.kill(-child.pid, signal)
  } catch (error) {
    // It ended a moment ago.
    if (error.code !== 'ESRCH') throw error
  }
}
