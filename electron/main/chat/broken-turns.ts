import { FailureError, type Failure } from '../../contract/errors.ts'
import type { ParleyEvent } from '../../contract/events.ts'
import type { ConversationId, MessageId } from '../../contract/ids.ts'
import type { Logger } from '../log/logger.ts'
import type { Store } from '../store/host.ts'

/** Time between attempts to write an end that could not be written. Milliseconds. */
const writeAgainMs = 2_000

export interface BrokenTurnsDeps {
  store: Pick<Store, 'write'>
  publish: (event: ParleyEvent) => void
  /** Called when an end that could not be written before is in the store. */
  onWrittenLate: () => void
  now: () => number
  log: Pick<Logger, 'error'>
}

/** Turns that broke, such as on a full disk. */
export interface BrokenTurns {
  /**
   * Writes the end of one as soon as it can be. Should Parley end before that, the row stays unfinished in the store, and
   * the next start makes it `interrupted` and settles its attempt.
   */
  end(conversationId: ConversationId, messageId: MessageId, error: unknown): Promise<void>
  /** Leaves what is not written yet to the next start. */
  giveUp(): void
}

/** Keeps the ends that are still to be written. */
export function createBrokenTurns({ store, publish, onWrittenLate, now, log }: BrokenTurnsDeps): BrokenTurns {
  const later = new Set<NodeJS.Timeout>()

  const sayWritten = (conversationId: ConversationId) => {
    publish({ name: 'conversation.changed', conversationId })
    publish({ name: 'conversations.changed' })
    publish({ name: 'spend.changed' })
    onWrittenLate()
  }

  const writeLater = (write: () => Promise<unknown>, conversationId: ConversationId) => {
    const timer = setTimeout(() => {
      later.delete(timer)
      write().then(
        () => sayWritten(conversationId),
        () => writeLater(write, conversationId),
      )
    }, writeAgainMs)
    timer.unref()
    later.add(timer)
  }

  return {
    async end(conversationId, messageId, error) {
      const failure: Failure = {
        ...failureOf(error),
        text: 'partly-kept',
        money: error instanceof FailureError ? 'not-charged' : 'unknown',
      }
      log.error('a turn broke', { messageId, error })
      const write = () => store.write.endBrokenTurn({ messageId, failure, at: now() })
      try {
        await write()
      } catch (second) {
        log.error('the end of a broken turn is not stored yet', { messageId, error: second })
        writeLater(write, conversationId)
      }
      publish({ name: 'conversation.changed', conversationId })
    },
    giveUp() {
      for (const timer of later) clearTimeout(timer)
    },
  }
}

/** What an error means for the person; one that nobody expected is `internal`. */
export const failureOf = (error: unknown): Failure =>
  error instanceof FailureError ? error.failure : { code: 'internal', text: 'kept', money: 'unknown' }
