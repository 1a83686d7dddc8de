import type { IncomingHttpHeaders } from 'node:http'
import { name } from './wire.ts'

/** The response headers Parley looks at. */
export interface ResponseHeaders {
  /** One value by lower-case name; `null` where absent or longer than a header should be. */
  get: (header: string) => string | null
  /** Of the inference: what the provider's log calls `inference_id`. */
  inferenceId: string | null
  requestId: string | null
  contentType: string
}

/** Reads headers as they came; a header that came twice counts by its first value. */
export function readHeaders(headers: IncomingHttpHeaders): ResponseHeaders {
  const get = (header: string): string | null => {
    const value = Object.hasOwn(headers, header) ? headers[header] : undefined
    return name(Array.isArray(value) ? value[0] : value)
  }
  return {
    get,
    inferenceId: get('x-inference-id'),
    requestId: get('x-request-id'),
    contentType: get('content-type') ?? '',
  }
}
