import { QueryClient } from '@tanstack/react-query'

/** What main has told this window. Loads without a network; outdated only when an event says so. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { networkMode: 'always', staleTime: Infinity, retry: false, refetchOnWindowFocus: false },
  },
})
