import { describe, expect, it } from 'vitest'
import { decideLink } from '../../../electron/main/core/link-policy.ts'
import { placeWarnings } from '../../../electron/main/core/profile-place.ts'

describe('the gate for links', () => {
  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'vbscript:x',
    'calculator:',
    'ms-msdt:/id',
    'search-ms:query=x',
    'smb://host/x',
    '//host/x',
    '\\\\host\\x',
    'host/x',
    '',
    'https://',
    'blob:x',
    'https://good.example@evil.example/',
    'https://user:pw@host/',
    'mailto:a@b.example?attach=/etc/passwd',
    'about:blank',
    'parley-app://x',
  ])('refuses %j', (address) => expect(decideLink(address).kind).toBe('refuse'))

  it('shows the host of an imitated name in punycode', () => {
    expect(decideLink('https://аpple.com/x')).toMatchObject({ kind: 'ask', host: 'xn--pple-43d.com' })
    expect(decideLink('http://example.com:8080/\u202Ecod.exe')).toMatchObject({ kind: 'ask', host: 'example.com:8080' })
  })

  it('lets web and mail addresses be asked about', () => {
    expect(decideLink('https://example.com/a?b#c')).toMatchObject({ kind: 'ask', url: 'https://example.com/a?b#c' })
    expect(decideLink('mailto:a@b.example?subject=Hi')).toMatchObject({ kind: 'ask', host: 'a@b.example' })
  })
})

describe('where a profile lies', () => {
  const place = { path: '/home/a/.local/share/parley', fileSystemType: 0xef53, freeBytes: 1e12, platform: 'linux' }
  it.each([
    [{}, []],
    [{ fileSystemType: 0x6969 }, ['profile-on-network']],
    [{ fileSystemType: 0x9123683e | 0 }, []],
    [{ fileSystemType: 0xff534d42 | 0 }, ['profile-on-network']],
    [{ path: '/home/a/Dropbox/parley' }, ['profile-in-synced-folder']],
    [{ path: 'C:\\Users\\a\\OneDrive - Work\\Parley', platform: 'win32' }, ['profile-in-synced-folder']],
    [{ path: '\\\\server\\share\\Parley', platform: 'win32' }, ['profile-on-network']],
    [{ freeBytes: 1_000 }, ['disk-low']],
  ])('%j → %j', (change, warnings) => expect(placeWarnings({ ...place, ...change })).toEqual(warnings))
})
