import { createHash, randomBytes } from 'node:crypto'

/** Who may use the page: holders of a ticket that works once, exchanged for a cookie that lasts as long as this run. */
export interface Session {
  /** A new ticket. `lifetimeMs: null` means until it is used. */
  issueTicket(lifetimeMs: number | null): string
  /** Uses a ticket up. Returns the cookie's value, or `null` when the ticket is unknown, used or too old. */
  enter(ticket: string): string | null
  /** Whether this is the value of a cookie that `enter` gave out. */
  isOpen(cookie: string | undefined): boolean
}

/** How long a ticket in a redirect file may be used, in milliseconds. */
export const ticketLifetimeMs = 30_000

/** A session held in memory only: it ends with the process. `nowMs` must not go backwards. */
export function createSession({ nowMs }: { nowMs: () => number }): Session {
  // By their hashes, so that looking one up tells nothing about the others through its timing.
  const tickets = new Map<string, number>()
  const cookies = new Set<string>()

  return {
    issueTicket: (lifetimeMs) => {
      for (const [ticket, expiresAt] of tickets) if (expiresAt < nowMs()) tickets.delete(ticket)
      const ticket = randomBytes(32).toString('base64url')
      tickets.set(hashOf(ticket), lifetimeMs === null ? Infinity : nowMs() + lifetimeMs)
      return ticket
    },
    enter: (ticket) => {
      const hash = hashOf(ticket)
      const expiresAt = tickets.get(hash)
      tickets.delete(hash)
      if (expiresAt === undefined || expiresAt < nowMs()) return null
      const cookie = randomBytes(32).toString('base64url')
      cookies.add(hashOf(cookie))
      return cookie
    },
    isOpen: (cookie) => cookie !== undefined && cookies.has(hashOf(cookie)),
  }
}

const hashOf = (secret: string) => createHash('sha256').update(secret).digest('base64')
