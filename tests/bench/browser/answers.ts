/** Every token has this many characters where the text is cut evenly. */
const tokenChars = 20

/** One section of an answer with everything that is drawn: 2,000 characters, so 100 tokens. */
function section(number: number): string {
  const text = `## Part ${number} of the answer

A paragraph of **bold** and *leaning* words, with \`code\` inside, a [link](https://example.com/${number}) and a
formula $a_${number % 10}^2 + b^2 = c^2$ between them. It goes on for a while, as paragraphs do, and says little.

- The first thing to see, with **some weight** on it
- The second one, which is \`shorter\`
- The third, where $x_{${number}}$ is the value of it
  - and one below it

\`\`\`typescript
export function part${number}(values: readonly number[]): number {
  // The sum of what is above zero.
  let sum = 0
  for (const value of values) {
    if (value <= 0) continue
    sum += value * ${number}
  }
  return Math.round(sum) + "text".length
}

const answer = part${number}([1, 2, 3])
console.log(\`the answer is \${answer}\`)
\`\`\`

| name | value | unit |
|---|---|---|
| first | ${number} | metre |
| second | ${number + 1} | second |

$$\\int_0^{${number}} \\frac{x^2}{\\sqrt{1 + x}} \\, dx = \\sum_{k=1}^{n} k_{${number}}$$

1. Numbered lists come too, and *they* have words
2. which are of no importance

> A quotation of one line, said by nobody.

`
  const rest = sectionChars - text.length
  const words = 'Then come plain words of which most answers are made, one after the other. '
  return `${text}${words.repeat(20).slice(0, rest - 2)}\n\n`
}

const sectionChars = 2_000

/** Sections `from` to before `to`, cut into tokens. */
export function richTokens(from: number, to: number): string[] {
  const text = Array.from({ length: to - from }, (_, at) => section(from + at)).join('')
  return Array.from({ length: Math.ceil(text.length / tokenChars) }, (_, at) =>
    text.slice(at * tokenChars, (at + 1) * tokenChars),
  )
}

/** Tokens of about the same length in which each one shows its number, `§123`, wherever the drawing has come. */
export function numberedTokens(from: number, to: number): string[] {
  return Array.from({ length: to - from }, (_, at) => numbered(from + at))
}

function numbered(number: number): string {
  const at = number % 50
  if (at === 0) return `\n\n## Part §${number} here\n\n`
  if (at < 20) return at % 5 === 0 ? `**heavy §${number} text** ` : `plain words §${number} so `
  if (at < 28) return `\n- an item §${number} of it`
  if (at === 28) return `\n\n\`\`\`ts\nlet a = 0 // §${number}\n`
  if (at < 40) return `const c = f(x) // §${number}\n`
  if (at === 40) return `\`\`\`\n\nThen §${number} again `
  return `and \`more\` §${number} yet `
}
