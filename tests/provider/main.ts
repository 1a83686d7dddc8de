// The imitation of the provider as a process of its own, for tests: node tests/provider/main.ts --port 0
// It prints one line of JSON when it is ready and can be driven over /__control/ (see control.ts).
import { parseArgs } from 'node:util'
import { startProvider } from './server.ts'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    elsewhere: { type: 'boolean', default: false },
    balance: { type: 'string' },
  },
})

const provider = await startProvider({
  port: Number(values.port),
  hasControl: true,
  hasElsewhere: values.elsewhere,
  ...(values.balance === undefined ? {} : { balance: Number(values.balance) }),
})

let isStopping = false
const stop = (): void => {
  if (isStopping) return
  isStopping = true
  provider.close().then(
    () => process.exit(0),
    (error: unknown) => {
      console.error(String(error))
      process.exit(1)
    },
  )
}
process.on('SIGTERM', stop)
process.on('SIGINT', stop)

const parent = process.ppid
setInterval(() => {
  if (process.ppid !== parent) stop()
}, 1_000).unref()

console.log(
  JSON.stringify({
    message: `provider ready: ${provider.url}`,
    url: provider.url,
    port: provider.port,
    elsewhere: provider.elsewhere?.url ?? null,
    note: 'an imitation of the provider, for tests',
  }),
)
