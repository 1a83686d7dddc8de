import { getAttachment, listAttachments, setSentMode } from './attachments.ts'
import {
  addAttachment,
  attachToDraft,
  readDraftPlaces,
  removeFromDraft,
  reorderDraft,
  setDraftMode,
} from './draft-attachments.ts'
import { collectBlobs, documentStorage, neededFiles, readBlob } from './blobs.ts'
import { addPages, findDerivative, keepDerivative, readPages, reportText } from './derivatives.ts'
import { attachmentsOfMessages, draftAttachments } from './placed-attachments.ts'
import { relevantPages } from './relevant-pages.ts'
import { inModes, keepMeasure, sendable } from './sent-attachments.ts'
import { newestBelow, placeOf, readBranch, showBranch } from './branches.ts'
import { backUp, type BackUpInput } from './backup.ts'
import { forgetInBackup } from './backup-forget.ts'
import { checkIndex, checkIntegrity, checkStructure, repairIndex } from './checks.ts'
import {
  balanceReadings,
  connectionBooks,
  keepBalance,
  knownAttempts,
  noteLookup,
  untracedAttempts,
  writeOff,
} from './balance.ts'
import { budgetsBefore, budgetUses, fixZone, listBudgets, setBudget, setZone, spendWindow } from './budgets.ts'
import { sentAttempts, sentTallies, switchContext } from './context.ts'
import {
  createConversation,
  getConversation,
  listConversations,
  pinConversation,
  readDraft,
  readParameters,
  renameConversation,
  saveDraft,
  turnGround,
  writeParameters,
} from './conversations.ts'
import type { Database } from './database.ts'
import { exportLedger } from './ledger-export.ts'
import { attemptAccount, ledgerPage } from './ledger-page.ts'
import { lastNotice, listNotices } from './notices.ts'
import { cataloguePrice, keepPrice, latestPrice, overridePrice, priceHistory } from './prices.ts'
import { search } from './search.ts'
import {
  connectionFor,
  findConnection,
  listContacts,
  listOrigins,
  noteContacts,
  readSettings,
  writeSettings,
} from './settings.ts'
import { conversationCost, correctAttempt, periodCost, unknownAttempts, verifySpend } from './spend.ts'
import { monthCourse, spendByConversation, spendByDay, spendByMonth } from './spend-sums.ts'
import { exportChunk } from './export.ts'
import { findInBranch } from './find.ts'
import { hideMessage, unhideMessage } from './hiding.ts'
import { getMessage, readPrompt } from './messages.ts'
import { listRevisions, reviseMessage, showRevision } from './revisions.ts'
import { condemn, listTrash, purgeStep, trashConversation, trashConversations } from './trash.ts'
import { endBrokenTurn, endTurn, expireEvents, recoverTurns } from './turn-end.ts'
import { appendReceived, beginTurn, reserveAttempt } from './turns.ts'

/** Functions of an open connection, by name. Each takes one input object that can be posted to a worker. */
export type StoreCalls = Record<string, (db: Database, input: never) => unknown>

/** What a call takes beside the connection: nothing, or its one input. */
export type CallInput<Call> = Call extends (db: Database) => unknown
  ? []
  : Call extends (db: Database, input: infer Input) => unknown
    ? [input: Input]
    : never

/** The same calls from another thread. They reject with a `FailureError`. */
export type Proxied<Calls extends StoreCalls> = {
  [Name in keyof Calls]: (...input: CallInput<Calls[Name]>) => Promise<ReturnType<Calls[Name]>>
}

/** Answers with the time of the database, to see that a worker lives. */
function ping(db: Database): number {
  return db.prepare("SELECT CAST(unixepoch('subsec') * 1000 AS INTEGER)").pluck().get() as number
}

/** Run on the writer, one after the other: everything that changes rows. */
export const writerCalls = {
  ping,
  createConversation,
  renameConversation,
  pinConversation,
  trashConversation,
  trashConversations,
  condemn,
  purgeStep,
  writeParameters,
  saveDraft,
  showBranch,
  reviseMessage,
  showRevision,
  hideMessage,
  unhideMessage,
  beginTurn,
  reserveAttempt,
  appendReceived,
  endTurn,
  endBrokenTurn,
  expireEvents,
  recoverTurns,
  correctAttempt,
  keepPrice,
  connectionFor,
  noteContacts,
  writeSettings,
  setBudget,
  fixZone,
  setZone,
  overridePrice,
  keepBalance,
  noteLookup,
  writeOff,
  switchContext,
  addAttachment,
  attachToDraft,
  removeFromDraft,
  reorderDraft,
  setDraftMode,
  setSentMode,
  keepDerivative,
  addPages,
  reportText,
  keepMeasure,
  collectBlobs,
} satisfies StoreCalls

/** Run on the reader: what the window waits for, answered in a few milliseconds. */
export const readerCalls = {
  ping,
  listConversations,
  listTrash,
  getConversation,
  turnGround,
  readDraft,
  readParameters,
  readBranch,
  newestBelow,
  exportChunk,
  placeOf,
  listRevisions,
  getMessage,
  readPrompt,
  conversationCost,
  periodCost,
  unknownAttempts,
  latestPrice,
  findConnection,
  readSettings,
  listContacts,
  listOrigins,
  listBudgets,
  budgetsBefore,
  budgetUses,
  spendWindow,
  listNotices,
  lastNotice,
  cataloguePrice,
  priceHistory,
  ledgerPage,
  attemptAccount,
  exportLedger,
  spendByDay,
  spendByMonth,
  spendByConversation,
  monthCourse,
  connectionBooks,
  balanceReadings,
  knownAttempts,
  untracedAttempts,
  sentAttempts,
  getAttachment,
  listAttachments,
  draftAttachments,
  readDraftPlaces,
  attachmentsOfMessages,
  sendable,
  inModes,
  findDerivative,
  readPages,
  relevantPages,
  readBlob,
  neededFiles,
  documentStorage,
} satisfies StoreCalls

/** Run on the maintenance connection: what cannot be interrupted and may take long. */
export const maintenanceCalls = {
  ping,
  backUp: (db: Database, input: BackUpInput) => backUp(db, input),
  forgetInBackup: (db: Database) => forgetInBackup(db),
  checkStructure,
  checkIntegrity,
  checkIndex,
  repairIndex,
  search,
  findInBranch,
  verifySpend,
  sentTallies,
} satisfies StoreCalls
