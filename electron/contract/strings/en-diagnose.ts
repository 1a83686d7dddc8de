/** The questions of a diagnosis and what its report says. */
export const diagnoseWords = {
  locale: 'en',
  title: 'Parley: what the provider does today',
  questions: {
    'bill-with-usage': 'Is the bill in the stream when usage is asked for, and where?',
    'bill-without-usage': 'Is it there when usage is not asked for?',
    pdf: 'Does a PDF part work, and what does a page cost?',
    abort: 'Is a reply that is cut billed, and is it found in the log?',
    trailing: 'Does a last message of the assistant continue it?',
  },
  price: (input: string, output: string, context: string, most: string) =>
    `Price: $${input} in, $${output} out per 1,000,000 tokens; context ${context}, longest reply ${most}.`,
  unpriced: 'Price: the catalogue names none.',
  bill: (source: string, place: string, order: string) => `bill: ${source}; in data event ${place}; ${order}`,
  billMissing: 'bill: not in the reply',
  tokens: (prompt: string, completion: string) => `tokens: ${prompt} in, ${completion} out`,
  reasoning: (names: string) => `fields of reasoning: ${names}`,
  failed: (code: string, status: string) => `refused: ${code}${status}`,
  text: (words: string) => `said: ${words}`,
  place: (number: number, amount: number) => `${number} of ${amount}`,
  order: { none: 'no [DONE] seen', before: 'before [DONE]', after: 'after [DONE]' },
  inLog: (credits: number) => `in the log: ${credits} credits`,
  notInLog: 'not in the log yet',
  none: 'none',
  notAsked:
    'Not asked, as it would need harm or luck: the limit of the body, headers of a 429, a 403 before the balance is 0.',
}

export type DiagnoseWords = typeof diagnoseWords
