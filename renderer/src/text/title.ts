import { t } from './strings.ts'

/** What a conversation is called: one without a title yet has a name too. */
export const shownTitle = (title: string): string => (title.trim() === '' ? t.sidebar.untitled : title)
