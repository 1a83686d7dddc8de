import type { HLJSApi, LanguageFn } from 'highlight.js'

type Load = () => Promise<{ default: LanguageFn }>

/** The languages that are coloured, each in a file of its own. */
const languages: Record<string, Load> = {
  bash: () => import('highlight.js/lib/languages/bash'),
  c: () => import('highlight.js/lib/languages/c'),
  cpp: () => import('highlight.js/lib/languages/cpp'),
  csharp: () => import('highlight.js/lib/languages/csharp'),
  css: () => import('highlight.js/lib/languages/css'),
  diff: () => import('highlight.js/lib/languages/diff'),
  dockerfile: () => import('highlight.js/lib/languages/dockerfile'),
  go: () => import('highlight.js/lib/languages/go'),
  haskell: () => import('highlight.js/lib/languages/haskell'),
  ini: () => import('highlight.js/lib/languages/ini'),
  java: () => import('highlight.js/lib/languages/java'),
  javascript: () => import('highlight.js/lib/languages/javascript'),
  json: () => import('highlight.js/lib/languages/json'),
  kotlin: () => import('highlight.js/lib/languages/kotlin'),
  latex: () => import('highlight.js/lib/languages/latex'),
  lua: () => import('highlight.js/lib/languages/lua'),
  makefile: () => import('highlight.js/lib/languages/makefile'),
  markdown: () => import('highlight.js/lib/languages/markdown'),
  php: () => import('highlight.js/lib/languages/php'),
  powershell: () => import('highlight.js/lib/languages/powershell'),
  python: () => import('highlight.js/lib/languages/python'),
  r: () => import('highlight.js/lib/languages/r'),
  ruby: () => import('highlight.js/lib/languages/ruby'),
  rust: () => import('highlight.js/lib/languages/rust'),
  scss: () => import('highlight.js/lib/languages/scss'),
  sql: () => import('highlight.js/lib/languages/sql'),
  swift: () => import('highlight.js/lib/languages/swift'),
  typescript: () => import('highlight.js/lib/languages/typescript'),
  xml: () => import('highlight.js/lib/languages/xml'),
  yaml: () => import('highlight.js/lib/languages/yaml'),
}

/** What models write after the fence. */
const aliases: Record<string, string> = {
  'c#': 'csharp',
  'c++': 'cpp',
  cc: 'cpp',
  cjs: 'javascript',
  console: 'bash',
  cs: 'csharp',
  docker: 'dockerfile',
  golang: 'go',
  h: 'c',
  hpp: 'cpp',
  hs: 'haskell',
  html: 'xml',
  js: 'javascript',
  json5: 'json',
  jsonc: 'json',
  jsx: 'javascript',
  kt: 'kotlin',
  less: 'scss',
  make: 'makefile',
  md: 'markdown',
  mjs: 'javascript',
  patch: 'diff',
  ps1: 'powershell',
  py: 'python',
  python3: 'python',
  rb: 'ruby',
  rs: 'rust',
  sass: 'scss',
  sh: 'bash',
  shell: 'bash',
  svg: 'xml',
  tex: 'latex',
  toml: 'ini',
  ts: 'typescript',
  tsx: 'typescript',
  vue: 'xml',
  yml: 'yaml',
  zsh: 'bash',
}

/** Languages that others contain. */
const inside: Record<string, string[]> = { xml: ['javascript', 'css'], markdown: ['xml'], php: ['xml'] }

/** The name of the language written after a fence; `null` when it is not coloured. */
export function languageOf(written: string): string | null {
  const name = written.toLowerCase()
  const known = Object.hasOwn(aliases, name) ? (aliases[name] ?? name) : name
  return Object.hasOwn(languages, known) ? known : null
}

const ready = new Set<string>()
const loading = new Map<string, Promise<void>>()
let shared: HLJSApi | null = null

async function load(name: string): Promise<void> {
  const source = languages[name]
  if (!source) return
  const [core, language] = await Promise.all([
    import('./tokens.ts'),
    source(),
    ...(inside[name] ?? []).map((each) => loadLanguage(each)),
  ])
  shared = core.highlighter
  shared.registerLanguage(name, language.default)
  ready.add(name)
}

/** Makes a language ready. A second call while it loads waits for the first; after a failure the next tries again. */
export function loadLanguage(name: string): Promise<void> {
  let pending = loading.get(name)
  if (!pending) {
    pending = load(name).finally(() => loading.delete(name))
    loading.set(name, pending)
  }
  return pending
}

/** The highlighter, once this language is ready. */
export const highlighterFor = (name: string): HLJSApi | null => (ready.has(name) ? shared : null)
