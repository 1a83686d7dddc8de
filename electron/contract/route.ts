import type { z } from 'zod'

/** A call as declared: what goes in is parsed once, in main; what comes out is a type. */
export interface Route<Input extends z.ZodType, Output> {
  input: Input
  /** Only a type: holds no value. */
  output: Output
}

/** Names the output type of a route; the value is never read. */
export const returns = <Output>(): Output => undefined as Output

/** Declares one call. Handlers and callers infer their types from it. */
export const route = <Input extends z.ZodType, Output>(declared: Route<Input, Output>): Route<Input, Output> => declared
