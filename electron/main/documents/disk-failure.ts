import { fail } from '../../contract/errors.ts'

/** What the system says about a disk, as a failure; anything else as it is. */
export function diskFailure(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'ENOSPC' || code === 'EDQUOT') return fail('store.full')
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') return fail('store.read-only')
  return error
}
