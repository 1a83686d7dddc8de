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
    trust: (count: number) =>
      `${count === 1 ? 'One certificate authority' : `${count} certificate authorities`} will be trusted beside the system's. Whoever owns them can read everything Parley sends.`,
    forget: "Only the system's certificate authorities will be trusted from now on.",
  },
  link: {
    title: 'Open this address?',
    confirm: 'Open it',
    cancel: 'Cancel',
    web: (host: string, url: string) => `It leads to ${host}\n\n${url}`,
    mail: (address: string) => `It writes a message to ${address} in your mail program.`,
  },
  /** The visible line that *Continue* sends. */
  continueFrom: (lastWords: string) =>
    `Your reply was cut off. Please go on from exactly where it stopped, without repeating anything. Its last words were: “${lastWords}”`,
}
