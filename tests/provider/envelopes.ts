// Part of an imitation of the provider, for tests. Shares no code with the application.
import type { HttpFailure } from './behaviour.ts'

/** What a failure needs to know of the request it answers. */
export interface FailurePlace {
  path: string
  requestId: string
}

/** A body with its content type. */
export interface Envelope {
  contentType: string
  body: string
}

const documented: Record<number, [title: string, name: string]> = {
  400: ['Bad Request', 'BadRequestException'],
  401: ['Unauthorized', 'UnauthorizedException'],
  403: ['Forbidden', 'ForbiddenException'],
  404: ['Not Found', 'NotFoundException'],
  408: ['Request Timeout', 'RequestTimeoutException'],
  413: ['Payload Too Large', 'PayloadTooLargeException'],
  429: ['Too Many Requests', 'ThrottlerException'],
  500: ['Internal Server Error', 'InternalServerErrorException'],
  502: ['Bad Gateway', 'BadGatewayException'],
  503: ['Service Unavailable', 'ServiceUnavailableException'],
  504: ['Gateway Timeout', 'GatewayTimeoutException'],
  524: ['A Timeout Occurred', 'UpstreamTimeoutException'],
}

/** The page a hotel's network answers with instead of the provider. */
export const portalPage =
  '<!doctype html><html><head><title>Sign in to the network (an imitation for tests)</title></head>' +
  '<body><form action="/login"><input name="room"><script>globalThis.portalRan = true</script></form></body></html>\n'

/** The body of a failure: problem+json as documented unless another envelope is asked for. */
export function envelopeOf(failure: HttpFailure, place: FailurePlace): Envelope {
  const [title, name] = documented[failure.status] ?? ['Error', 'HttpException']
  const message = failure.message ?? `${title}. (An imitation for tests.)`
  const text = Array.isArray(message) ? message.join(', ') : message
  const timestamp = new Date().toISOString()
  switch (failure.envelope ?? 'problem') {
    case 'html':
      return { contentType: 'text/html', body: `<html><body><h1>${failure.status} ${title}</h1></body></html>` }
    case 'text':
      return { contentType: 'text/plain', body: text }
    case 'empty':
      return { contentType: 'text/plain', body: '' }
    case 'older': {
      const older = {
        message,
        path: place.path,
        requestId: place.requestId,
        statusCode: `${failure.status}`,
        timestamp,
      }
      return { contentType: 'application/json', body: JSON.stringify(older) }
    }
    case 'problem': {
      const body = {
        title,
        status: failure.status,
        message,
        instance: place.path,
        requestId: place.requestId,
        timestamp,
        error: {
          name: failure.name ?? name,
          message: text,
          ...(failure.kind === undefined ? {} : { data: { kind: failure.kind } }),
        },
      }
      return { contentType: 'application/problem+json', body: JSON.stringify(body) }
    }
  }
}
