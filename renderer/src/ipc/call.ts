import type { Failure } from '../../../electron/contract/errors.ts'
import type { ParleyEvent } from '../../../electron/contract/events.ts'
import type { Call, InputOf, OutputOf, RouteName } from '../../../electron/contract/registry.ts'
import { createBridgeTransport } from './bridge-transport.ts'
import { createHttpTransport } from './http-transport.ts'
import type { Transport } from './transport.ts'

const transport: Transport = window.parley ? createBridgeTransport(window.parley) : createHttpTransport()

/** A failure of main, thrown where a caller wants exceptions. */
export class CallError extends Error {
  readonly failure: Failure

  constructor(failure: Failure) {
    super(failure.code)
    this.name = 'CallError'
    this.failure = failure
  }
}

/** Asks main. Never rejects: a failure is data. */
export const call = transport.call as Call

/** Asks main; throws {@link CallError}. */
export async function ask<Name extends RouteName>(name: Name, input: InputOf<Name>): Promise<OutputOf<Name>> {
  const result = await call(name, input)
  if (!result.ok) throw new CallError(result.failure)
  return result.value
}

/** Whether main could not be asked at all, so that nobody knows what it did. */
export const isUnreachable = (failure: Failure): boolean => failure.code === 'app.unreachable'

/** Listens to what main tells; returns how to stop. */
export const onEvent = (listener: (event: ParleyEvent) => void): (() => void) => transport.onEvent(listener)

/** Resolves when events flow. */
export const whenOpen: Promise<void> = transport.whenOpen
