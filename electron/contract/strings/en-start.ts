import type { AppWarning } from '../routes/app.ts'
import type { Damage, StoreState } from '../routes/store.ts'
import { countIn } from './count-in.ts'

const count = countIn('en')

/** The first screen. */
export const onboarding = {
  title: 'Welcome to Parley',
  intro: 'Talk with Gemma 4 31B. Your conversations stay on your disk, and every cent is accounted for.',
  getKey: 'Get a key from the AI/ML API',
  getKeyUrl: 'https://aimlapi.com/app/keys',
  start: 'Start',
  useUntested: 'Use without testing',
  connection: 'Proxy and connection',
  or: 'or',
  demo: 'Try without a key',
  demoHint: 'Demo chats with an imitation that runs on this computer. Nothing is sent and nothing is billed.',
}

/** The screen for a store that cannot be opened as usual. */
export const recovery = {
  title: 'Your conversations need attention',
  damage: {
    'zero-length': 'The file that holds your conversations is empty, although it was not before.',
    'not-a-database': 'The file that holds your conversations has been overwritten with something else.',
    'bad-pages': 'Parts of the file that holds your conversations cannot be read.',
    'missing-wal': 'The newest part of your conversations, kept in a second file, is missing.',
    'foreign-database': 'The file in the place of your conversations belongs to another application.',
    missing: 'The file that holds your conversations is gone, although it was there before.',
  } satisfies Record<Damage, string>,
  promise: 'Nothing has been changed. Whatever you choose, the damaged file is moved aside and never removed.',
  readOnly: 'Open read-only',
  readOnlyHint: 'Look at what can be read. Nothing is written.',
  restore: 'Restore a backup',
  restoreHint: 'Start from a copy that was made earlier.',
  restoreButton: 'Restore',
  restoredTitle: 'Restored',
  restoreOne: (when: string) => `Restore the backup of ${when}`,
  noBackups: 'There is no backup to restore.',
  salvage: 'Salvage to a new store',
  salvageHint: 'Read whatever can still be read into a new file, and count what was read and what was lost.',
  working: 'Working. This can take a while; nothing is deleted.',
  restored: (movedTo: string) => `The backup is in place. The damaged file is kept as ${movedTo}.`,
  salvaged: 'Salvaged',
  salvageRead: 'Read',
  salvageLost: 'Lost',
  salvageConversations: 'Chats',
  salvageMessages: 'Messages',
  salvageLedger: 'Entries of the cost ledger',
  movedTo: (name: string) => `The damaged file is kept as ${name}.`,
  goOn: 'Open Parley',
  futureTitle: 'Made by a newer Parley',
  future: (version: number, supported: number) =>
    `Your conversations were last saved by a newer version of Parley (format ${version}; this one knows ${supported}).`,
  futureDo: 'Nothing was changed or deleted. Start the newer version again, or update this one.',
}

/** Said at the top of the window. */
export const banners = {
  name: 'Notices',
  readOnly: {
    chosen: 'Open read-only, as you chose: nothing is written.',
    'not-writable': 'The folder of your conversations cannot be written to, so they are open read-only.',
    'disk-full': 'The disk is full, so conversations are open read-only. Free some space and restart Parley.',
    'future-version': 'These conversations were saved by a newer Parley and are open read-only.',
  } satisfies Record<Extract<StoreState, { kind: 'read-only' }>['reason'], string>,
  unread: (conversations: number, messages: number) =>
    conversations > 0
      ? `${count(conversations, 'chat', 'chats')} and ${count(messages, 'message', 'messages')} could not be read.`
      : `${count(messages, 'message', 'messages')} could not be read.`,
  warnings: {
    'profile-on-network':
      'Your conversations are in a network folder, where files can be damaged. A local folder is safer.',
    'profile-in-synced-folder':
      'Your conversations are in a synchronised folder, where files can be damaged. A folder that is not synchronised is safer.',
    'disk-low': 'The disk is almost full. Parley makes no backups until there is room.',
    'saving-failed': 'Something could not be saved. What you see is still here; make sure the disk has room.',
  } satisfies Record<AppWarning, string>,
  dismiss: 'Dismiss',
  reconnecting: 'Connecting again…',
}

/** When the page has nobody to talk to. */
export const stopped = {
  title: 'Parley has stopped',
  text: 'This window has lost its connection to Parley. Everything that was shown is saved. Close this window and start Parley again.',
  back: 'If Parley comes back, this window goes on by itself.',
  unsaved: 'This was not saved yet. Copy it before you close the window:',
  copy: 'Copy',
  copied: 'Copied',
  tryAgain: 'Try again',
  crashTitle: 'This window has a problem',
  crashText: 'Your conversations are safe and a running reply goes on. Reload the window.',
  reload: 'Reload',
}
