import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron'
import { channels } from '../../contract/channels.ts'
import type { Result } from '../../contract/errors.ts'
import type { Parley } from '../../main/compose.ts'
import { isTrustedSender } from '../../main/core/desktop-policy.ts'

const refused: Result<never> = { ok: false, failure: { code: 'caller.refused', text: 'none', money: 'none' } }

/**
 * Carries calls of our window's page to main, unread, and main's events to the page. `page` is the contents of the one
 * window, or `null` while there is none.
 */
export function connect(parley: Parley, page: () => WebContents | null): void {
  ipcMain.handle(channels.call, (event, name: unknown, input: unknown): Promise<Result<unknown>> | Result<unknown> => {
    return isFromPage(event, page()) ? parley.call(name, input) : refused
  })
  parley.onEvent((event) => {
    const contents = page()
    // A page that is gone or loading asks for everything when it comes back.
    if (contents !== null && !contents.isDestroyed() && !contents.isCrashed()) contents.send(channels.event, event)
  })
}

function isFromPage(event: IpcMainInvokeEvent, page: WebContents | null): boolean {
  const frame = event.senderFrame
  return isTrustedSender({
    isOurWindow: page !== null && event.sender === page,
    frame: frame === null ? null : { isMainFrame: frame.parent === null, origin: frame.origin, url: frame.url },
  })
}
