import {
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { expect, test, words, type Chat, type Parley } from '../helpers/page.ts'
import type { Provider } from '../provider/server.ts'
import { branchLength } from '../helpers/thread-view.ts'

const storeOf = (parley: Parley) => join(parley.profile, 'store.db')

/** Two chats with an answer each, long enough to fill pages of their own. */
async function fill(chat: Chat, provider: Provider): Promise<void> {
  provider.setDefault({ text: words(2_000), tokensPerChunk: 200 })
  await chat.ask('First question')
  await expect(chat.last()).toContainText('billed')
  await chat.newChat()
  await chat.ask('Second question')
  await expect(chat.last()).toContainText('billed')
}

async function backUp(chat: Chat): Promise<void> {
  const data = await chat.openSettings('Data')
  await data.getByRole('button', { name: 'Back up now' }).click()
  await expect(data.getByText('Backed up.')).toBeVisible()
  await chat.page.keyboard.press('Escape')
}

function overwrite(file: string, offset: number, bytes: Uint8Array): void {
  const handle = openSync(file, 'r+')
  writeSync(handle, bytes, 0, bytes.length, offset)
  closeSync(handle)
}

/** Whether a file with these bytes is anywhere in the profile. */
const isKept = (parley: Parley, bytes: Buffer) =>
  readdirSync(parley.profile, { recursive: true, withFileTypes: true }).some((entry) => {
    const path = join(entry.parentPath, entry.name)
    return entry.isFile() && statSync(path).size === bytes.length && readFileSync(path).equals(bytes)
  })

const offers = ['Restore a backup', 'Salvage to a new store', 'Open read-only']

async function expectRecovery(chat: Chat, sentence: string): Promise<void> {
  const main = chat.page.getByRole('main')
  await expect(main.getByRole('heading', { level: 1 })).toHaveText('Your conversations need attention')
  await expect(main).toContainText(sentence)
  await expect(main.getByRole('heading', { level: 2 })).toHaveText(offers)
  await expect(main).toContainText('the damaged file is moved aside and never removed')
  await expect(chat.message).toHaveCount(0)
}

test('pulling the plug in the middle keeps what was shown, and Continue goes on', async ({
  chat,
  provider,
  parley,
}) => {
  provider.setDefault({ text: words(60), holdAfter: 40 })
  await chat.ask('Count')
  await expect(chat.last()).toContainText('word25')
  const shown = await chat.last().locator('p').first().innerText()
  await parley.kill()
  await parley.start()
  await expect(chat.last()).toContainText(shown)
  await expect(chat.last()).toContainText('The reply was interrupted')
  await expect(chat.alerts).toHaveCount(1)
  await expect(chat.alerts).toContainText('Whether it was charged is not known yet')
  provider.setDefault({ text: 'and this is the rest' })
  await chat.last().getByRole('button', { name: 'Continue' }).click()
  await expect(chat.last()).toContainText('and this is the rest')
  await expect(chat.last()).toContainText('Continues the reply above.')
  await expect(chat.replies.first()).toContainText(shown)
})

interface Damage {
  name: string
  sentence: string
  /** Breaks a store that was closed in order. */
  harm: (file: string) => void
}

const damages: Damage[] = [
  {
    name: 'a header of garbage',
    sentence: 'has been overwritten with something else',
    harm: (file) => overwrite(file, 0, Buffer.alloc(100, 0x41)),
  },
  {
    name: 'a file without content',
    sentence: 'is empty, although it was not before',
    harm: (file) => truncateSync(file),
  },
  {
    name: 'a file cut in half',
    sentence: 'cannot be read',
    harm: (file) => truncateSync(file, Math.floor(statSync(file).size / 8_192) * 4_096),
  },
]

for (const { name, sentence, harm } of damages) {
  test(`${name}: three ways on; a backup brings everything back, the damaged file is kept`, async ({
    chat,
    provider,
    parley,
    page,
  }) => {
    await fill(chat, provider)
    await backUp(chat)
    await parley.stop()
    harm(storeOf(parley))
    const damaged = readFileSync(storeOf(parley))
    const requests = provider.requests.length
    await parley.start()
    await expectRecovery(chat, sentence)
    expect(readFileSync(storeOf(parley)).equals(damaged), 'looking changes nothing').toBe(true)
    const backup = page.getByRole('listitem').filter({ hasText: '2 chats, 4 messages' }).first()
    await expect(backup).toContainText('by hand')
    await backup.getByRole('button', { name: /^Restore the backup of/ }).click()
    await expect(page.getByRole('heading', { name: 'Restored' })).toBeVisible()
    await expect(page.getByText(/The damaged file is kept as \S+/)).toBeVisible()
    expect(isKept(parley, damaged)).toBe(true)
    await page.getByRole('button', { name: 'Open Parley' }).click()
    await chat.open('First question')
    await expect(chat.last()).toContainText('word1999')
    await expect(chat.last()).toContainText('billed')
    expect(provider.requests.length).toBe(requests)
    await chat.ask('And it goes on')
    await expect.poll(() => branchLength(chat.log)).toBe(2 * 2)

    await parley.stop()
    await parley.start()
    await expect(chat.item('Second question')).toBeVisible()
  })
}

test('a damaged store opens read-only: chats can be read, and what cannot be done is said', async ({
  chat,
  provider,
  parley,
  page,
}) => {
  await fill(chat, provider)
  await parley.stop()
  const file = storeOf(parley)
  // The end of the newest text, and the end of the file.
  const pages = leavesOf(file, 'message_part')
  overwrite(file, ((pages.at(-1) ?? 0) - 1) * 4_096, Buffer.alloc(4_096, 0xa5))
  truncateSync(file, statSync(file).size - 4_096)
  const damaged = readFileSync(file)
  await parley.start()
  await expectRecovery(chat, 'cannot be read')
  await page.getByRole('button', { name: 'Open read-only' }).click()
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('Open read-only, as you chose')
  await expect(chat.message).toBeDisabled()
  await expect(chat.send).toHaveAttribute('aria-disabled', 'true')
  await expect(chat.send).toHaveAccessibleDescription('Conversations are open read-only.')
  await expect(chat.nav.getByRole('button', { name: 'New chat' })).toBeDisabled()
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText(/\d+ messages? could not be read\./)
  await chat.open('First question')
  await expect(chat.last()).toContainText('word1999')
  await expect.poll(() => branchLength(chat.log)).toBe(2)
  await chat.open('Second question')
  await expect(chat.prompts).toHaveText(['Second question'])
  await expect(chat.last()).toContainText('What was said here could not be read.')
  await expect(chat.alerts).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Retry' })).toHaveCount(0)
  await page.keyboard.press('Control+k')
  await page.keyboard.type('word1999')
  await expect(chat.nav.getByRole('status')).toHaveText('1 result')
  await parley.stop()
  expect(readFileSync(file).equals(damaged), 'nothing was written').toBe(true)
  await parley.start()
  await expectRecovery(chat, 'cannot be read')
})

test('salvage reads what can be read and counts it and what was lost', async ({ chat, provider, parley, page }) => {
  await fill(chat, provider)
  await parley.stop()
  const file = storeOf(parley)
  overwrite(file, 0, Buffer.alloc(100, 0x41))
  const damaged = readFileSync(file)
  await parley.start()
  await expectRecovery(chat, 'has been overwritten')
  await page.getByRole('button', { name: 'Salvage to a new store' }).click()
  await expect(page.getByRole('heading', { name: 'Salvaged' })).toBeVisible()
  const row = (what: string) => page.getByRole('row', { name: what }).getByRole('cell')
  await expect(row('Chats')).toHaveText(['2', '0'])
  await expect(row('Messages')).toHaveText(['4', '0'])
  await expect(row('Entries of the cost ledger').first()).not.toHaveText('0')
  await expect(page.getByText(/The damaged file is kept as \S+/)).toBeVisible()
  expect(isKept(parley, damaged)).toBe(true)
  await page.getByRole('button', { name: 'Open Parley' }).click()
  await chat.open('First question')
  await expect(chat.last()).toContainText('word1999')
  await chat.ask('And it goes on')
  await expect.poll(() => branchLength(chat.log)).toBe(2 * 2)
  await expect(chat.last()).toContainText('billed')
})

test('pages of noise in the middle: what is left is salvaged, what is lost is counted', async ({
  chat,
  provider,
  parley,
  page,
}) => {
  await fill(chat, provider)
  // As a crash leaves it, so that the store is checked before it is trusted.
  await parley.stop()
  const file = storeOf(parley)
  const pages = leavesOf(file, 'message')
  for (const number of pages.slice(1)) overwrite(file, (number - 1) * 4_096, Buffer.alloc(4_096, 0xa5))
  truncateSync(file, statSync(file).size - 4_096)
  const damaged = readFileSync(file)
  await parley.start()
  await expectRecovery(chat, 'cannot be read')
  await page.getByRole('button', { name: 'Salvage to a new store' }).click()
  await expect(page.getByRole('heading', { name: 'Salvaged' })).toBeVisible()
  const cells = (what: string) => page.getByRole('row', { name: what }).getByRole('cell').allInnerTexts()
  const [read = 0, lost = 0] = (await cells('Messages')).map(Number)
  expect(read + lost).toBeGreaterThanOrEqual(4)
  expect(isKept(parley, damaged)).toBe(true)
  await page.getByRole('button', { name: 'Open Parley' }).click()
  await expect(chat.item('First question')).toBeVisible()
})

test('without a backup, the screen says so and still offers the other two', async ({ chat, parley, page }) => {
  await chat.message.fill('only a draft')
  await expect(chat.message).toHaveValue('only a draft')
  await parley.stop()
  for (const name of readdirSync(parley.profile, { recursive: true, encoding: 'utf8' })) {
    expect(name, 'a new profile has no backup yet').not.toMatch(/by-hand/)
  }
  truncateSync(storeOf(parley))
  await parley.start()
  await expectRecovery(chat, 'is empty, although it was not before')
  await expect(page.getByText('There is no backup to restore.')).toBeVisible()
  await page.getByRole('button', { name: 'Salvage to a new store' }).click()
  await expect(page.getByRole('heading', { name: 'Salvaged' })).toBeVisible()
  await page.getByRole('button', { name: 'Open Parley' }).click()
  await expect(chat.message).toBeVisible()
})

test('a store of a newer Parley is refused in words, and not touched', async ({ chat, provider, parley, page }) => {
  await fill(chat, provider)
  await parley.stop()
  const db = new BetterSqlite3(storeOf(parley))
  db.pragma('user_version = 999')
  db.pragma('journal_mode = DELETE')
  db.close()
  const copy = `${storeOf(parley)}.copy`
  copyFileSync(storeOf(parley), copy)
  await parley.start()
  await expect(page.getByRole('heading', { name: 'Made by a newer Parley' })).toBeVisible()
  await expect(page.getByText('format 999')).toBeVisible()
  await expect(page.getByText('Nothing was changed or deleted.')).toBeVisible()
  await expect(page.getByRole('button')).toHaveCount(0)
  await parley.stop()
  expect(existsSync(`${storeOf(parley)}-wal`)).toBe(false)
  expect(readFileSync(storeOf(parley)).equals(readFileSync(copy))).toBe(true)
})

/** The pages that hold the rows of a table. */
function leavesOf(file: string, table: string): number[] {
  const db = new BetterSqlite3(file, { readonly: true })
  const rows = db.prepare<[string], { pageno: number }>(
    "SELECT pageno FROM dbstat WHERE name = ? AND pagetype IN ('leaf', 'overflow') ORDER BY path",
  )
  const pages = rows.all(table).map(({ pageno }) => pageno)
  db.close()
  return pages
}
