import { expect, test } from 'vitest'
import { actOf } from '../../../renderer/src/shortcuts.ts'

const key = (name: string, held: Partial<Parameters<typeof actOf>[0]> = {}) => ({
  key: name,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  isComposing: false,
  ...held,
})

test.each([
  ['n', 'newChat'],
  ['k', 'search'],
  [',', 'settings'],
  ['b', 'sidebar'],
  ['l', 'composer'],
])('mod+%s is %s', (name, act) => {
  expect(actOf(key(name, { ctrlKey: true }), false)).toBe(act)
  expect(actOf(key(name, { metaKey: true }), true)).toBe(act)
  expect(actOf(key(name, { metaKey: true }), false)).toBeNull()
  expect(actOf(key(name), false)).toBeNull()
})

test('the last reply is copied with mod+Shift+C only', () => {
  expect(actOf(key('C', { ctrlKey: true, shiftKey: true }), false)).toBe('copyLastReply')
  expect(actOf(key('c', { ctrlKey: true }), false)).toBeNull()
})

test('Escape stops, but not while an input method composes', () => {
  expect(actOf(key('Escape'), false)).toBe('stop')
  expect(actOf(key('Escape', { isComposing: true }), false)).toBeNull()
})
