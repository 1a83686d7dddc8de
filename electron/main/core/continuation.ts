/** How much of the end of a partial reply is quoted and compared. UTF-16 units. */
const tailChars = 400

/** The visible line that asks the model to go on, quoting its last words. */
export function continuationRequest(partial: string, sentence: (lastWords: string) => string): string {
  const words = partial.trimEnd().slice(-120)
  const blank = words.search(/\s/)
  return sentence(partial.trimEnd().length > 120 && blank >= 0 ? words.slice(blank + 1) : words)
}

/** Removes from the start of a continuation what repeats the end of the partial reply. */
export interface Joint {
  /** Takes the next received text and gives what may be shown of it now. */
  push(text: string): string
  /** Gives what was still held back, when nothing more will come. */
  end(): string
}

/**
 * The joint between a partial reply and its continuation. Models repeat their last words before they go on: the longest
 * such repetition (12 characters at least, so that an innocent word is never eaten) is dropped. Text is held back only
 * while it may still be part of one.
 */
export function createJoint(partial: string): Joint {
  const tail = partial.trimEnd().slice(-tailChars)
  const shortest = 12
  let held = ''
  let isOpen = tail.length >= shortest

  const couldStillRepeat = () => {
    for (let start = 0; start <= tail.length - shortest; start++) {
      if (tail.startsWith(held, start)) return true
    }
    return false
  }
  const close = () => {
    isOpen = false
    const text = held
    held = ''
    for (let length = Math.min(tail.length, text.length); length >= shortest; length--) {
      if (tail.endsWith(text.slice(0, length))) return text.slice(length)
    }
    return text
  }

  return {
    push(text) {
      if (!isOpen) return text
      held += text
      return couldStillRepeat() ? '' : close()
    },
    end: () => (isOpen ? close() : ''),
  }
}
