// Part of an imitation of the provider, for tests. Shares no code with the application.

const wide = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Extended_Pictographic}'
const piece = new RegExp(`\\s*(?:[${wide}]|[^\\s${wide}]{1,6})|\\s+`, 'gu')

const tokensPerImage = 258
const fileCharactersPerToken = 400

/**
 * The imitation's own tokens: whitespace belongs to what follows it; a CJK character or a pictograph is one token; of
 * everything else up to six code points without whitespace make one. Joined, the pieces are the text again.
 */
export function piecesOf(text: string): string[] {
  return text.match(piece) ?? []
}

/**
 * Tokens of a prompt: 2, and for each message 4 and its text; 258 for an image whatever its size; one for each 400
 * characters of a file's data.
 */
export function countPrompt(messages: readonly unknown[]): number {
  return messages.reduce<number>((sum, message) => sum + 4 + countContent(fieldOf(message, 'content')), 2)
}

function countContent(content: unknown): number {
  if (typeof content === 'string') return piecesOf(content).length
  if (!Array.isArray(content)) return 0
  return content.reduce<number>((sum, part) => sum + countPart(part), 0)
}

function countPart(part: unknown): number {
  const type = fieldOf(part, 'type')
  if (type === 'image_url') return tokensPerImage
  if (type === 'file') {
    const data = fieldOf(fieldOf(part, 'file'), 'file_data')
    return Math.ceil((typeof data === 'string' ? data.length : 0) / fileCharactersPerToken)
  }
  const text = fieldOf(part, 'text')
  return typeof text === 'string' ? piecesOf(text).length : 0
}

/** An own field of an object; undefined of anything else. */
export function fieldOf(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
  return (value as Record<string, unknown>)[key]
}
