import { describe, expect, it } from 'vitest'
import { attachmentName } from '../../../electron/main/core/attachment-name.ts'
import { savedName } from '../../../electron/main/core/file-name.ts'
import { lookAt, lookedBytes } from '../../../electron/main/core/kinds.ts'
import { pdf, png, zip } from '../../helpers/files.ts'

const look = (bytes: Uint8Array | string) => {
  const all = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes
  return lookAt(all.subarray(0, lookedBytes), all.subarray(Math.max(0, all.length - lookedBytes)))
}
const kindOf = (bytes: Uint8Array | string) => {
  const looked = look(bytes)
  return 'kind' in looked ? looked.kind : `refused ${looked.refused}`
}

describe('what a file is', () => {
  it.each<[string, Uint8Array | string, string]>([
    ['a PDF', pdf(), 'pdf'],
    ['a PDF after blank lines', `\n\n${pdf().toString('latin1')}`, 'pdf'],
    ['text about PDF', 'A file begins with %PDF-1.4 when it is one.', 'text'],
    ['a PNG', png(3, 2), 'png'],
    ['a PNG without its header', '\x89PNG\r\n\x1a\n\0\0\0\rIDAT', 'refused unreadable-image'],
    [
      'a JPEG',
      '\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xc0\0\x11\x08\0\x10\0\x20\x03\x01\x22\0',
      'jpeg',
    ],
    ['a GIF', 'GIF89a\x10\0\x10\0\0\0\0', 'gif'],
    ['a WEBP', 'RIFF\x24\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x0f\0\0\x07\0\0', 'webp'],
    ['an AVIF', '\0\0\0\x20ftypavif\0\0\0\0mif1\0\0\0\x14ispe\0\0\0\0\0\0\0\x40\0\0\0\x20', 'avif'],
    ['a BMP', 'BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x02\0\0\0\xfe\xff\xff\xff\x01\0', 'bmp'],
    ['a HEIC photo', '\0\0\0\x18ftypheic\0\0\0\0', 'refused heic'],
    ['a film', '\0\0\0\x18ftypisom\0\0\0\0', 'refused video'],
    ['an SVG', '<?xml version="1.0"?><!-- drawn --><svg xmlns="x" width="20" height="10"/>', 'svg'],
    ['a page', '<!DOCTYPE html><p>Hello', 'html'],
    ['a table', 'a;b;c\r\n1;2;3\r\n4;"5;6";7\r\n', 'csv'],
    ['prose', 'One line, with a comma.\nAnother, with two, of them.\n', 'text'],
    ['JSON', '{"a": 1}', 'text'],
    ['UTF-16', Buffer.from('\ufeffHello, world', 'utf16le'), 'text'],
    ['UTF-16 without its mark', Buffer.from('Hello, world', 'utf16le'), 'text'],
    ['Latin-1', 'caf\xe9 na\xefve', 'text'],
    ['a Word document', zip({ '[Content_Types].xml': '<x/>', 'word/document.xml': '<x/>' }), 'docx'],
    ['a sheet', zip({ '[Content_Types].xml': '<x/>', 'xl/workbook.xml': '<x/>' }), 'xlsx'],
    ['slides', zip({ '[Content_Types].xml': '<x/>', 'ppt/presentation.xml': '<x/>' }), 'pptx'],
    ['an OpenDocument text', zip({ mimetype: 'application/vnd.oasis.opendocument.text' }), 'odt'],
    ['an e-book', zip({ mimetype: 'application/epub+zip' }), 'epub'],
    ['an archive', zip({ 'a.txt': 'a' }), 'refused archive'],
    ['a tar', `${'a.txt'.padEnd(257, '\0')}ustar`, 'refused archive'],
    ['an old Word document', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'refused old-office'],
    ['rich text', '{\\rtf1\\ansi', 'refused rtf'],
    ['a program', '\x7fELF\x02\x01', 'refused program'],
    ['a program for Windows', 'MZ\x90\0\x03', 'refused program'],
    ['a TIFF', 'II*\0\x08', 'refused tiff'],
    ['music', 'ID3\x04\0', 'refused audio'],
    ['noise', '\x01\x02\x03\x80\x00\x07', 'refused unknown'],
  ])('%s', (_what, bytes, kind) => {
    expect(kindOf(bytes)).toBe(kind)
  })

  it('reads the size of an image off its header', () => {
    expect(look(png(4, 3, { width: 50_000, height: 50_000 }))).toMatchObject({ width: 50_000, height: 50_000 })
    expect(look('RIFF\x24\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x0f\0\0\x07\0\0')).toMatchObject({ width: 16, height: 8 })
    expect(look('<svg width="20" height="10"/>')).toMatchObject({ width: 20, height: 10 })
  })

  it('never fails, whatever it is cut to', () => {
    for (const whole of [
      pdf(),
      png(9, 9),
      zip({ mimetype: 'application/epub+zip' }),
      Buffer.from('\xff\xd8\xff\xe0', 'latin1'),
    ])
      for (let length = 0; length <= Math.min(200, whole.length); length++)
        expect(() => look(whole.subarray(0, length))).not.toThrow()
  })
})

describe('names', () => {
  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\me\\report.pdf', 'report.pdf'],
    ['\\\\host\\share\\a.pdf', 'a.pdf'],
    ['..', 'File'],
    ['', 'File'],
    ['a\0b\u202Efdp.exe', 'a b fdp.exe'],
    ['two\nlines.txt', 'two lines.txt'],
    ['a:stream', 'a:stream'],
  ])('shows %j as %j', (given, shown) => {
    expect(attachmentName(given)).toBe(shown)
  })

  it('cuts a long one and keeps its ending', () => {
    const name = attachmentName(`${'n'.repeat(4_000)}.docx`)
    expect([...name]).toHaveLength(120)
    expect(name).toMatch(/n….docx$/)
  })

  it.each([
    ['CON', 'CON chat.bin'],
    ['a:stream', 'a stream.bin'],
    ['report.pdf', 'report.pdf'],
    ['what?.txt', 'what.txt'],
  ])('saves %j out as %j', (name, saved) => {
    expect(savedName(name)).toBe(saved)
  })
})
