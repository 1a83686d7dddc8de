/** Bytes as text: one character for one byte. */
export function latin(bytes: Uint8Array): string {
  let text = ''
  for (let place = 0; place < bytes.length; place += 8_192)
    text += String.fromCharCode(...bytes.subarray(place, place + 8_192))
  return text
}
