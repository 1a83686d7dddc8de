import type { BudgetScope } from '../budget.ts'
import { countIn } from './count-in.ts'

const count = countIn('en')

/** What sending would take, said so that it never looks like a bill. */
export const estimate = {
  name: 'Estimate',
  tokens: (amount: string) => `≈ ${amount} tokens`,
  one: (amount: string) => `≈ ${amount}`,
  range: (low: string, high: string) => `≈ ${low}–${high.replace(/^\$/, '')}`,
  atMost: (amount: string) => `at most ${amount}`,
  unpriced: 'price not known',
  free: 'nothing billed',
  share: (percent: string) => `${percent} of context`,
  left: (amount: string) => `${amount} left`,
  details: 'Details of the estimate',
  title: 'Estimate, not a bill',
  sentence: 'What sending this would take. The provider’s bill decides.',
  prompt: 'Prompt',
  known: (known: string, rest: string) => `${known} known from the last bill, ≈ ${rest} estimated`,
  allEstimated: 'all of it estimated: nothing here was billed yet',
  allKnown: 'known from the last bill',
  error: 'Usual error',
  errorShare: (percent: string, seen: number) => `${percent} off, learnt from ${count(seen, 'bill', 'bills')}`,
  noError: 'No record yet. It learns from every bill.',
  short: 'A few words back',
  likely: 'A usual reply',
  most: 'The most it can cost',
  price: 'Price',
  priceOf: (input: string, output: string) => `${input} in, ${output} out, per million tokens`,
  priceUnknown: 'Not known. What a reply costs is then known only once it is billed; it is never zero.',
  context: 'Context',
  contextOf: (tokens: string, most: string, percent: string) => `≈ ${tokens} of ${most} tokens (${percent})`,
  contextUnknown: 'The size of the context window is not known.',
  showContext: 'Show the context',
  budget: 'Left of the budget',
  noBudget: 'No budget is set.',
  showBudgets: 'Budgets',
  lookUp: 'Look the price up',
  demo: 'A demo: the reply is an imitation, and nothing is billed.',
  announce: (text: string) => `Estimate: ${text}`,
  act: (text: string) => `Estimate: ${text}.`,
  tooLargeTitle: 'This is too long for the model',
  tooLarge: (tokens: string, most: string) =>
    `The prompt has ≈ ${tokens} tokens, and the model takes ${most}. Sent like this, it would be refused.`,
  noRoomTitle: 'This leaves too little room for the reply',
  noRoom: (tokens: string, limit: string) =>
    `The prompt has ≈ ${tokens} tokens. For the longest reply to fit as well it may have ${limit}; sent like this, it may be refused or end early.`,
  options: 'Chat options',
  leaveOut: 'Leave messages out…',
  shorten: 'Shorten the message',
  startNew: 'Start a new chat',
}

/** Which messages of a chat the next prompts have. */
export const context = {
  name: 'Context',
  close: 'Close context',
  intro:
    'Everything switched on is sent, and paid for, again with every further message. The newest one is always sent.',
  keys: 'Space switches one. With Shift: all from the last one you switched.',
  total: (tokens: string) => `≈ ${tokens} tokens`,
  totalOf: (tokens: string, most: string, percent: string) => `≈ ${tokens} of ${most} tokens (${percent})`,
  window: 'Context window in use',
  list: 'Messages of the next prompts',
  empty: 'There is nothing here yet: the context fills as you talk.',
  system: 'System prompt',
  tokens: (amount: string) => `≈ ${amount} tokens`,
  marginal: (amount: string) => `adds ≈ ${amount} to every further turn`,
  marginalOff: (amount: string) => `saves ≈ ${amount} on every further turn`,
  unpriced: 'price not known',
  soFar: (amount: string) => `≈ ${amount} so far`,
  neverSent: 'not sent yet',
  off: (amount: number) => `${count(amount, 'message', 'messages')} left out`,
  takeAllIn: 'Take all in again',
  loadFailed: 'The context could not be read.',
  failed: (title: string) => `That did not work: ${title}.`,
  badge: 'Left out of the context',
  leaveOut: 'Leave out of the context',
  takeIn: 'Take into the context again',
  fit: 'Make it fit',
  fitHint: 'Proposes the fewest messages to leave out so that the prompt and the longest reply fit.',
  by: { oldest: 'Oldest first', dearest: 'Dearest first' },
  fits: 'It fits as it is. Nothing has to go.',
  impossible: 'Even with everything left out it would not fit. Shorten the message or the longest reply.',
  unknownLimit: 'The size of the context window is not known, so nothing can be proposed.',
  proposal: (amount: number, before: string, after: string) =>
    `Leave out ${count(amount, 'message', 'messages')}: ≈ ${before} becomes ≈ ${after} tokens.`,
  proposed: 'proposed',
  confirm: 'Leave them out',
  cancel: 'Cancel',
}

const windows: Record<BudgetScope, string> = {
  message: 'for one message',
  conversation: 'for this chat',
  day: 'for today',
  month: 'for this month',
}

const past = (scope: BudgetScope, time: string) =>
  scope === 'message' ? 'for one message' : scope === 'conversation' ? 'for one chat' : `for ${time}`

/** Limits on what is spent. */
export const budgets = {
  title: 'Budgets',
  hint: 'Before anything is sent, the most it can cost is held against every budget. What does not fit is not sent.',
  scopes: {
    message: 'Each message',
    chat: 'Each chat',
    own: (title: string) => `This chat: ${title}`,
    day: 'Each day',
    month: 'Each month',
  },
  scopeHints: {
    message: 'One reply with its retries.',
    chat: 'For chats without a budget of their own.',
    own: 'Counts instead of the one for each chat.',
    day: 'From midnight to midnight, in the time zone below.',
    month: 'From the first to the last day.',
  },
  none: 'No limit',
  limit: (amount: string) => `at most ${amount}`,
  used: (used: string, limit: string) => `${used} of ${limit} used`,
  left: (amount: string) => `${amount} left`,
  meter: (scope: string) => `${scope}: used`,
  set: 'Set',
  change: 'Change',
  remove: 'Remove',
  setFor: (scope: string) => `Set a limit: ${scope}`,
  changeFor: (scope: string) => `Change the limit: ${scope}`,
  removeFor: (scope: string) => `Remove the limit: ${scope}`,
  field: (scope: string) => `Limit in dollars: ${scope}`,
  save: 'Save',
  cancel: 'Cancel',
  reads: (amount: string) => `Reads as ${amount}.`,
  zero: 'With a limit of nothing, nothing is sent.',
  refused: {
    'not-a-number': 'Write an amount in dollars, such as 5 or 0.50.',
    negative: 'A limit cannot be below zero.',
    'too-many-decimals': 'At most nine decimals.',
    'too-large': 'That is more than Parley counts.',
    ambiguous: 'This could be a thousand or one. Write 1000 or 1.00.',
  },
  days: 'Days and months',
  daysHint: 'Where a day begins and ends. Another zone starts with the next day, so no day is counted twice.',
  today: (day: string, zone: string) => `Today is ${day} in ${zone}.`,
  nextZone: (zone: string) => `From tomorrow on: ${zone}.`,
  zone: 'Time zone',
  zoneNone: 'No zone is called that.',
  clockBehind:
    'The clock of this computer is behind the newest day in the books. That day goes on until the clock has passed it.',
  notices: 'What happened',
  noNotices: 'Nothing yet: no budget has reached 50 %, and nothing was let through.',
  /** `time` is the day or the month that it counts for. */
  threshold: (percent: number, limit: string, scope: BudgetScope, time: string) =>
    `${percent} % of ${limit} ${past(scope, time)} reached`,
  override: (over: string, limit: string, scope: BudgetScope, time: string) =>
    `Let through once, up to ${over} over ${limit} ${past(scope, time)}`,
  overrun: (amount: string) => `The bill was ${amount} above what was held`,
  showAll: (amount: number) => `Show all ${amount.toLocaleString('en')}`,
  loadFailed: 'This could not be loaded.',

  /** When a turn does not fit. */
  refusalTitle: 'This does not fit into the budget',
  refusal: (needed: string) => `At its most this reply could cost ${needed}, so it was not sent.`,
  over: (scope: BudgetScope, left: string, limit: string, over: string) =>
    scope === 'message'
      ? `One message may cost ${limit}: that is up to ${over} too much.`
      : `Of the ${limit} ${windows[scope]}, ${left} is left: that is up to ${over} too much.`,
  kept: 'Your text is kept. Nothing was charged.',
  limitReply: (tokens: string) => `Limit replies to ${tokens} tokens and send`,
  limitedReply: (tokens: string) => `Replies in this chat now have at most ${tokens} tokens.`,
  limitUndo: 'Undo',
  raise: 'Raise the budget…',
  once: (amount: string) => `Send this once anyway, at most ${amount}`,
  onceUnpriced: 'Send this once anyway, price unknown',
  recorded: 'Letting it through is noted in the books.',
  lookUp: 'Look the price up and send',
  byHand: 'Enter the price…',
  shorten: 'Shorten it',
  leaveOut: 'Leave messages out…',

  /** Said once when it happens. */
  reached: (percent: number, used: string, limit: string, scope: BudgetScope) =>
    percent >= 100
      ? `The budget ${windows[scope]} is used up: ${used} of ${limit}.`
      : `${percent} % of the budget ${windows[scope]} is used: ${used} of ${limit}.`,
  open: 'Budgets',
  dismiss: 'Dismiss',
  banners: 'Budget used up',

  /** On the first screen. */
  monthly: 'Monthly budget in dollars (optional)',
  monthlyHint: 'Nothing is sent that could pass it. You can change it at any time under Settings, Budget.',
  monthlyUnkept: (text: string) => `No monthly budget was set: “${text}” is not an amount Parley can read.`,
  monthlySet: (amount: string) => `At most ${amount} each month.`,
}

/** What the model costs. */
export const prices = {
  title: 'Price',
  hint: 'Every reply is counted at the price of the moment it was sent. The provider’s bill decides.',
  input: 'Input',
  output: 'Output',
  cached: 'Cached input',
  asInput: 'as input',
  fromCatalogue: (when: string) => `Per million tokens. From the provider’s catalogue, seen ${when}.`,
  byHand: (when: string) => `Per million tokens. Entered by hand ${when}. It holds until you take it back.`,
  catalogueSays: (input: string, output: string) => `The catalogue says ${input} in, ${output} out.`,
  unpriced:
    'No price is known. What a reply costs is then known only once it is billed; and while a budget is set, nothing is sent.',
  refresh: 'Ask the catalogue',
  refreshing: 'Asking…',
  refreshed: 'The catalogue has answered.',
  refreshNote: 'A free call.',
  override: 'Enter by hand…',
  takeBack: 'Use the catalogue’s price again',
  field: (side: string) => `${side}, dollars per million tokens`,
  cachedHint: 'Empty: cached input costs what input costs.',
  save: 'Use this price',
  cancel: 'Cancel',
  needed: 'Both prices are needed.',
  history: 'Prices so far',
  when: 'Seen',
  source: 'From',
  sources: { catalogue: 'catalogue', override: 'by hand' },
  change: 'Change',
  inForce: 'in force',
  noHistory: 'None yet.',
  changed: {
    input: { rose: (amount: string) => `input rose ${amount}`, fell: (amount: string) => `input fell ${amount}` },
    output: { rose: (amount: string) => `output rose ${amount}`, fell: (amount: string) => `output fell ${amount}` },
    cached: {
      rose: (amount: string) => `cached input rose ${amount}`,
      fell: (amount: string) => `cached input fell ${amount}`,
    },
  },
  bannerName: 'Change of price',
  banner: (changes: string, input: string, output: string) =>
    `The price has changed: ${changes}. Now ${input} in and ${output} out, per million tokens.`,
  open: 'Prices',
}
