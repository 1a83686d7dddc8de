import type { z } from 'zod'
import type { Result } from './errors.ts'
import { appRoutes } from './routes/app.ts'
import { budgetRoutes } from './routes/budgets.ts'
import { contextRoutes } from './routes/context.ts'
import { conversationRoutes } from './routes/conversations.ts'
import { documentRoutes } from './routes/documents.ts'
import { diagnoseRoutes } from './routes/diagnose.ts'
import { keyRoutes } from './routes/key.ts'
import { linkRoutes } from './routes/links.ts'
import { priceRoutes } from './routes/prices.ts'
import { residualRoutes } from './routes/residual.ts'
import { exportRoutes } from './routes/export.ts'
import { messageRoutes } from './routes/messages.ts'
import { parameterRoutes } from './routes/parameters.ts'
import { settingsRoutes } from './routes/settings.ts'
import { spendRoutes } from './routes/spend.ts'
import { storeRoutes } from './routes/store.ts'
import { trashRoutes } from './routes/trash.ts'
import { turnRoutes } from './routes/turns.ts'

/** The audited surface: every call a page can make. There is no other. */
export const routes = {
  ...appRoutes,
  ...settingsRoutes,
  ...keyRoutes,
  ...conversationRoutes,
  ...messageRoutes,
  ...parameterRoutes,
  ...trashRoutes,
  ...exportRoutes,
  ...turnRoutes,
  ...spendRoutes,
  ...budgetRoutes,
  ...priceRoutes,
  ...residualRoutes,
  ...contextRoutes,
  ...diagnoseRoutes,
  ...storeRoutes,
  ...linkRoutes,
  ...documentRoutes,
}

type Routes = typeof routes
export type RouteName = keyof Routes
/** What a caller gives: before parsing. Branded ids are accepted as they are. */
export type InputOf<Name extends RouteName> = z.output<Routes[Name]['input']>
export type OutputOf<Name extends RouteName> = Routes[Name]['output']

/** Exactly one handler per route: a missing or an extra one does not compile. */
export type HandlersFor<Names extends RouteName = RouteName> = {
  [Name in Names]: (input: InputOf<Name>) => OutputOf<Name> | Promise<OutputOf<Name>>
}

/** How a page calls main. Never rejects: a failure is data. */
export type Call = <Name extends RouteName>(name: Name, input: InputOf<Name>) => Promise<Result<OutputOf<Name>>>
