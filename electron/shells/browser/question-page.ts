import { createHash } from 'node:crypto'
import type { Language } from '../../contract/strings/languages.ts'
import type { Question } from '../../main/ports.ts'

const style = `
:root { color-scheme: light dark; font: 15px/1.6 system-ui, 'Segoe UI', 'Noto Sans', sans-serif }
body { margin: 0; min-height: 100vh; box-sizing: border-box; padding: 24px; display: grid; align-content: center;
  justify-content: center; grid-template-columns: minmax(0, 480px);
  color: light-dark(#201e1b, #ece9e4); background: light-dark(#f7f6f3, #171614) }
main { padding: 24px; border: 1px solid light-dark(#e7e4de, #34312e); border-radius: 18px;
  background: light-dark(#ffffff, #1d1c1a) }
h1 { font-size: 18px; margin: 0 0 8px }
p { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere }
form { display: flex; flex-wrap: wrap; gap: 8px; justify-content: flex-end; margin-top: 24px }
button { font: inherit; font-size: 13px; padding: 6px 14px; border-radius: 8px; cursor: pointer; color: inherit;
  background: light-dark(#ffffff, #272523); border: 1px solid light-dark(#8d877d, #7d776f) }
button:focus-visible { outline: 2px solid light-dark(#0c675d, #63c5b5); outline-offset: 2px }
button:hover { background: light-dark(#f2f0ec, #292725) }`

/** The hash that the page's policy allows as its one style. */
export const questionStyleHash = `sha256-${createHash('sha256').update(style).digest('base64')}`

/** The page that asks: no script, two buttons, everything escaped. Enter cancels. `proof` comes back with the answer. */
export function questionPage(question: Question, proof: string): string {
  return page(
    question.language,
    question.title,
    `<p>${escapeHtml(question.detail)}</p>
<form method="post"><input type="hidden" name="proof" value="${escapeHtml(proof)}">
<button name="answer" value="cancel" autofocus>${escapeHtml(question.cancelLabel)}</button>
<button name="answer" value="confirm">${escapeHtml(question.confirmLabel)}</button></form>`,
  )
}

/** What is shown after the answer, or when there is nothing to answer any more. */
export function questionEndPage(language: Language, text: string): string {
  return page(language, 'Parley', `<p>${escapeHtml(text)}</p>`)
}

function page(language: Language, title: string, body: string): string {
  const heading = escapeHtml(title)
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${heading}</title><style>${style}</style></head>
<body><main><h1>${heading}</h1>
${body}</main></body></html>`
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
