import type { Failure } from '../../../electron/contract/errors.ts'
import { call } from '../ipc/call.ts'

/** Opens an address through the one gate, which asks outside the page. A "no" there is not a failure. */
export async function openLink(url: string): Promise<Failure | null> {
  const result = await call('links.open', { url })
  return result.ok || result.failure.code === 'confirm.declined' ? null : result.failure
}
