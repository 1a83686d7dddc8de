/** The three names on the wire between a page and main; everything else is data. */
export const channels = { call: 'parley:call', event: 'parley:event' } as const
