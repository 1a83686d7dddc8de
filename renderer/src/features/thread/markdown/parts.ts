import { headingLevels, type Block } from './blocks.ts'

/** How many blocks make a part. */
const partBlocks = 20

/** Blocks that are drawn together. The same object as before when nothing in it changed. */
export interface Part {
  blocks: readonly Block[]
  /** Of the headings among them. */
  levels: readonly number[]
}

/** Cuts a reply that may grow into parts, so that a frame costs what changed, however long the reply is. */
export interface Parts {
  of(blocks: readonly Block[]): readonly Part[]
}

/** Makes the parts of an empty reply. */
export function createParts(): Parts {
  let known: { part: Part; openAfter: readonly number[] }[] = []
  return {
    of(blocks) {
      const parts: typeof known = []
      for (let from = 0; from < blocks.length; from += partBlocks) {
        const same = known[parts.length]
        const before = known[parts.length - 1] === parts.at(-1)
        const count = Math.min(partBlocks, blocks.length - from)
        const isSame =
          before &&
          same?.part.blocks.length === count &&
          same.part.blocks.every((block, at) => block === blocks[from + at])
        if (isSame) {
          parts.push(same)
          continue
        }
        const own = blocks.slice(from, from + count)
        const open = [...(parts.at(-1)?.openAfter ?? [])]
        parts.push({ part: { blocks: own, levels: headingLevels(own, open) }, openAfter: open })
      }
      known = parts
      return parts.map(({ part }) => part)
    },
  }
}
