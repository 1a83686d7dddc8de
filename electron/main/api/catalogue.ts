import type { Price } from '../../contract/price.ts'

/** What the catalogue answered. `price: null`: it names no usable price, which is said and never read as zero. */
export type CatalogueAnswer =
  | { isUnchanged: true }
  | { isUnchanged: false; price: Price | null; etag: string | null; raw: string }
