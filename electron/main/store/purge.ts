import type { ConversationId } from '../../contract/ids.ts'
import type { Store } from './host.ts'

/**
 * Deletes for good what is in the trash since before `before`: the conversations named, or all. In steps, between which
 * running replies are stored; one that was cut short goes on with the next. Gives how many conversations it decided about.
 */
export async function purge(
  store: Pick<Store, 'write'>,
  input: { conversationIds: ConversationId[] | 'all'; before: number; at: number },
): Promise<number> {
  const purged = await store.write.condemn(input)
  for (let isDone = false; !isDone;) ({ isDone } = await store.write.purgeStep())
  return purged
}
