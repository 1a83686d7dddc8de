import { Tabs } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'

/** One page of a set of tabs. */
export interface TabPage {
  id: string
  label: string
  icon: ReactNode
  content: ReactNode
}

/** Tabs down the side, their pages beside them. */
export function SideTabs({
  pages,
  page,
  onPageChange,
}: {
  pages: TabPage[]
  page: string
  onPageChange: (id: string) => void
}) {
  return (
    <Tabs.Root
      orientation="vertical"
      value={page}
      onValueChange={(value: string) => onPageChange(value)}
      className="flex min-h-0 flex-1"
    >
      <Tabs.List className="flex w-44 shrink-0 flex-col gap-0.5 border-r border-line bg-side p-2">
        {pages.map(({ id, label, icon }) => (
          <Tabs.Tab
            key={id}
            value={id}
            className="flex items-center gap-2.5 rounded-md px-2.5 py-1.5 text-left text-sm text-muted transition-colors duration-100 hover:text-ink data-[active]:bg-fill-strong/70 data-[active]:font-medium data-[active]:text-ink"
          >
            {icon}
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {pages.map(({ id, content }) => (
        <Tabs.Panel key={id} value={id} className="min-w-0 flex-1 overflow-y-auto px-6 py-5 -outline-offset-2">
          {content}
        </Tabs.Panel>
      ))}
    </Tabs.Root>
  )
}

/** Tabs along the top, their pages below, each with its own scrolling. */
export function TopTabs({
  label,
  pages,
  page,
  onPageChange,
}: {
  label: string
  pages: (Omit<TabPage, 'icon'> & { mark: ReactNode })[]
  page: string
  onPageChange: (id: string) => void
}) {
  return (
    <Tabs.Root
      value={page}
      onValueChange={(value: string) => onPageChange(value)}
      className="flex min-h-0 flex-1 flex-col"
    >
      <Tabs.List
        aria-label={label}
        className="flex shrink-0 justify-center overflow-x-auto border-b border-line px-3 max-[760px]:px-0"
      >
        <div className="flex w-full max-w-[74.5rem] flex-wrap gap-1">
          {pages.map(({ id, label: name, mark }) => (
            <Tabs.Tab
              key={id}
              value={id}
              className="flex items-center gap-2 border-b-2 border-transparent px-3 py-2.5 text-sm whitespace-nowrap text-muted -outline-offset-2 transition-colors duration-100 hover:text-ink data-[active]:border-accent data-[active]:font-medium data-[active]:text-ink"
            >
              {name}
              {mark}
            </Tabs.Tab>
          ))}
        </div>
      </Tabs.List>
      {pages.map(({ id, content }) => (
        <Tabs.Panel key={id} value={id} className="flex min-h-0 min-w-0 flex-1 flex-col -outline-offset-2">
          {content}
        </Tabs.Panel>
      ))}
    </Tabs.Root>
  )
}
