import { describe, expect, test } from 'vitest'
import { profileFolder, profileLayout, type ProfilePlace } from '../../electron/main/core/profile-paths.ts'

const place = (more: Partial<ProfilePlace>): ProfilePlace => ({
  platform: 'linux',
  home: '/home/ada',
  env: {},
  isDevelopment: false,
  ...more,
})

describe('the profile folder', () => {
  const windows = { platform: 'win32', home: 'C:\\Users\\Ada' }
  const mac = { platform: 'darwin', home: '/Users/ada' }

  test.each<[string, Partial<ProfilePlace>, string]>([
    ['Linux', {}, '/home/ada/.local/share/parley'],
    ['Linux with a data folder', { env: { XDG_DATA_HOME: '/data/ada/' } }, '/data/ada/parley'],
    ['Linux with an empty data folder', { env: { XDG_DATA_HOME: '' } }, '/home/ada/.local/share/parley'],
    ['Linux with a relative data folder', { env: { XDG_DATA_HOME: 'data' } }, '/home/ada/.local/share/parley'],
    ['Linux from the sources', { isDevelopment: true }, '/home/ada/.local/share/parley-dev'],
    ['the root folder as home', { home: '/' }, '/.local/share/parley'],
    ['another Unix', { platform: 'freebsd' }, '/home/ada/.local/share/parley'],
    ['macOS', mac, '/Users/ada/Library/Application Support/Parley'],
    [
      'macOS from the sources',
      { ...mac, isDevelopment: true },
      '/Users/ada/Library/Application Support/Parley (development)',
    ],
    ['macOS ignores XDG', { ...mac, env: { XDG_DATA_HOME: '/x' } }, '/Users/ada/Library/Application Support/Parley'],
    ['Windows', { ...windows, env: { LOCALAPPDATA: 'D:\\Local' } }, 'D:\\Local\\Parley'],
    ['Windows never roams', { ...windows, env: { APPDATA: 'D:\\Roaming' } }, 'C:\\Users\\Ada\\AppData\\Local\\Parley'],
    ['Windows, relative', { ...windows, env: { LOCALAPPDATA: 'Local' } }, 'C:\\Users\\Ada\\AppData\\Local\\Parley'],
    ['Windows on a share', { ...windows, env: { LOCALAPPDATA: '\\\\host\\ada\\' } }, '\\\\host\\ada\\Parley'],
  ])('%s', (_name, more, folder) => {
    expect(profileFolder(place(more))).toBe(folder)
  })

  test('a start from the sources never uses the installed one', () => {
    for (const platform of ['linux', 'darwin', 'win32']) {
      const [installed, development] = [false, true].map((isDevelopment) =>
        profileFolder(place({ platform, isDevelopment })),
      )
      expect(development).not.toBe(installed)
    }
  })
})

describe('the layout', () => {
  test('every name is inside the profile, once', () => {
    const paths = Object.values(profileLayout('/p/parley', 'linux'))
    expect(new Set(paths).size).toBe(paths.length)
    for (const path of paths) expect(path).toMatch(/^\/p\/parley\/[a-z.-]+$/)
  })

  test('uses the separator of the system', () => {
    expect(profileLayout('C:\\p\\', 'win32').store).toBe('C:\\p\\store.db')
    expect(profileLayout('/p/', 'darwin').lock).toBe('/p/lock.db')
  })
})
