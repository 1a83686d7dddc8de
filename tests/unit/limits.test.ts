import { expect, test } from 'vitest'
import { limits } from '../../electron/contract/limits.ts'

test.each(['a', 'й', '漢', '😀', '"', '\n', '\u0001'])('the longest message of %j fits into one call', (character) => {
  const text = character.repeat(limits.messageChars / character.length)
  expect(text).toHaveLength(limits.messageChars)
  const call = { name: 'turns.send', input: { turnId: crypto.randomUUID(), conversationId: crypto.randomUUID(), text } }
  expect(Buffer.byteLength(JSON.stringify(call))).toBeLessThan(limits.callBytes)
})
