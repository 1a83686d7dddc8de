import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { About } from '../contract/routes/app.ts'

/** The components this build ships with their licences, as the build listed them. Empty when it runs from the sources. */
export function readComponents(buildFolder: string): About['components'] {
  const file = join(buildFolder, 'licences.json')
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as About['components']) : []
}
