import { once } from 'node:events'
import { connect } from 'node:net'

/** Takes a name on a session bus and answers nothing that is asked of it, until it is let go. Just enough of D-Bus. */
export async function ownBusName(socketPath: string, name: string): Promise<() => void> {
  const socket = connect(socketPath)
  await once(socket, 'connect')
  // The bus may end before this does; whoever waits for the name notices.
  socket.on('error', () => undefined)
  const uid = Buffer.from(String(process.getuid?.() ?? 0)).toString('hex')
  socket.write(`\0AUTH EXTERNAL ${uid}\r\n`)
  const [answer] = (await once(socket, 'data')) as [Buffer]
  if (!answer.toString().startsWith('OK')) throw new Error(`the bus said: ${answer.toString()}`)
  socket.write('BEGIN\r\n')
  socket.write(callOfBus(1, 'Hello', '', Buffer.alloc(0)))
  const doNotQueue = 4
  socket.write(callOfBus(2, 'RequestName', 'su', Buffer.concat([padded(busString(name), 4), uint32(doNotQueue)])))
  socket.resume()
  return () => void socket.destroy()
}

const uint32 = (value: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

const padded = (bytes: Buffer, to: number) => Buffer.concat([bytes, Buffer.alloc((to - (bytes.length % to)) % to)])

const busString = (text: string) => Buffer.concat([uint32(Buffer.byteLength(text)), Buffer.from(`${text}\0`)])

const field = (code: number, type: string, value: Buffer) =>
  Buffer.concat([Buffer.from([code, 1]), Buffer.from(`${type}\0`), value])

const text = (code: number, type: string, value: string) => field(code, type, busString(value))

/** A method call to the bus itself, little endian. */
function callOfBus(serial: number, member: string, signature: string, body: Buffer): Buffer {
  const fields = [
    text(1, 'o', '/org/freedesktop/DBus'),
    text(6, 's', 'org.freedesktop.DBus'),
    text(2, 's', 'org.freedesktop.DBus'),
    ...(signature ? [field(8, 'g', Buffer.from(`${String.fromCharCode(signature.length)}${signature}\0`))] : []),
    text(3, 's', member),
  ]
  // Each field begins at a multiple of 8; what fills up the last one does not count as part of the list.
  const list = Buffer.concat(fields.map((bytes, at) => (at < fields.length - 1 ? padded(bytes, 8) : bytes)))
  const start = Buffer.concat([Buffer.from('l\x01\0\x01'), uint32(body.length), uint32(serial), uint32(list.length)])
  return Buffer.concat([padded(Buffer.concat([start, list]), 8), body])
}
