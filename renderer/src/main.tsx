import { CSPProvider } from '@base-ui/react/csp-provider'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { drafts } from './data/drafts.ts'
import { queryClient } from './data/query-client.ts'
import { CrashBoundary } from './features/recovery/crash-boundary.tsx'
import { followEvents } from './follow-events.ts'
import './styles.css'
import { t } from './text/strings.ts'
import { ToastRegion } from './ui/toasts.tsx'
import { HintProvider } from './ui/tooltip.tsx'

followEvents()

const root = document.getElementById('root')
if (root)
  createRoot(root).render(
    <StrictMode>
      <CSPProvider disableStyleElements>
        <QueryClientProvider client={queryClient}>
          <HintProvider delay={450}>
            <CrashBoundary unsaved={drafts.unsaved}>
              <App />
            </CrashBoundary>
            <ToastRegion closeLabel={t.sidebar.dismiss} />
          </HintProvider>
        </QueryClientProvider>
      </CSPProvider>
    </StrictMode>,
  )
