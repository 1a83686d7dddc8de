import { execFile, spawn, type ChildProcess } from 'node:child_process'
import {
  accessSync,
  constants,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { ownBusName } from './bus-name.ts'

const run = promisify(execFile)

const programs = ['dbus-daemon', 'dbus-send', 'gnome-keyring-daemon', 'secret-tool']

/** The programs a real Secret Service needs that are not on this machine's path. */
export function missingKeyringPrograms(): string[] {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const isThere = (program: string) =>
    folders.some((folder) => {
      try {
        accessSync(join(folder, program), constants.X_OK)
        return true
      } catch {
        return false
      }
    })
  return programs.filter((program) => !isThere(program))
}

/** A session bus of its own with a real gnome-keyring on it, in private folders. */
export interface Keyring {
  /** What a process needs to find this bus and this keyring. */
  env: Record<string, string>
  daemonPid(): number
  busPid(): number
  /** What another program finds; `null` if nothing. */
  lookup(service: string, account: string): Promise<string | null>
  /** Locks the keyring the way a desktop does. */
  lock(): Promise<void>
  /** Ends bus and daemon and starts them anew on the same files, as a restart of the machine does. */
  restart(more: { isUnlocked: boolean }): Promise<void>
  /** Ends the daemon; the bus stays without a Secret Service. */
  endDaemon(): Promise<void>
  /** From now on unlock prompts appear to nobody: they are accepted and never answered. */
  leavePromptsUnanswered(): Promise<void>
  /** The bytes of the keyring's files. */
  files(): Buffer
  stop(): Promise<void>
}

/** The bus knows no service files, so nothing of the machine's own desktop is ever started on it. */
const busConfiguration = (
  socket: string,
) => `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path=${socket}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`

/** Starts a bus and a keyring; `isUnlocked` creates or opens the login keyring with the password `test`. */
export async function startKeyring({ isUnlocked = true } = {}): Promise<Keyring> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-keyring-'))
  const home = join(folder, 'home')
  const runtime = join(folder, 'run')
  const socket = join(runtime, 'bus')
  for (const path of [home, runtime]) mkdirSync(path, { mode: 0o700 })
  writeFileSync(join(folder, 'bus.conf'), busConfiguration(socket))
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    XDG_RUNTIME_DIR: runtime,
    DBUS_SESSION_BUS_ADDRESS: `unix:path=${socket}`,
    LANG: 'C.UTF-8',
  }
  let bus: ChildProcess | null = null
  let daemon: ChildProcess | null = null
  let releaseName: (() => void) | null = null

  const send = async (destination: string, path: string, member: string, ...values: string[]) => {
    const args = ['--session', '--print-reply', `--dest=${destination}`, path, member, ...values]
    return (await run('dbus-send', args, { env, timeout: 5_000 })).stdout
  }
  const isOwned = (name: string) =>
    send('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus.NameHasOwner', `string:${name}`).then(
      (reply) => reply.includes('boolean true'),
      () => false,
    )
  const owned = async (name: string) => {
    for (let left = 200; left > 0; left--) {
      if (await isOwned(name)) return
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
    throw new Error(`${name} did not come to the bus within 5 s`)
  }

  const start = async (shallUnlock: boolean) => {
    bus = spawn('dbus-daemon', [`--config-file=${join(folder, 'bus.conf')}`, '--nofork'], { env, stdio: 'ignore' })
    await owned('org.freedesktop.DBus')
    const options = ['--foreground', '--components=secrets', ...(shallUnlock ? ['--unlock'] : [])]
    daemon = spawn('gnome-keyring-daemon', options, { env, stdio: ['pipe', 'ignore', 'ignore'] })
    daemon.stdin?.end(shallUnlock ? 'test' : '')
    await owned('org.freedesktop.secrets')
  }
  const endDaemon = async () => {
    await ended(daemon)
    daemon = null
  }
  const end = async () => {
    releaseName?.()
    releaseName = null
    await endDaemon()
    await ended(bus)
    bus = null
    rmSync(socket, { force: true })
  }

  await start(isUnlocked)
  return {
    env,
    daemonPid: () => pidOf(daemon),
    busPid: () => pidOf(bus),
    lookup: (service, account) =>
      run('secret-tool', ['lookup', 'service', service, 'username', account], { env, timeout: 5_000 }).then(
        ({ stdout }) => stdout,
        (error: { code?: unknown; stderr?: string }) => {
          if (error.code === 1 && error.stderr === '') return null
          throw error
        },
      ),
    async lock() {
      const path = '/org/freedesktop/secrets'
      const collection = `array:objpath:${path}/collection/login`
      await send('org.freedesktop.secrets', path, 'org.freedesktop.Secret.Service.Lock', collection)
    },
    async restart(more) {
      await end()
      await start(more.isUnlocked)
    },
    endDaemon,
    async leavePromptsUnanswered() {
      const prompter = 'org.gnome.keyring.SystemPrompter'
      releaseName = await ownBusName(socket, prompter)
      await owned(prompter)
    },
    files() {
      const store = join(home, '.local', 'share', 'keyrings')
      return Buffer.concat(readdirSync(store).map((name) => readFileSync(join(store, name))))
    },
    async stop() {
      await end()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function pidOf(child: ChildProcess | null): number {
  if (child?.pid === undefined) throw new Error('not running')
  return child.pid
}

async function ended(child: ChildProcess | null): Promise<void> {
  if (child === null || child.exitCode !== null || child.signalCode !== null) return
  const exit = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await exit
}
