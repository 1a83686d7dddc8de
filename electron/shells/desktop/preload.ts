import { contextBridge, ipcRenderer } from 'electron'
import { channels } from '../../contract/channels.ts'
import type { Result } from '../../contract/errors.ts'
import type { ParleyEvent } from '../../contract/events.ts'

/** All the page gets from outside its sandbox: a pipe. It decides nothing, checks nothing and keeps nothing. */
export interface Pipe {
  /** Asks main. Main parses the input and answers with data, a refusal included. */
  call(name: string, input: unknown): Promise<Result<unknown>>
  /** Listens to main's events. Returns how to stop. */
  onEvent(listener: (event: ParleyEvent) => void): () => void
}

const pipe: Pipe = {
  call: (name, input) => ipcRenderer.invoke(channels.call, name, input),
  onEvent(listener) {
    // Electron's own event object stays here: it would hand the page `ipcRenderer` itself.
    const forward = (_event: unknown, event: ParleyEvent): void => listener(event)
    ipcRenderer.on(channels.event, forward)
    return () => void ipcRenderer.off(channels.event, forward)
  },
}

contextBridge.exposeInMainWorld('parley', pipe)
