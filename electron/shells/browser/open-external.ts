import { spawn } from 'node:child_process'

const openers: Readonly<Record<string, readonly string[]>> = {
  darwin: ['open'],
  // Not `start`, which is a word of the command shell and would read the address as its syntax.
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
}

/** How long an opener may take to say that it failed. Some stay for as long as the browser they started. */
const failureWindowMs = 1_500

/**
 * Opens an http, https or mailto address in the person's own programs, as one argument, without a shell. Rejects for any
 * other address, and when the opener fails at once.
 */
export function openExternal(address: string, platform: string, env: Record<string, string>): Promise<void> {
  const url = new URL(address)
  if (!['http:', 'https:', 'mailto:'].includes(url.protocol)) {
    return Promise.reject(new Error('Only web and mail addresses are opened.'))
  }
  const [program = '', ...args] = openers[platform] ?? ['xdg-open']
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args, url.href], { env, stdio: 'ignore', detached: true })
    child.unref()
    const timer = setTimeout(resolve, failureWindowMs)
    child.on('error', (error) => {
      clearTimeout(timer)
      reject(new Error(`${program} could not be started: ${error.message}`, { cause: error }))
    })
    child.on('exit', (code) => {
      clearTimeout(timer)
      if (code === 0) resolve()
      else reject(new Error(`${program} could not open the address (exit code ${code}).`))
    })
  })
}
