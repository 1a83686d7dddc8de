import type { Result } from '../../../electron/contract/errors.ts'
import type { ParleyEvent } from '../../../electron/contract/events.ts'
import { unreachable, type Transport } from './transport.ts'

interface Bridge {
  call(name: string, input: unknown): Promise<Result<unknown>>
  onEvent(listener: (event: ParleyEvent) => void): () => void
}

declare global {
  interface Window {
    /** Given by the preload of the desktop shell, and only there. */
    readonly parley?: Bridge
  }
}

/** The desktop shell: the preload carries calls and events. */
export function createBridgeTransport(bridge: Bridge): Transport {
  return {
    call: (name, input) => bridge.call(name, input).catch(() => ({ ok: false as const, failure: unreachable })),
    onEvent: (listener) => bridge.onEvent(listener),
    whenOpen: Promise.resolve(),
  }
}
