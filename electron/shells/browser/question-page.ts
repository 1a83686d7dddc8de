import { createHash } from 'node:crypto'
import type { Question } from '../../main/ports.ts'

const style = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif }
body { margin: 0; padding: 24px; display: flex; flex-direction: column; gap: 12px }
h1 { font-size: 18px; margin: 0 }
p { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere }
form { display: flex; gap: 8px; justify-content: flex-end; margin-top: 12px }
button { font: inherit; padding: 6px 16px }`

/** The hash that the page's policy allows as its one style. */
export const questionStyleHash = `sha256-${createHash('sha256').update(style).digest('base64')}`

/** The page that asks: no script, two buttons, everything escaped. Enter cancels. `proof` comes back with the answer. */
export function questionPage(question: Question, proof: string): string {
  return page(
    question.title,
    `<p>${escapeHtml(question.detail)}</p>
<form method="post"><input type="hidden" name="proof" value="${escapeHtml(proof)}">
<button name="answer" value="cancel" autofocus>${escapeHtml(question.cancelLabel)}</button>
<button name="answer" value="confirm">${escapeHtml(question.confirmLabel)}</button></form>`,
  )
}

/** What is shown after the answer, or when there is nothing to answer any more. */
export function questionEndPage(text: string): string {
  return page('Parley', `<p>${escapeHtml(text)}</p>`)
}

function page(title: string, body: string): string {
  const heading = escapeHtml(title)
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${heading}</title><style>${style}</style></head>
<body><h1>${heading}</h1>
${body}</body></html>`
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '')
}
