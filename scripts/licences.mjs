// A Vite plugin: lists every package whose code is in the build, with its licence, for the About page.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'

const marker = `${sep}node_modules${sep}`

/**
 * @param {{ root: string, file: string, alsoShipped: string[] }} options `alsoShipped`: packages that are loaded at run time
 *   instead of being bundled.
 * @returns {import('vite').Plugin}
 */
export function licences({ root, file, alsoShipped }) {
  const folders = new Set(alsoShipped.map((name) => join(root, 'node_modules', name)))
  return {
    name: 'parley-licences',
    apply: 'build',
    sharedDuringBuild: true,
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue
        for (const id of chunk.moduleIds) {
          const folder = packageFolder(id.replace(/^\0/, '').replace(/\?.*$/, ''))
          if (folder) folders.add(folder)
        }
      }
    },
    closeBundle() {
      const components = [...folders].filter((folder) => existsSync(join(folder, 'package.json'))).map(describe)
      const unlike = new Map(components.map((each) => [`${each.name} ${each.version}`, each]))
      const sorted = [...unlike.values()].toSorted((a, b) => a.name.localeCompare(b.name))
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, `${JSON.stringify(sorted, null, 2)}\n`)
    },
  }
}

function packageFolder(id) {
  const at = id.lastIndexOf(marker)
  if (at < 0) return null
  const [scope, name] = id.slice(at + marker.length).split(sep)
  return join(id.slice(0, at), 'node_modules', scope.startsWith('@') ? join(scope, name) : scope)
}

function describe(folder) {
  const { name, version, license, licenses } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const licence =
    typeof license === 'string' ? license : (license?.type ?? licenses?.map((each) => each.type).join(' OR '))
  if (!licence) throw new Error(`no licence is named in ${folder}`)
  return { name, version, licence }
}
