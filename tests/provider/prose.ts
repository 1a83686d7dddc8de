// Part of an imitation of the provider, for tests. Shares no code with the application.
import { piecesOf } from './tokens.ts'

/** What the generated text is made of; `emoji` has surrogate pairs and joined sequences, `mixed` a bit of each. */
export type Language = 'english' | 'russian' | 'chinese' | 'emoji' | 'mixed'

const words: Record<Exclude<Language, 'mixed'>, string> = {
  english: 'a quiet harbour keeps its lamps while seven tests of the imitation count every word and none is lost',
  russian: 'тихая гавань хранит свои огни пока семь проверок считают каждое слово и ни одно не теряется',
  chinese: '安静 的 港口 点 着 灯 七个 测试 数 着 每一个 字 没有 一个 丢失',
  emoji: '🚀 👩‍🚀 𝒳 🧪 e\u0301 🇫🇷 👍🏽 naïve 🏴‍☠️ 𠮷 test 🫠',
}

const opening = 'This is an imitation for tests.'

/** Deterministic text of exactly `tokens` of the imitation's tokens; the same arguments give the same text. */
export function proseOf(tokens: number, language: Language = 'english', seed = 1): string {
  const pool = language === 'mixed' ? Object.values(words).join(' ').split(' ') : words[language].split(' ')
  const joint = language === 'chinese' ? '' : ' '
  let text = language === 'english' ? opening : ''
  let state = seed >>> 0
  for (let count = 0; count < tokens; count++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    const word = pool[(state >>> 8) % pool.length] ?? ''
    const isEnd = count % 12 === 11
    const start = text === '' || text.endsWith('\n') ? '' : joint
    text += start + word + (isEnd ? (language === 'chinese' ? '。' : '.\n\n') : '')
  }
  return piecesOf(text).slice(0, tokens).join('')
}
