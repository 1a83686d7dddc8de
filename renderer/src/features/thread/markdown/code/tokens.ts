import hljs from 'highlight.js/lib/core'
import type { Emitter } from 'highlight.js'

/** A piece of one line and what it is; `null`: plain. */
export interface Run {
  text: string
  kind: string | null
}

/** What the scopes of the grammars look like here: one class of colour for many of them. */
const kinds: Record<string, string> = {
  keyword: 'keyword',
  built_in: 'type',
  type: 'type',
  literal: 'number',
  number: 'number',
  regexp: 'string',
  string: 'string',
  symbol: 'number',
  class: 'title',
  title: 'title',
  comment: 'comment',
  doctag: 'keyword',
  meta: 'meta',
  section: 'title',
  tag: 'plain',
  name: 'keyword',
  attr: 'attr',
  attribute: 'attr',
  property: 'attr',
  variable: 'attr',
  bullet: 'number',
  code: 'string',
  emphasis: 'emphasis',
  strong: 'strong',
  formula: 'string',
  link: 'string',
  quote: 'comment',
  'selector-tag': 'keyword',
  'selector-id': 'title',
  'selector-class': 'title',
  'selector-attr': 'attr',
  'selector-pseudo': 'attr',
  'template-tag': 'keyword',
  'template-variable': 'attr',
  addition: 'addition',
  deletion: 'deletion',
  subst: 'plain',
}

function kindOf(scope: string): string | null {
  const name = scope.split('.')[0] ?? ''
  return Object.hasOwn(kinds, name) ? (kinds[name] ?? null) : null
}

/** Takes what the grammars recognise as runs of text, so that no markup is ever made of it. */
export class RunEmitter implements Emitter {
  readonly runs: Run[] = []
  private readonly open: (string | null)[] = []

  addText(text: string): void {
    if (text === '') return
    const top = this.open.at(-1) ?? null
    this.push({ text, kind: top === 'plain' ? null : top })
  }

  /** The library calls this by two names. */
  startScope(scope: string): void {
    // A scope of no colour of its own keeps the one around it.
    this.open.push(kindOf(scope) ?? this.open.at(-1) ?? null)
  }

  endScope(): void {
    this.open.pop()
  }

  openNode(scope: string): void {
    this.startScope(scope)
  }

  closeNode(): void {
    this.endScope()
  }

  __addSublanguage(emitter: Emitter): void {
    if (emitter instanceof RunEmitter) for (const run of emitter.runs) this.push(run)
  }

  finalize(): void {
    this.open.length = 0
  }

  /** Asked for by the library after every text; never used. */
  toHTML(): string {
    return ''
  }

  private push(run: Run): void {
    const last = this.runs.at(-1)
    if (last?.kind === run.kind) this.runs[this.runs.length - 1] = { text: last.text + run.text, kind: run.kind }
    else this.runs.push(run)
  }
}

/** highlight.js of our own, with the emitter above. */
export const highlighter = hljs.newInstance()
highlighter.configure({ __emitter: RunEmitter })
