/** How a language says how many there are of something: `1 chat`, `1,200 chats`. */
export const countIn = (locale: string) => (amount: number, one: string, many: string) =>
  amount === 1 ? `1 ${one}` : `${amount.toLocaleString(locale)} ${many}`
