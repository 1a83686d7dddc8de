import type { FailureCode, MoneyFate, TextFate } from '../errors.ts'

/** One failure in words: a title of a few words, and what happened and what to do in a sentence or two. */
export interface FailureWords {
  title: string
  sentence: string
}

/** One entry per code: a code without words does not compile. */
export const failures: Record<FailureCode, FailureWords> = {
  'input.invalid': { title: 'That cannot be used', sentence: 'Something entered is outside what Parley accepts.' },
  'route.unknown': {
    title: 'The page and Parley disagree',
    sentence: 'This page asked for something this version of Parley does not have. Restart Parley.',
  },
  'caller.refused': {
    title: 'This window was refused',
    sentence: 'Parley answers only its own window. Close this one and start Parley again.',
  },
  'app.unreachable': {
    title: 'Parley did not answer',
    sentence: 'This window could not reach Parley, so whether it was done is not known. Trying again is safe.',
  },
  internal: {
    title: 'Something went wrong inside Parley',
    sentence: 'This is a fault of Parley, not of anything you did. Trying again may help.',
  },
  'request.parameter': {
    title: 'A setting of the request was refused',
    sentence: 'The request was not sent, because one of its values is out of range.',
  },
  'key.missing': { title: 'There is no API key', sentence: 'A reply needs a key. Add one under Key.' },
  'key.rejected': {
    title: 'The key was rejected',
    sentence: 'The provider does not accept this API key. It may be mistyped, switched off or deleted.',
  },
  'keychain.unavailable': {
    title: 'There is no keychain',
    sentence:
      'Your system offers no keychain that Parley can use, so the key was not kept there. It can be used for this session only, or given in the environment variable AIMLAPI_API_KEY.',
  },
  'keychain.locked': {
    title: 'The keychain is locked',
    sentence: 'Unlock your system’s keychain and look again, or use the key for this session only.',
  },
  'keychain.timeout': {
    title: 'The keychain does not answer',
    sentence: 'Your system’s keychain did not answer in time. It may be waiting for its password in another window.',
  },
  'balance.empty': {
    title: 'The account is out of credit',
    sentence: 'The provider refused the request for lack of credit. Top up the account, then retry.',
  },
  'access.denied': {
    title: 'The key is not allowed to do this',
    sentence: 'The provider refused this key: its scope, its own spending limit or your region may be the reason.',
  },
  'model.not-found': {
    title: 'The model was not found',
    sentence: 'Nothing answers for this model at this API address. Check the address under Connection.',
  },
  'request.refused': { title: 'The request was refused', sentence: 'The provider could not accept this request.' },
  'request.too-large': {
    title: 'The conversation is too large',
    sentence: 'It is longer than the model or the provider accepts. Start a new chat or shorten the message.',
  },
  'rate.limited': { title: 'Too many requests', sentence: 'The provider asks to wait before the next request.' },
  'provider.failed': {
    title: 'The provider failed',
    sentence: 'The server of the provider, or the model behind it, had a fault. Retry in a while.',
  },
  'network.unreachable': {
    title: 'The provider cannot be reached',
    sentence: 'No connection could be made. Check the network, and the proxy under Connection.',
  },
  'network.tls': {
    title: 'The connection is not trusted',
    sentence:
      'The certificate of the server could not be verified. On a network that inspects traffic, add its certificate under Connection.',
  },
  'network.proxy': {
    title: 'The proxy refused',
    sentence: 'The proxy did not let the connection through. Check it under Connection.',
  },
  'network.reset': {
    title: 'The connection broke',
    sentence: 'The connection was cut before an answer came.',
  },
  'network.timeout': { title: 'No answer in time', sentence: 'The provider did not begin to answer in time.' },
  'network.redirect': {
    title: 'The server pointed elsewhere',
    sentence: 'The server tried to send the request to another address. Parley never follows with your key.',
  },
  'reply.not-a-stream': {
    title: 'The answer is not a reply',
    sentence:
      'Something other than the model answered, perhaps a sign-in page of the network. Open a web page to check.',
  },
  'reply.unreadable': {
    title: 'The reply could not be read',
    sentence: 'What arrived does not follow the agreed form.',
  },
  'reply.stalled': {
    title: 'The reply came to a halt',
    sentence: 'Nothing more arrived for too long, so it was ended.',
  },
  'reply.ended-early': {
    title: 'The reply ended early',
    sentence: 'The connection closed before the model was done. Continue asks it to go on from its last words.',
  },
  'reply.interrupted': {
    title: 'The reply was interrupted',
    sentence: 'Parley was closed, or the computer stopped or went to sleep, before the reply was complete.',
  },
  'reply.error': { title: 'The model stopped with an error', sentence: 'The provider reported a fault in mid-reply.' },
  'reply.too-long': { title: 'The reply took too long', sentence: 'It passed the time limit and was ended.' },
  'store.full': {
    title: 'The disk is full',
    sentence: 'There is no room to save. Free some space; what you see stays here meanwhile.',
  },
  'store.read-only': {
    title: 'Conversations are open read-only',
    sentence: 'Nothing can be written at the moment, so this was not done.',
  },
  'store.damaged': {
    title: 'The conversation file is damaged',
    sentence: 'Parley cannot read all of its file. Restart Parley to see what can be done.',
  },
  'store.future': {
    title: 'Made by a newer Parley',
    sentence: 'These conversations were last saved by a newer version. Nothing was changed or deleted.',
  },
  'store.busy': { title: 'The disk is busy', sentence: 'Saving did not finish in time. Try once more.' },
  'conversation.not-found': { title: 'The chat is gone', sentence: 'It may have been deleted in the meantime.' },
  'message.not-found': { title: 'The message is gone', sentence: 'It may have been deleted in the meantime.' },
  'turn.running': {
    title: 'A reply is still being written',
    sentence: 'Wait for it or stop it, then send the next message.',
  },
  'turn.not-running': { title: 'The reply has already ended', sentence: 'There was nothing left to stop.' },
  'turn.not-possible': { title: 'That cannot be done here', sentence: 'This reply is not in a state that allows it.' },
  'link.refused': {
    title: 'The link was not opened',
    sentence: 'Parley opens only plain web and e-mail addresses. This one is of another kind or carries hidden parts.',
  },
  'confirm.declined': { title: 'Nothing was changed', sentence: 'The change was not confirmed.' },
  'backup.not-found': { title: 'The backup is gone', sentence: 'Its file is not in the backup folder any more.' },
  'budget.exceeded': {
    title: 'This does not fit into the budget',
    sentence:
      'At its most this reply could cost more than is left, so it was not sent. Shorten it, lower the longest reply, raise the budget, or let this one through.',
  },
  'budget.unpriced': {
    title: 'The price is not known',
    sentence:
      'A budget is set, and without a price nothing bounds what a reply can cost, so it was not sent. Look the price up, or enter it by hand.',
  },
  'budget.unmeasured': {
    title: 'What this PDF costs is not known',
    sentence:
      'A budget is set, and nobody knows yet how much of it a PDF sent as it is can take, so it was not sent. Send its text or its pages as images, or let this one through: then it is measured.',
  },
  'document.refused': { title: 'The file was not taken', sentence: 'This file cannot be used.' },
  'document.not-found': { title: 'The file is gone', sentence: 'It may have been removed in the meantime.' },
  'document.not-in-order': {
    title: 'The file did not arrive whole',
    sentence: 'A piece of it was missing or came twice. Add it again.',
  },
  'document.too-many-uploads': {
    title: 'Too many files at once',
    sentence: 'Wait until some of the files have arrived, then add the others.',
  },
  'context.exceeded': {
    title: 'This does not fit into the model',
    sentence:
      'The conversation with its files is longer than the model can read, so it was not sent. Send fewer pages, switch files off, or leave out earlier messages.',
  },
  'recovery.failed': {
    title: 'That did not work',
    sentence: 'The conversations could not be recovered this way. The damaged file is untouched; try another way.',
  },
}

/** What happened to the text, said after the sentence; nothing where no text was at stake. */
export const textFates: Record<TextFate, string> = {
  kept: 'Your text is kept.',
  'partly-kept': 'What had arrived is kept.',
  'not-kept': 'The text was not saved.',
  none: '',
}

/** What happened to the money, said last; nothing where no money was at stake. */
export const moneyFates: Record<MoneyFate, string> = {
  'not-charged': 'Nothing was charged.',
  charged: 'What arrived was charged.',
  unknown: 'Whether it was charged is not known yet; Parley looks it up in the provider’s log.',
  none: '',
}

/** What a failure adds when it knows more. */
export const failureExtras = {
  /** Names of fields as the person knows them. */
  fields: {
    key: 'API key',
    origin: 'API address',
    apiOrigin: 'API address',
    proxyUrl: 'Proxy address',
    proxy: 'Proxy address',
    pem: 'Certificate',
    certificate: 'Certificate',
    title: 'Title',
    text: 'Message',
    query: 'Search',
    url: 'Web address',
  } as Readonly<Record<string, string>>,
  /** What is wrong with a field, and what it may be: `range` and `reason` come from main, in English. */
  field: (field: string, range: string | undefined, value: string | undefined) =>
    value === undefined
      ? range === undefined
        ? `Look at ${field}.`
        : `Allowed for ${field}: ${range}.`
      : `${field} is ${value}.${range === undefined ? '' : ` Allowed: ${range}.`}`,
  fieldReason: (field: string, reason: string) => `${field}: ${reason}.`,
  waitSeconds: (seconds: number) =>
    `The provider asks to wait ${seconds === 1 ? '1 second' : `${seconds.toLocaleString('en')} seconds`}.`,
  details: 'Details',
  status: (status: number) => `HTTP ${status}`,
}
