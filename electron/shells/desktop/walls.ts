import type { App, Session, WebContents } from 'electron'
import { mayNavigate, mayRequest, maySave, mayUse } from '../../main/core/desktop-policy.ts'

/** Closes a session: nothing but our scheme loads, nothing is permitted but writing to the clipboard, nothing is saved but texts of the page. */
export function wallSession(session: Session, isDevelopment: boolean): void {
  session.webRequest.onBeforeRequest((details, callback) => {
    callback({ cancel: !mayRequest(details.url, isDevelopment) })
  })
  session.setPermissionRequestHandler((_contents, permission, callback, details) => {
    callback(mayUse({ permission, url: details.requestingUrl, isMainFrame: details.isMainFrame }))
  })
  session.setPermissionCheckHandler((_contents, permission, _origin, details) =>
    mayUse({ permission, url: details.requestingUrl, isMainFrame: details.isMainFrame }),
  )
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, callback) => callback(null))
  session.setSpellCheckerEnabled(false)
  session.on('will-download', (event, item) => {
    // Without a path of ours, Electron asks the person where.
    if (!maySave(item.getURL(), item.getFilename())) event.preventDefault()
  })
}

/** Closes every web contents there will ever be: no new windows, no going elsewhere, no webviews, no refusing to close. */
export function wallContents(app: App): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
    contents.on('will-navigate', stayOnPage)
    contents.on('will-frame-navigate', stayOnPage)
    // We never answer with a redirect, so there is none to follow.
    contents.on('will-redirect', (event) => event.preventDefault())
    contents.on('will-attach-webview', (event) => event.preventDefault())
    // Prevented, the page's `beforeunload` is ignored: a page cannot keep Parley from quitting.
    contents.on('will-prevent-unload', (event) => event.preventDefault())
    closeWebRtc(contents)
  })
}

function stayOnPage(event: { url: string; isMainFrame: boolean; preventDefault(): void }): void {
  if (!mayNavigate(event.url, event.isMainFrame)) event.preventDefault()
}

/** WebRTC does not pass the request wall: without a proxy it then has no UDP to speak over. */
function closeWebRtc(contents: WebContents): void {
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
}
