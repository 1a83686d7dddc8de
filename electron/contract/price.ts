import type { NanoUsd } from './money.ts'

/** What the catalogue said about the model at one moment. Prices are integers: nano-USD per 1,000,000 tokens. */
export interface Price {
  model: string
  inputNanoUsdPerMTok: NanoUsd
  outputNanoUsdPerMTok: NanoUsd
  /** `null`: the catalogue names no price of its own for cached input, so cached tokens cost what input costs. */
  cachedNanoUsdPerMTok: NanoUsd | null
  contextTokens: number | null
  maxOutputTokens: number | null
}

/** Token counts of one reply as the provider reported them; `null` where it said nothing. */
export interface Usage {
  promptTokens: number | null
  completionTokens: number | null
  reasoningTokens: number | null
  cachedTokens: number | null
}
