import type { Token, Tokens } from 'marked'
import { Fragment, type ReactNode } from 'react'
import { t } from '../../../text/strings.ts'
import { decodeEntities } from './entities.ts'
import type { FootnoteMark } from './footnotes.ts'
import { inlineText } from './inline-text.ts'
import { Link } from './link.tsx'
import { Formula } from './math/math.tsx'
import type { MathToken } from './math/syntax.ts'
import { NoteMark, SourceLink } from './notes.tsx'
import { withoutSourceMarks, type SourceMark } from './source-marks.ts'

function inlineNode(token: Token): ReactNode {
  switch (token.type) {
    case 'strong':
      return <strong>{inlineNodes(token.tokens)}</strong>
    case 'em':
      return <em>{inlineNodes(token.tokens)}</em>
    case 'del':
      return <del>{inlineNodes(token.tokens)}</del>
    case 'codespan':
      return <code>{withoutSourceMarks((token as Tokens.Codespan).text)}</code>
    case 'br':
      return <br />
    case 'link':
      return <Link href={withoutSourceMarks((token as Tokens.Link).href)}>{inlineNodes(token.tokens)}</Link>
    case 'image': {
      const image = token as Tokens.Image
      return <Link href={image.href}>{t.thread.image(inlineText(image.tokens))}</Link>
    }
    case 'escape':
      return (token as Tokens.Escape).text
    case 'text': {
      const text = token as Tokens.Text
      return text.tokens ? inlineNodes(text.tokens) : decodeEntities(text.text)
    }
    case 'math': {
      const { raw, tex, isDisplay } = token as MathToken
      return <Formula raw={raw} tex={tex} isDisplay={isDisplay} />
    }
    case 'footnoteMark':
      return <NoteMark number={(token as FootnoteMark).number} />
    case 'sourceMark':
      return <SourceLink number={(token as SourceMark).number} />
    case 'checkbox':
      return null
    default:
      // Raw HTML and anything unknown is shown as it was written.
      return withoutSourceMarks(token.raw)
  }
}

/** Inline tokens as React elements. */
export function inlineNodes(tokens: readonly Token[] | undefined): ReactNode {
  return tokens?.map((token, at) => <Fragment key={at}>{inlineNode(token)}</Fragment>)
}
