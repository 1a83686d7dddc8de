/** Questions put outside the page, by the shell. */
export const questions = {
  connection: {
    title: 'Change how Parley connects?',
    confirm: 'Change it',
    cancel: 'Leave it as it is',
    detail: (origin: string, proxyMode: string, proxyUrl: string | null) =>
      `Requests, with your key and your messages, will go to ${origin}${
        proxyMode === 'manual' ? ` through the proxy ${proxyUrl ?? ''}` : proxyMode === 'none' ? ' without a proxy' : ''
      }.`,
    trust: (names: readonly string[], more: number) =>
      `Beside the system's certificate authorities, Parley will trust:\n\n${names.join('\n')}${
        more === 0 ? '' : `\nand ${more} more`
      }\n\nWhoever owns ${names.length + more === 1 ? 'it' : 'them'} can read everything Parley sends, your key included.`,
    forget: "Only the system's certificate authorities will be trusted from now on.",
  },
  erase: {
    title: 'Erase everything?',
    confirm: 'Erase everything',
    cancel: 'Keep everything',
    detail:
      'All conversations, what they cost, the backups, the settings and the key in the keychain will be gone for good. Running replies are cut. The provider keeps its own records, and a key in AIMLAPI_API_KEY stays where it is.',
  },
  link: {
    title: 'Open this address?',
    confirm: 'Open it',
    cancel: 'Cancel',
    web: (host: string, url: string) => `It leads to ${host}\n\n${url}`,
    mail: (address: string) => `It writes a message to ${address} in your mail program.`,
  },
  /** The page of a question, after it was answered. */
  answered: {
    thanks: 'Thank you. You can close this window.',
    over: 'There is nothing to answer here any more. You can close this window.',
  },
  /** The visible line that *Continue* sends. */
  continueFrom: (lastWords: string) =>
    `Your reply was cut off. Please go on from exactly where it stopped, without repeating anything. Its last words were: “${lastWords}”`,
}
