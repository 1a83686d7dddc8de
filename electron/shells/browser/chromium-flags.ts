export interface ChromiumFlagsOptions {
  /** The address of the redirect file. */
  app: string
  dataFolder: string
  isRoot: boolean
  /** `null`: as the person left it. */
  size: { width: number; height: number } | null
}

const switchedOff = [
  'AutofillServerCommunication',
  'CertificateTransparencyComponentUpdater',
  'DialMediaRouteProvider',
  'GlobalMediaControls',
  'InterestFeedContentSuggestions',
  'MediaRouter',
  'OptimizationHints',
  'SafeBrowsingHashPrefixRealTimeLookups',
  'Translate',
]

/**
 * Chromium as the frame of one page: no visit to its makers, no sync, no extensions, no other host. The resolver rule is
 * the wall behind the flags: nothing but 127.0.0.1 has an address.
 */
export function chromiumFlags({ app, dataFolder, isRoot, size }: ChromiumFlagsOptions): string[] {
  return [
    `--app=${app}`,
    `--user-data-dir=${dataFolder}`,
    ...(size ? [`--window-size=${size.width},${size.height}`] : []),
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    '--no-proxy-server',
    '--no-first-run',
    '--no-default-browser-check',
    '--no-service-autorun',
    '--no-pings',
    '--disable-background-networking',
    '--disable-breakpad',
    '--disable-client-side-phishing-detection',
    '--disable-component-extensions-with-background-pages',
    '--disable-component-update',
    '--disable-default-apps',
    '--disable-domain-reliability',
    '--disable-extensions',
    '--disable-field-trial-config',
    '--disable-quic',
    '--disable-search-engine-choice-screen',
    '--disable-sync',
    '--hide-crash-restore-bubble',
    '--metrics-recording-only',
    '--disk-cache-size=33554432',
    `--disable-features=${switchedOff.join(',')}`,
    // Its own passwords are never used: no question of the keyring for a store that stays empty.
    '--password-store=basic',
    '--use-mock-keychain',
    // --test-type only removes the bar that would warn about the first on every start; Parley says it aloud itself.
    ...(isRoot ? ['--no-sandbox', '--test-type'] : []),
  ]
}
