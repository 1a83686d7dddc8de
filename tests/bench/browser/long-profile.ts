import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { profileWith } from '../../helpers/long-chat.ts'

const question = (n: number) => `Question ${n}: what is the ${n}th thing to know about this?`

const answer = (n: number) =>
  n % 3 === 0
    ? `Answer ${n} is short, and has a formula: $x_{${n}}$.`
    : `Answer ${n} has a **list** and a line of code.\n\n- one thing\n- another thing, which is \`${n}\`\n\n` +
      `\`\`\`ts\nexport const answer${n} = (value: number) => value + ${n}\n\`\`\`\n\nAnd some more words to end with, as answers do.`

/** A chat of 5,000 messages, one of 20 and, on top, one of 4. */
export const chatNames = { long: 'Long chat', short: 'Short chat', top: 'Top chat' }

/** Makes a profile with these three chats. */
export function makeLongProfile(): { profile: string; remove(): void } {
  const named = (name: string) => (n: number) => (n === 0 ? name : question(n))
  const profile = profileWith([
    { turns: 2_500, question: named(chatNames.long), answer },
    { turns: 10, question: named(chatNames.short), answer },
    { turns: 2, question: named(chatNames.top), answer },
  ])
  return { profile, remove: () => rmSync(join(profile, '..'), { recursive: true, force: true }) }
}
