import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { ConversationId, MessageId, TurnId } from '../../../electron/contract/ids.ts'
import { placeOf, readBranch, showBranch } from '../../../electron/main/store/branches.ts'
import {
  createConversation,
  getConversation,
  readDraft,
  saveDraft,
} from '../../../electron/main/store/conversations.ts'
import type { Database } from '../../../electron/main/store/database.ts'
import { findInBranch } from '../../../electron/main/store/find.ts'
import { hideMessage, unhideMessage } from '../../../electron/main/store/hiding.ts'
import { getMessage, readPrompt } from '../../../electron/main/store/messages.ts'
import { listRevisions, reviseMessage, showRevision } from '../../../electron/main/store/revisions.ts'
import { search } from '../../../electron/main/store/search.ts'
import { endTurn } from '../../../electron/main/store/turn-end.ts'
import { connectionFor } from '../../../electron/main/store/settings.ts'
import { appendReceived, beginTurn } from '../../../electron/main/store/turns.ts'
import { openHere, temporaryFolder, testStart } from '../../helpers/store.ts'

const newId = <Id extends string>() => randomUUID() as string as Id
let folder: string
let db: Database
let conversationId: ConversationId
beforeEach(() => {
  folder = temporaryFolder()
  db = openHere(folder).db
  const connectionId = connectionFor(db, { kind: 'demo', origin: 'demo:', at: testStart })
  conversationId = createConversation(db, { connectionId, at: testStart }).id
})

interface Said {
  user: MessageId
  reply: MessageId
}

function begin(parentId: MessageId | null, text: string | null): Said {
  const begun = beginTurn(db, {
    turnId: newId<TurnId>(),
    conversationId,
    parentId,
    text,
    isContinuation: false,
    userMessageId: newId<MessageId>(),
    replyMessageId: newId<MessageId>(),
    at: testStart,
  })
  return { user: begun.userMessageId, reply: begun.replyMessageId }
}

function say(parentId: MessageId | null, text: string | null, answer: string): Said {
  const said = begin(parentId, text)
  for (const kind of ['reasoning', 'content'] as const) {
    const words = kind === 'content' ? answer : `thoughts of ${answer}`
    appendReceived(db, { deltas: [{ messageId: said.reply, kind, start: 0, text: words }], events: [], at: testStart })
  }
  endTurn(db, {
    reply: {
      messageId: said.reply,
      status: 'complete',
      finishReason: 'stop',
      failure: null,
      refusal: null,
      annotations: [],
    },
    attemptId: null,
    entry: null,
    at: testStart,
  })
  return said
}

const page = (place: Parameters<typeof readBranch>[1]['place'], limit = 100) =>
  readBranch(db, { conversationId, place, limit })
const shown = () => page({ kind: 'end' }).messages.map(({ text }) => text)
const found = (query: string) => search(db, { query, limit: 50 }).map(({ messageId }) => messageId)

describe('save only', () => {
  it('writes another wording, keeps the first, and is what is shown, searched and sent', () => {
    const { user, reply } = say(null, 'How old is the oak?', 'Four hundred years')
    expect(reviseMessage(db, { messageId: user, text: 'How old is the beech?', at: testStart + 1 })).toMatchObject({
      text: 'How old is the beech?',
      revisionCount: 2,
      siblings: [user],
    })
    expect(reviseMessage(db, { messageId: reply, text: 'Two hundred years', at: testStart + 2 })).toMatchObject({
      text: 'Two hundred years',
      reasoning: 'thoughts of Four hundred years',
      status: 'complete',
    })
    expect(listRevisions(db, { messageId: reply })).toEqual([
      { number: 1, author: 'model', createdAt: testStart, text: 'Four hundred years', isShown: false },
      { number: 2, author: 'person', createdAt: testStart + 2, text: 'Two hundred years', isShown: true },
    ])
    expect(readPrompt(db, { leafId: reply }).map(({ text }) => text)).toEqual([
      'How old is the beech?',
      'Two hundred years',
    ])
    expect(found('beech')).toEqual([user])
    expect(found('oak')).toEqual([null])
    expect(found('four hundred')).toEqual([])
  })

  it('the same wording changes nothing, an old one can be shown again, one that is not there cannot', () => {
    const { user } = say(null, 'one', 'two')
    expect(reviseMessage(db, { messageId: user, text: 'one', at: testStart }).revisionCount).toBe(1)
    reviseMessage(db, { messageId: user, text: 'uno', at: testStart })
    expect(showRevision(db, { messageId: user, number: 1 })).toMatchObject({ text: 'one', revisionCount: 2 })
    expect(reviseMessage(db, { messageId: user, text: 'ein', at: testStart }).revisionCount).toBe(3)
    expect(() => showRevision(db, { messageId: user, number: 9 })).toThrow('message.not-found')
  })

  it('a reply that is being written cannot be edited', () => {
    const { reply } = begin(null, 'one')
    expect(() => reviseMessage(db, { messageId: reply, text: 'x', at: testStart })).toThrow('turn.running')
  })
})

describe('deleting a message', () => {
  it('hides what follows on every branch, shows the version beside it, and is undone exactly', () => {
    const first = say(null, 'first', 'first answer')
    const second = say(first.reply, 'second', 'second answer')
    const other = say(first.reply, 'other', 'other answer')
    const retry = say(second.user, null, 'again answer')
    expect(shown()).toEqual(['first', 'first answer', 'second', 'again answer'])
    const deletion = hideMessage(db, { messageId: second.user })
    expect(deletion).toEqual({ messageId: second.user, hiddenCount: 3, wasShowing: retry.reply })
    expect(shown()).toEqual(['first', 'first answer', 'other', 'other answer'])
    expect(getMessage(db, { messageId: other.user }).siblings).toEqual([other.user])
    expect(getConversation(db, { conversationId }).messageCount).toBe(4)
    expect(found('second')).toEqual([])
    expect(() => showBranch(db, { messageId: retry.reply })).toThrow('message.not-found')
    expect(() => begin(second.reply, 'after')).toThrow('turn.not-possible')
    unhideMessage(db, { messageId: second.user, showing: deletion.wasShowing })
    expect(shown()).toEqual(['first', 'first answer', 'second', 'again answer'])
    expect(getConversation(db, { conversationId }).messageCount).toBe(7)
    expect(found('again')).toEqual([retry.reply])
  })

  it('the last version gives way to the message before it, the first message to nothing', () => {
    const first = say(null, 'first', 'first answer')
    hideMessage(db, { messageId: first.reply })
    expect(shown()).toEqual(['first'])
    hideMessage(db, { messageId: first.user })
    expect(page({ kind: 'end' })).toEqual({ messages: [], hasMore: false, hasNewer: false, total: 0 })
    const again = say(null, 'anew', 'answer')
    expect(getMessage(db, { messageId: again.user }).siblings).toEqual([again.user])
    // The reply was deleted before its question, and stays deleted with it.
    unhideMessage(db, { messageId: first.user, showing: null })
    expect(shown()).toEqual(['first'])
    unhideMessage(db, { messageId: first.reply, showing: null })
    expect(shown()).toEqual(['first', 'first answer'])
  })

  it('undone in the other order, a message under a deleted one comes back with it', () => {
    const first = say(null, 'first', 'first answer')
    hideMessage(db, { messageId: first.reply })
    hideMessage(db, { messageId: first.user })
    unhideMessage(db, { messageId: first.reply, showing: null })
    expect(shown()).toEqual([])
    unhideMessage(db, { messageId: first.user, showing: null })
    expect(shown()).toEqual(['first', 'first answer'])
  })

  it('waits for no reply: below a running one nothing is deleted', () => {
    const first = say(null, 'first', 'answer')
    begin(first.reply, 'second')
    expect(() => hideMessage(db, { messageId: first.user })).toThrow('turn.running')
    expect(() => hideMessage(db, { messageId: newId<MessageId>() })).toThrow('message.not-found')
  })
})

describe('reading a long branch', () => {
  it('goes both ways, jumps, and says where everything is', () => {
    let parent: MessageId | null = null
    const ids: MessageId[] = []
    for (let turn = 0; turn < 30; turn++) {
      const said: Said = say(parent, `question ${turn}`, `answer ${turn}`)
      ids.push(said.user, said.reply)
      parent = said.reply
    }
    const at = (index: number) => ids[index] as MessageId
    const indexes = (place: Parameters<typeof page>[0]) => {
      const { messages, hasMore, hasNewer, total } = page(place, 10)
      expect(messages.map(({ id }) => id)).toEqual(messages.map(({ index }) => at(index)))
      return [messages[0]?.index, messages.at(-1)?.index, hasMore, hasNewer, total]
    }
    expect(indexes({ kind: 'end' })).toEqual([50, 59, true, false, 60])
    expect(indexes({ kind: 'before', messageId: at(50) })).toEqual([40, 49, true, true, 60])
    expect(indexes({ kind: 'before', messageId: at(4) })).toEqual([0, 3, false, true, 60])
    expect(indexes({ kind: 'before', messageId: at(0) })).toEqual([undefined, undefined, false, true, 60])
    expect(indexes({ kind: 'after', messageId: at(49) })).toEqual([50, 59, true, false, 60])
    expect(indexes({ kind: 'after', messageId: at(59) })).toEqual([undefined, undefined, true, false, 60])
    expect(indexes({ kind: 'from', index: 12 })).toEqual([12, 21, true, true, 60])
    expect(indexes({ kind: 'from', index: 99 })).toEqual([undefined, undefined, true, false, 60])
    expect(indexes({ kind: 'around', messageId: at(20) })).toEqual([15, 24, true, true, 60])
    expect(indexes({ kind: 'around', messageId: at(0) })).toEqual([0, 9, false, true, 60])
    expect(indexes({ kind: 'around', messageId: at(59) })).toEqual([54, 59, true, false, 60])

    const branch = say(at(9), 'elsewhere', 'elsewhere answer')
    expect(placeOf(db, { messageId: at(20) }).isShown).toBe(false)
    expect(() => page({ kind: 'after', messageId: at(20) })).toThrow('message.not-found')
    expect(page({ kind: 'end' }).total).toBe(12)
    showBranch(db, { messageId: at(20) })
    expect(placeOf(db, { messageId: at(20) })).toEqual({ conversationId, isShown: true })
    expect(placeOf(db, { messageId: branch.user }).isShown).toBe(false)
  })
})

it('find in chat counts literally, in any case, in the order of the branch', () => {
  const first = say(null, 'Über (a+b) and ÜBER', 'nothing here')
  const second = say(first.reply, 'über\n  (a+b) 学习', 'say (a+b)')
  const find = (query: string) => findInBranch(db, { conversationId, query })
  expect(find('über')).toEqual({
    hits: [
      { messageId: first.user, index: 0, count: 2 },
      { messageId: second.user, index: 2, count: 1 },
    ],
    total: 3,
  })
  expect(find('über (a+b)').hits.map(({ index }) => index)).toEqual([0, 2])
  expect(find('(A+B)').total).toBe(3)
  expect(find('学')).toMatchObject({ total: 1 })
  expect(find('thoughts').total).toBe(0)
  hideMessage(db, { messageId: second.user })
  expect(find('(a+b)').total).toBe(1)
})

it('another version of a message leaves the draft alone', () => {
  const first = say(null, 'first', 'answer')
  saveDraft(db, { conversationId, text: 'something else', at: testStart })
  beginTurn(db, {
    turnId: newId<TurnId>(),
    conversationId,
    parentId: null,
    text: 'first, better',
    isContinuation: false,
    keepsDraft: true,
    userMessageId: newId<MessageId>(),
    replyMessageId: newId<MessageId>(),
    at: testStart,
  })
  expect(readDraft(db, { conversationId })).toBe('something else')
  expect(getMessage(db, { messageId: first.user }).siblings).toHaveLength(2)
  expect(readFileSync(join(folder, 'store.db-wal')).length).toBeGreaterThan(0)
})
