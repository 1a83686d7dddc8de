/** Bounds that both sides of the contract rely on. Sizes in bytes of UTF-8 or as named. */
export const limits = {
  /** One IPC message, either way: a message of the greatest length, even if JSON writes every unit of it as `\\uXXXX`. */
  callBytes: 3 * 1024 * 1024,
  /** What a person can type or paste into one message, in UTF-16 units. */
  messageChars: 400_000,
  titleChars: 200,
  keyChars: 512,
  urlChars: 2_048,
  certificateBytes: 256 * 1024,
  /** Messages handed over at once. */
  pageMessages: 100,
  searchChars: 200,
  /** One piece of a file on its way in or out. */
  chunkBytes: 1_048_576,
  fileNameChars: 255,
  /** Text of one page of a document, in UTF-16 units. */
  pageChars: 250_000,
  /** Conversations named in one call. */
  conversationsAtOnce: 1_000,
} as const
