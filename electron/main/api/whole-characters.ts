/** Lets text through in whole characters. */
export interface WholeCharacters {
  push: (text: string) => string
  /** Gives back what was still held, as U+FFFD. */
  end: () => string
}

/**
 * Never lets a piece end inside a surrogate pair: the first half waits for its partner. A half that has none becomes
 * U+FFFD.
 */
export function createWholeCharacters(): WholeCharacters {
  let held = ''
  return {
    push(text) {
      if (text === '') return ''
      const all = held + text
      const last = all.charCodeAt(all.length - 1)
      held = last >= 0xd800 && last <= 0xdbff ? all.slice(-1) : ''
      return (held === '' ? all : all.slice(0, -1)).toWellFormed()
    },
    end() {
      const rest = held
      held = ''
      return rest.toWellFormed()
    },
  }
}
