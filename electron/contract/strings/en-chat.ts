import type { MessageStatus } from '../routes/conversations.ts'

const count = (amount: number, one: string, many: string) =>
  amount === 1 ? `1 ${one}` : `${amount.toLocaleString('en')} ${many}`

/** The list of conversations. */
export const sidebar = {
  name: 'Conversations',
  newChat: 'New chat',
  search: 'Search',
  clearSearch: 'Clear',
  noResults: (query: string) => `Nothing found for “${query}”.`,
  results: (amount: number) => count(amount, 'result', 'results'),
  empty: 'Your chats will be listed here.',
  untitled: 'Untitled',
  demo: 'Demo',
  actions: 'Chat actions',
  rename: 'Rename',
  renameField: 'Title',
  delete: 'Delete',
  deleted: (title: string) => `“${title}” was deleted.`,
  undo: 'Undo',
  dismiss: 'Dismiss',
  running: 'A reply is being written',
  hide: 'Hide sidebar',
  show: 'Show sidebar',
  today: 'Today',
  yesterday: 'Yesterday',
  week: 'Previous 7 days',
  month: 'Previous 30 days',
}

/** The thread and its messages. */
export const thread = {
  log: 'Conversation',
  you: 'You',
  gemma: 'Gemma',
  opening: 'Opening…',
  emptyTitle: 'What would you like to ask?',
  emptyModel: (model: string, context: string | null) =>
    context === null ? model : `${model}, ${context} tokens of context`,
  emptyPrice: (input: string, output: string) => `${input} per million tokens in, ${output} out`,
  emptyPriceUnknown: 'The price is not known yet.',
  emptyDemo: 'A demo chat: the replies are an imitation made on this computer. Nothing is sent and nothing is billed.',
  olderLoading: 'Loading earlier messages…',
  olderFailed: 'Earlier messages could not be loaded.',
  olderAgain: 'Load again',
  jump: 'Jump to latest',
  version: (index: number, amount: number) => `${index}/${amount}`,
  versionName: (index: number, amount: number) => `Version ${index} of ${amount}`,
  previousVersion: 'Previous version',
  nextVersion: 'Next version',
  copy: 'Copy',
  copied: 'Copied',
  retry: 'Retry',
  retryHint: 'Ask again for another version. A new purchase.',
  continue: 'Continue',
  continueHint: 'Ask the model to go on from its last words. A new purchase.',
  retryHintFree: 'Ask again for another version.',
  continueHintFree: 'Ask the model to go on from its last words.',
  newPurchase: 'Retry and Continue are new purchases.',
  openKey: 'Check the key',
  openConnection: 'Check the connection',
  reasoning: 'Thoughts',
  reasoningNow: 'Thinking…',
  thoughtFor: (seconds: string) => `Thought for ${seconds} s`,
  sources: 'Sources',
  emptyReply: 'The reply is empty.',
  onlyReasoning: 'The model gave only its thoughts and no answer.',
  refusal: 'The model declined to answer.',
  continuation: 'Continues the reply above.',
  ended: {
    stopped: 'Stopped. What had arrived is kept.',
    interrupted: 'Interrupted: Parley or the computer stopped before the reply was complete. What had arrived is kept.',
    length: 'The reply reached its length limit.',
    filtered: 'The provider’s content filter ended the reply.',
  },
  plainText: 'Too large or too deeply nested to format; shown as plain text.',
  brokenText: 'This message could not be formatted; shown as plain text.',
  showRest: (amount: string) => `Show the rest (${amount} more characters)`,
  codeCopy: 'Copy code',
  codePlain: 'text',
  codeWrap: 'Wrap lines',
  codeShowAll: (lines: string) => `Show all ${lines} lines`,
  codeShowLess: 'Show less',
  code: 'Code',
  table: 'Table',
  tableCopy: 'Copy table as CSV',
  formula: 'Formula',
  notes: 'Footnotes',
  noteMark: (number: number) => `Footnote ${number}`,
  image: (alt: string) => (alt === '' ? 'Image' : `Image: ${alt}`),
  linkTo: (host: string) => `Opens ${host}`,
  linkRefused: 'This link is not a web or e-mail address and is not opened.',
  taskDone: 'Done',
  taskOpen: 'Not done',
}

/** What a running reply is doing. */
export const progress = {
  sending: 'Sending…',
  waiting: 'Waiting for the first words…',
  writing: 'Writing…',
  thinking: 'Thinking…',
  settling: 'Stopped. Waiting for the price to arrive.',
  retrying: (seconds: number, attempt: number) =>
    seconds > 0
      ? `The provider is busy. Attempt ${attempt} in ${seconds} s.`
      : `The provider is busy. Attempt ${attempt}…`,
  cancelRetry: 'Do not try again',
  quiet: (seconds: number) => `Nothing has arrived for ${seconds} s. Parley keeps waiting, up to 90 s.`,
  attempt: (attempt: number) => `Attempt ${attempt}`,
  announceStart: 'Gemma has begun to reply.',
  announceEnd: {
    complete: 'The reply is complete.',
    stopped: 'The reply was stopped.',
    failed: 'The reply failed.',
    interrupted: 'The reply was interrupted.',
    queued: '',
    sending: '',
    streaming: '',
  } satisfies Record<MessageStatus, string>,
}

/** Where messages are written. */
export const composer = {
  message: 'Message',
  placeholder: 'Write a message',
  send: 'Send',
  sendHint: 'New line: Shift+Enter',
  sendHintMod: (modifier: string) => `Send: ${modifier}+Enter`,
  stop: 'Stop',
  stopHint: 'Cut the connection now. The price is looked up later.',
  moreStops: 'More ways to stop',
  settle: 'Stop and settle',
  settleBound: (amount: string) => `Shows nothing more; the price arrives with the end. Up to ${amount} more.`,
  settleUnbound: 'Shows nothing more; the price arrives with the end. How much more is not known.',
  stopFailed: 'The reply could not be stopped.',
  why: {
    empty: 'Write something to send.',
    running: 'A reply is being written.',
    sending: 'The message is being saved.',
    noKey: 'There is no API key, so nothing can be sent here.',
    readOnly: 'Conversations are open read-only.',
    tooLong: (most: string) => `Too long: at most ${most} characters.`,
  },
  addKey: 'Add a key',
  demo: 'Demo: replies are an imitation, nothing is billed.',
  notSent: 'The message was not sent',
}

/** Costs in words. `amount` is formatted already. */
export const money = {
  billed: (amount: string) => `${amount} billed`,
  computed: (amount: string) => `≈ ${amount}, computed`,
  held: (amount: string) => `up to ${amount} held`,
  heldUnbound: 'cost not known yet',
  unknown: (amount: string) => `not known yet, up to ${amount} held`,
  unknownUnbound: 'not known yet',
  notCharged: 'not charged',
  demo: 'demo, nothing billed',
  tokens: (input: string | null, output: string | null) =>
    [input === null ? null : `${input} tokens in`, output === null ? null : `${output} out`]
      .filter((part) => part !== null)
      .join(', '),
  cached: (tokens: string) => `${tokens} cached`,
  reasoning: (tokens: string) => `${tokens} for thoughts`,
  attempts: (amount: number) => count(amount, 'attempt', 'attempts'),
  firstToken: (seconds: string) => `first words after ${seconds} s`,
  total: (seconds: string) => `${seconds} s in all`,
  nothingYet: 'nothing spent',
  partComputed: (amount: string) => `of it ≈ ${amount} computed`,
  someUnknown: (amount: number, bound: string | null) =>
    `${amount} not known yet${bound === null ? '' : `, up to ${bound} held`}`,
  running: (bound: string) => `up to ${bound} held`,
}

/** The quiet line under the composer. */
export const statusLine = {
  spend: 'Conversation spend',
  chat: 'This chat',
  demoChat: 'Demo chat, nothing billed',
  month: (name: string) => `${name} so far`,
  key: (lastFour: string | null) => (lastFour === null ? 'Key' : `Key …${lastFour}`),
  keySession: 'this session only',
  noKey: 'No key',
  keychainLocked: 'Keychain locked',
  offline: 'Offline: everything saved opens, a reply needs the network.',
  draftUnsaved: 'What you are writing is not saved yet.',
}
