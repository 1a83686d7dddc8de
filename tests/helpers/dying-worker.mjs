// A store worker that opens, answers the first call, and ends in the middle of the second.
import { parentPort, workerData } from 'node:worker_threads'

let calls = 0
parentPort.on('message', (message) => {
  if (message.kind === 'open')
    parentPort.postMessage({ kind: 'opened', migrated: { kind: 'current' }, isCheckDue: false })
  else if (message.kind === 'close') parentPort.close()
  else if (workerData.role === 'writer' && ++calls > 1) process.exit(7)
  else parentPort.postMessage({ kind: 'answer', id: message.id, ok: true, value: calls })
})
