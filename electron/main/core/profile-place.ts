import type { AppWarning } from '../../contract/routes/app.ts'

/** File system types of `statfs` on Linux that live on another machine or in a program: NFS, SMB, CIFS, SMB2, AFS, 9p, FUSE. */
const remoteTypes = new Set([0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x5346414f, 0x01021997, 0x65735546])

const synced =
  /[\\/](dropbox|onedrive[^\\/]*|google ?drive|my drive|icloud ?drive|mobile documents|nextcloud|owncloud|syncthing|sync|pcloud ?drive|box sync)([\\/]|$)/i

/** Below this the disk is called nearly full. Bytes. */
const lowBytes = 512 * 1024 * 1024

/**
 * What is worth a warning about where a profile lies: a network folder (locks and syncs are not to be relied on there), a
 * folder that another program copies while it is written, a disk that is nearly full.
 */
export function placeWarnings(place: {
  path: string
  fileSystemType: number
  freeBytes: number
  platform: string
}): AppWarning[] {
  const warnings: AppWarning[] = []
  const isRemote =
    place.platform === 'linux' ? remoteTypes.has(place.fileSystemType >>> 0) : /^\\\\[^?.]/.test(place.path)
  if (isRemote) warnings.push('profile-on-network')
  if (synced.test(place.path)) warnings.push('profile-in-synced-folder')
  if (place.freeBytes < lowBytes) warnings.push('disk-low')
  return warnings
}
