import type { DocumentRefusal, RefusedKind } from '../attachment.ts'

/** What a file that is not taken is, and what can be done with it. */
const refusedKinds: Record<RefusedKind, string> = {
  heic: 'is a HEIC photo, which the model cannot read. Export it as JPEG or PNG, then add that.',
  tiff: 'is a TIFF image, which the model cannot read. Save it as PNG or JPEG, then add that.',
  'old-office': 'is in an old Office format. Save it as DOCX, XLSX, PPTX or PDF, then add that.',
  rtf: 'is rich text (RTF). Save it as DOCX or plain text, then add that.',
  archive: 'is an archive. Unpack it, then add the files inside.',
  program: 'is a program, and holds no text to read.',
  audio: 'is a sound recording, which the model cannot hear. Add its text instead.',
  video: 'is a video, which the model cannot watch. Add images of it, or its text.',
  unknown: 'is of a kind that Parley does not know. Save it as PDF, text or an image, then add that.',
}

/** Sizes and counts come formatted. */
export type Refused =
  | Exclude<DocumentRefusal, { given: number }>
  | { reason: 'bytes' | 'pages' | 'pixels'; name: string; given: string; limit: string }

function refusal(refused: Refused): string {
  const name = `“${refused.name}”`
  switch (refused.reason) {
    case 'kind':
      return `${name} ${refusedKinds[refused.kind]}`
    case 'empty':
      return `${name} is empty, so there is nothing to send.`
    case 'not-a-file':
      return `${name} is not a plain file (perhaps a link or a folder). Choose the file itself.`
    case 'changed':
      return `${name} changed while it was being read. Add it again.`
    case 'unreadable-image':
      return `${name} says it is an image but cannot be read as one. Open it in another program and save it anew.`
    case 'damaged':
      return `${name} is damaged on the disk or missing. Add it again.`
    case 'bytes':
      return `${name} has ${refused.given}, and the limit is ${refused.limit}. Add a smaller one, or raise the limit under Documents.`
    case 'pages':
      return `${name} has ${refused.given} pages, and the limit is ${refused.limit}. Add a part of it, or raise the limit under Documents.`
    case 'pixels':
      return `${name} has ${refused.given} pixels, and the limit is ${refused.limit}. Add a smaller one, or raise the limit under Documents.`
    case 'count':
      return `${name} would be more than ${refused.limit} files in one message. Send some of them first, or raise the limit under Documents.`
    case 'not-ready':
      return refused.isUnreadable
        ? `${name} has nothing that can be sent this way. Choose another way to send it, or take it out.`
        : `${name} is still being prepared. Wait a moment, or take it out.`
    case 'mode':
      return `${name} cannot be sent this way. Choose another way.`
  }
}

/** Files: why one is not taken or cannot be sent. */
export const documents = {
  refusal,
  tooLarge: (given: string, limit: string) =>
    `It has ${given}, and the limit for one request is ${limit}. Send fewer or smaller files, or raise the limit under Documents.`,
  overflow: (prompt: string, context: string) => `It has about ${prompt} tokens, and the model takes ${context}.`,
}
