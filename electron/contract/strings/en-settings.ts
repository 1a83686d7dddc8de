import type { Backup } from '../routes/store.ts'

/** The settings dialog. */
export const settings = {
  name: 'Settings',
  close: 'Close',
  tabs: {
    key: 'Key',
    connection: 'Connection',
    budget: 'Budget',
    appearance: 'Appearance',
    data: 'Data',
    about: 'About',
  },
  loadFailed: 'This could not be loaded.',
}

/** The key, in settings and on the first screen. */
export const key = {
  state: {
    keychain: 'Kept in your system’s keychain.',
    session: 'Kept in memory for this session only; gone when Parley ends.',
    environment: 'Taken from the environment variable AIMLAPI_API_KEY, which wins over the keychain.',
    none: 'There is no key.',
    asking: 'Asking your system’s keychain for the key…',
  },
  endsIn: (lastFour: string) => `Key ending in ${lastFour}`,
  present: 'Key present',
  sentTo: (origin: string) => `Sent only to ${origin}.`,
  field: 'API key',
  replaceField: 'New API key',
  reveal: 'Show the key',
  conceal: 'Hide the key',
  test: 'Test',
  testing: 'Testing…',
  testNote: 'The test makes free calls only.',
  save: 'Save key',
  saving: 'Saving…',
  replace: 'Replace the key',
  add: 'Add a key',
  remove: 'Remove key',
  removeTitle: 'Remove the key?',
  removeText: 'Parley forgets it and cannot show it to you again. Your chats stay.',
  removeConfirm: 'Remove',
  cancel: 'Cancel',
  fromEnvironment: 'To change it, change the environment variable and start Parley again.',
  keep: 'Where to keep it',
  keepKeychain: 'In your system’s keychain',
  keepKeychainHint: 'Encrypted by your system, there next time.',
  keepSession: 'For this session only',
  keepSessionHint: 'In memory; you paste it again after a restart.',
  willKeep: 'It will be kept in your system’s keychain, and nowhere else.',
  keychain: {
    available: '',
    asking: 'Parley is asking your system’s keychain, which may be waiting for its password in another window.',
    unavailable:
      'Your system offers no keychain that Parley can use, and Parley never writes a key into a file. Use it for this session only, or start Parley with the environment variable AIMLAPI_API_KEY.',
    locked:
      'Your system’s keychain is locked. Unlock it and look again, use the key for this session only, or start Parley with the environment variable AIMLAPI_API_KEY.',
    unknown: 'Parley does not know yet whether your system’s keychain can be used. Saving the key will tell.',
  },
  lookAgain: 'Look again',
  keychainSaid: 'What the keychain said',
  result: {
    works: 'The key works.',
    model: 'Model',
    input: 'Input',
    output: 'Output',
    perMillion: (amount: string) => `${amount} per million tokens`,
    context: 'Context',
    tokens: (amount: string) => `${amount} tokens`,
    balance: 'Balance',
    unknown: 'not known',
  },
}

/** How Parley reaches the provider. */
export const connection = {
  address: 'API address',
  addressHint: 'Where requests and the key go. With or without /v1.',
  addressFromEnvironment: 'Set by the environment variable PARLEY_API_URL, which wins over this setting.',
  proxy: 'Proxy',
  proxyModes: { system: 'As the system says', none: 'No proxy', manual: 'This one' },
  proxyUrl: 'Proxy address',
  proxyUrlHint: 'Such as http://proxy.example:8080. Without a password.',
  certificates: 'Extra certificates',
  certificatesHint: 'For networks that inspect traffic: a PEM file, trusted beside the system’s own.',
  certificatesSome: 'Extra certificates are trusted.',
  certificatesNone: 'None.',
  addCertificates: 'Choose a file…',
  removeCertificates: 'Forget them',
  certificatesTooLarge: 'The file is too large: at most 256 KB.',
  confirmNote: 'Parley asks you to confirm these changes outside this page.',
  confirming: 'Confirm the change in the window outside this page…',
  apply: 'Apply',
  applied: 'Applied.',
}

/** How Parley looks and feels. */
export const appearance = {
  language: 'Language',
  /** Each language by its own name, so that it is found by whoever cannot read the others. */
  languages: { system: 'Automatic', en: 'English', de: 'Deutsch' },
  theme: 'Theme',
  themes: { system: 'System', light: 'Light', dark: 'Dark' },
  textSize: 'Text size',
  textSizes: { small: 'Small', normal: 'Normal', large: 'Large', 'x-large': 'Very large' },
  density: 'Density',
  densities: { comfortable: 'Comfortable', compact: 'Compact' },
  contrast: 'Contrast',
  contrasts: { system: 'System', more: 'High' },
  motion: 'Motion',
  motions: { system: 'System', reduced: 'Reduced' },
  sendKey: 'Send with',
  sendKeys: (modifier: string) => ({ enter: 'Enter', 'mod-enter': `${modifier}+Enter` }),
  sendKeyHint: { enter: 'Shift+Enter breaks the line.', 'mod-enter': 'Enter breaks the line.' },
}

/** Where the data is and what is done to keep it. */
export const data = {
  folder: 'Folder',
  folderHint: 'Everything Parley keeps is here, and only here.',
  copyFolder: 'Copy path',
  size: 'Size',
  /** Each a thousand times the one before. */
  units: ['bytes', 'KB', 'MB', 'GB', 'TB'],
  plain:
    'Chats are stored as plain text: whoever can read this folder can read them. Use your system’s disk encryption to protect them. The key is never in it.',
  backups: 'Backups',
  backupsHint: 'Made once a day and before anything risky.',
  noBackups: 'There is no backup yet.',
  backUp: 'Back up now',
  backingUp: 'Backing up…',
  backedUp: 'Backed up.',
  backupContents: (chats: number, messages: number) =>
    `${chats.toLocaleString('en')} ${chats === 1 ? 'chat' : 'chats'}, ${messages.toLocaleString('en')} ${messages === 1 ? 'message' : 'messages'}`,
  reasons: {
    daily: 'daily',
    'before-migration': 'before an update',
    'before-restore': 'before a restore',
    'by-hand': 'by hand',
  } satisfies Record<Backup['reason'], string>,
  setAside: 'Damaged databases moved aside',
  setAsideHint: 'They still hold what they held, also chats that were deleted for good since.',
  removeSetAside: (name: string) => `Delete ${name} for good`,
  erase: 'Erase everything',
  eraseHint:
    'Removes every chat, what it cost, backups, settings, logs, and the key from the keychain. Parley then begins anew.',
  eraseButton: 'Erase everything…',
  prices: 'Unknown prices',
  pricesHint:
    'Replies that were cut have no price yet. Parley looks them up in the provider’s log; the calls are free.',
  reconcile: 'Reconcile now',
  reconciling: 'Looking up…',
  reconciled: (settled: number, unknown: number) =>
    unknown === 0
      ? settled === 0
        ? 'Nothing was unknown.'
        : `${settled} settled; nothing is unknown any more.`
      : `${settled} settled, ${unknown} still unknown.`,
}

/** What Parley is and whom it talks to. */
export const about = {
  name: 'Parley',
  what: 'A desktop chat application for Gemma 4 31B over the AI/ML API.',
  version: (version: string) => `Version ${version}`,
  licence: (licence: string) => `Licence: ${licence}`,
  telemetry:
    'Parley sends no telemetry: no usage data, no crash reports, no identifiers. It talks to the hosts below and no other.',
  hosts: 'Every host ever contacted',
  noHosts: 'None so far.',
  host: 'Host',
  purpose: 'What for',
  /** By the names in the books. */
  purposes: {
    chat: 'Messages and replies',
    billing: 'Balance',
    logs: 'Prices of earlier requests',
    models: 'Catalogue of prices',
  } as Readonly<Record<string, string>>,
  lastAt: 'Last',
  count: 'Times',
  components: 'Made with',
}
