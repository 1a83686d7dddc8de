import type { DiagnoseWords } from '../../contract/strings/en-diagnose.ts'
import { parseChatRequest, type ChatRequest } from '../api/request.ts'
import { model } from '../core/origin.ts'
import type { RequestSize } from '../core/upper-bound.ts'

/** One request of a diagnosis. */
export interface Step {
  id: keyof DiagnoseWords['questions']
  request: ChatRequest
  size: RequestSize
  /** The connection is cut at the first words. */
  isCut: boolean
}

/** A page with the word "Parley" on it: the smallest PDF that readers accept. */
const pdf = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj
4 0 obj<</Length 40>>stream
BT /F1 24 Tf 20 40 Td (Parley) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
`

/** What a page of a PDF is taken to cost at most: as many tokens as two images. */
const pdfTokens = 2_240

interface Wanted {
  messages: unknown[]
  isUsageAsked?: boolean
  maxTokens: number
  extraTokens?: number
  isCut?: boolean
}

function step(id: Step['id'], wanted: Wanted): Step {
  const { messages, isUsageAsked = true, maxTokens, extraTokens = 0, isCut = false } = wanted
  const request = parseChatRequest({
    model,
    messages,
    max_tokens: maxTokens,
    stream: true,
    ...(isUsageAsked ? { stream_options: { include_usage: true } } : {}),
  })
  const textBytes = extraTokens === 0 ? JSON.stringify(messages).length : extraTokens
  return {
    id,
    request,
    isCut,
    size: { textBytes, messageCount: messages.length, imageCount: 0, fileTokens: 0, maxTokens },
  }
}

const hello = { role: 'user', content: 'Say: ready.' }

/** The questions, in the order in which they are asked. */
export const diagnoseSteps: readonly Step[] = [
  step('bill-with-usage', { messages: [hello], maxTokens: 16 }),
  step('bill-without-usage', { messages: [hello], maxTokens: 16, isUsageAsked: false }),
  step('pdf', {
    messages: [
      {
        role: 'user',
        content: [
          {
            type: 'file',
            file: {
              filename: 'parley.pdf',
              file_data: `data:application/pdf;base64,${Buffer.from(pdf).toString('base64')}`,
            },
          },
          { type: 'text', text: 'Which word is on this page?' },
        ],
      },
    ],
    maxTokens: 32,
    extraTokens: pdfTokens,
  }),
  step('abort', { messages: [{ role: 'user', content: 'Count from 1 to 200.' }], maxTokens: 400, isCut: true }),
  step('trailing', {
    messages: [
      { role: 'user', content: 'Name three colours.' },
      { role: 'assistant', content: 'Red, green and' },
    ],
    maxTokens: 16,
  }),
]
