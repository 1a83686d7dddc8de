import { Ajv } from 'ajv'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'

const root = join(import.meta.dirname, '..', '..')
// The packer's own parts, reached through the package that this project depends on.
const requireOfBuilder = createRequire(createRequire(import.meta.url).resolve('electron-builder'))
const config = parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8')) as Config

type System = 'linux' | 'mac' | 'win'
interface Config extends Record<
  System,
  { icon?: string; files: string[]; target: { target: string; arch: string[] }[] }
> {
  icon: string
  files: string[]
  asar: unknown
  asarUnpack: string[]
  npmRebuild: boolean
  publish: null
  electronFuses: Record<string, boolean>
  appImage: { executableArgs: string[] }
}

type Filter = (file: string, stat: { isDirectory(): boolean }) => boolean
interface Matcher {
  createFilter(): Filter
}
type Expand = (text: string) => string
interface FileMatchers {
  FileMatcher: new (from: string, to: string, expand: Expand, patterns: string[]) => Matcher
  getMainFileMatchers: (
    from: string,
    to: string,
    expand: Expand,
    own: object,
    packager: object,
    out: string,
  ) => Matcher[]
  getNodeModuleFileMatcher: (from: string, to: string, expand: Expand, own: object, packager: object) => Matcher
}
const builder = requireOfBuilder('app-builder-lib/out/fileMatcher.js') as FileMatchers

const targets = [
  ['linux', 'x64', 'linux-x64.node', 'keyring-linux-x64-gnu'],
  ['linux', 'arm64', 'linux-arm64.node', 'keyring-linux-arm64-gnu'],
  ['mac', 'x64', 'darwin-x64.node', 'keyring-darwin-x64'],
  ['mac', 'arm64', 'darwin-arm64.node', 'keyring-darwin-arm64'],
  ['win', 'x64', 'win32-x64.node', 'keyring-win32-x64-msvc'],
  ['win', 'arm64', 'win32-arm64.node', 'keyring-win32-arm64-msvc'],
] as const

const builtFor = (system: System): string[] =>
  config[system].target.map(({ target, arch }) => `${target} ${arch.join(' ')}`)

/** Of electron-builder's macros only `${arch}` is used: `${platform}` would be this machine's system. */
const expandFor =
  (arch: string): Expand =>
  (text) =>
    text.replaceAll('${arch}', arch)

test('is a configuration that electron-builder accepts', () => {
  const schema = requireOfBuilder('app-builder-lib/scheme.json') as object
  // Its schema uses keywords of an editor, and unions of types.
  const ajv = new Ajv({ strict: false, allErrors: true })
  const isValid = ajv.validate(schema, config)
  expect(ajv.errors ?? []).toEqual([])
  expect(isValid).toBe(true)
})

test('every icon is there in its size, and the page shows the same drawing', () => {
  const read = (file: string) => readFileSync(join(root, ...file.split('/')))
  for (const size of [16, 24, 32, 48, 64, 128, 256, 512, 1024]) {
    const png = read(`build/icons/${size}x${size}.png`)
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([size, size])
  }
  expect(read(config.icon).equals(read('build/icons/1024x1024.png'))).toBe(true)
  expect(config.linux.icon).toBe('build/icons')
  expect(read('renderer/public/icon.svg').equals(read('build/icon.svg'))).toBe(true)
})

test('the fuses are those of the threat model', () => {
  expect(config.electronFuses).toMatchObject({
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    grantFileProtocolExtraPrivileges: false,
    onlyLoadAppFromAsar: true,
    enableEmbeddedAsarIntegrityValidation: true,
  })
})

test('nothing is rebuilt, published, or started without the sandbox', () => {
  expect(config).toMatchObject({ npmRebuild: false, publish: null, appImage: { executableArgs: [] } })
})

test('every system has its packages for both processors', () => {
  expect(builtFor('linux')).toEqual(['AppImage x64 arm64', 'deb x64 arm64', 'rpm x64 arm64'])
  expect(builtFor('mac')).toEqual(['dmg x64 arm64', 'zip x64 arm64'])
  expect(builtFor('win')).toEqual(['nsis x64 arm64'])
})

describe('what is packed', () => {
  const packager = {
    config,
    projectDir: root,
    buildResourcesDir: 'build',
    isPrepackedAppAsar: false,
    debugLogger: { isEnabled: false },
  }
  const isFile = { isDirectory: () => false }
  const only = (filter: Filter, files: string[]): string[] => files.filter((file) => filter(join(root, file), isFile))

  const sqlite = 'node_modules/better-sqlite3'
  const prebuilds = ['linux', 'linuxmusl', 'darwin', 'win32'].flatMap((system) => [
    `${sqlite}/prebuilds/${system}-x64.node`,
    `${sqlite}/prebuilds/${system}-arm64.node`,
  ])
  const keyringPackage = JSON.parse(readFileSync(join(root, 'node_modules/@napi-rs/keyring/package.json'), 'utf8')) as {
    optionalDependencies: Record<string, string>
  }
  const keyrings = Object.keys(keyringPackage.optionalDependencies).map((name) => `node_modules/${name}/x.node`)

  test.each(targets)('for %s %s: one SQLite, one keyring', (system, arch, prebuild, keyring) => {
    const matcher = builder.getNodeModuleFileMatcher(root, join(root, 'out'), expandFor(arch), config[system], packager)
    const filter = matcher.createFilter()
    expect(keyrings.length).toBeGreaterThan(6)
    expect(only(filter, prebuilds)).toEqual([`${sqlite}/prebuilds/${prebuild}`])
    expect(only(filter, keyrings)).toEqual([`node_modules/@napi-rs/${keyring}/x.node`])
    expect(
      only(filter, [
        `${sqlite}/lib/index.js`,
        `${sqlite}/lib/database.js`,
        `${sqlite}/package.json`,
        'node_modules/@napi-rs/keyring/index.js',
        'node_modules/@napi-rs/keyring/package.json',
      ]),
    ).toHaveLength(5)
    expect(
      only(filter, [
        `${sqlite}/deps/sqlite3/sqlite3.c`,
        `${sqlite}/src/better_sqlite3.cpp`,
        `${sqlite}/binding.gyp`,
        'node_modules/node-addon-api/napi.h',
      ]),
    ).toEqual([])
  })

  test.each(targets)('for %s %s: the desktop, without the browser shell, maps and sources', (system, arch) => {
    const own = config[system]
    const context = { ...packager, info: packager }
    const [main] = builder.getMainFileMatchers(
      root,
      join(root, 'out'),
      expandFor(arch),
      own,
      context,
      join(root, 'release'),
    )
    const filter = main?.createFilter() ?? (() => true)
    const wanted = [
      'dist/main/desktop.js',
      'dist/main/store-worker.js',
      'dist/main/keychain-helper.js',
      'dist/main/chunk-compose-1a2b.js',
      'dist/preload/preload.cjs',
      'dist/renderer/index.html',
      'dist/renderer/assets/main-1a2b.js',
      'dist/renderer/assets/pdf.worker-1a2b.js',
      'package.json',
      'LICENSE',
    ]
    expect(only(filter, wanted)).toEqual(wanted)
    expect(
      only(filter, [
        'dist/main/browser.js',
        'dist/main/desktop.js.map',
        'dist/renderer/.vite/manifest.json',
        'dist/.parley-built',
        'electron/main/compose.ts',
        'tests/unit/money.test.ts',
        'scripts/start.mjs',
        'ARCHITECTURE.md',
        'package-lock.json',
        'release/Parley.AppImage',
      ]),
    ).toEqual([])
  })

  test('only native binaries lie outside the archive', () => {
    expect(config.asar).toEqual({ smartUnpack: false })
    const filter = new builder.FileMatcher(root, root, expandFor('x64'), config.asarUnpack).createFilter()
    const natives = [`${sqlite}/prebuilds/linux-x64.node`, 'node_modules/@napi-rs/keyring-linux-x64-gnu/keyring.node']
    const others = ['dist/main/store-worker.js', 'dist/main/keychain-helper.js', `${sqlite}/lib/index.js`]
    expect(only(filter, [...natives, ...others])).toEqual(natives)
  })
})
