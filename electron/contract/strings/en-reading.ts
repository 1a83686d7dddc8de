import { countIn } from './count-in.ts'

const count = countIn('en')

/** What can be done with a message. */
export const reading = {
  newerLoading: 'Loading later messages…',
  actions: 'More actions',
  copyRich: 'Copy with formatting',
  copiedRich: 'Copied with formatting.',
  copyRefused: 'The clipboard refused it.',
  quote: 'Quote',
  edit: 'Edit',
  delete: 'Delete',
  deleted: (amount: number) =>
    amount <= 1 ? 'The message was deleted.' : `The message and what follows it were deleted (${amount}).`,
  edited: 'Edited',
  editField: 'Text of the message',
  save: 'Save only',
  saveHint: 'Saves the new words. Nothing is sent.',
  resend: 'Save and resend',
  resendHint: 'Makes a new version and asks for a reply to it. A new purchase.',
  resendHintFree: 'Makes a new version and asks for a reply to it.',
  resendNote: 'Resending is a new purchase. The version before and its replies stay.',
  resendNoteFree: 'The version before and its replies stay.',
  cancel: 'Cancel',
  hiddenBranch: (amount: number) =>
    `${count(amount, 'other version', 'other versions')}, with what followed ${amount === 1 ? 'it' : 'them'}, not shown.`,
  notHere: 'This message is not in the conversation any more.',
  failed: (title: string) => `That did not work: ${title}.`,
}

/** Find in this conversation. */
export const find = {
  name: 'Find in chat',
  field: 'Find in chat',
  none: 'Not found',
  place: (at: number, total: number) => `${at.toLocaleString('en')} of ${total.toLocaleString('en')}`,
  previous: 'Previous match',
  next: 'Next match',
  close: 'Close find',
  failed: 'Could not search here.',
}
