import { CSPProvider } from '@base-ui/react/csp-provider'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import '@fontsource-variable/inter/wght.css'
import '@fontsource-variable/inter/wght-italic.css'
import '@fontsource-variable/jetbrains-mono/wght.css'
import '@fontsource-variable/jetbrains-mono/wght-italic.css'
import { App } from './app.tsx'
import { drafts } from './data/drafts.ts'
import { queryClient } from './data/query-client.ts'
import { CrashBoundary } from './features/recovery/crash-boundary.tsx'
import { followEvents } from './follow-events.ts'
import { speakAsTheSystem } from './language.ts'
import './styles.css'
import { HintProvider } from './ui/tooltip.tsx'

followEvents()
await speakAsTheSystem()

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
          </HintProvider>
        </QueryClientProvider>
      </CSPProvider>
    </StrictMode>,
  )
