export type Verdict =
  | { isSound: true; rowCount: number; chain: string }
  | { isSound: false; row: number; reason: string }
export function verifyLedger(text: string): Verdict
