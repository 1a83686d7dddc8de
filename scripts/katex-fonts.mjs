// A Vite plugin: of the three forms of each KaTeX font, only the one that Chromium takes is shipped.

/** @returns {import('vite').Plugin} */
export function katexFonts() {
  return {
    name: 'parley-katex-fonts',
    enforce: 'pre',
    transform(code, id) {
      if (!/katex(\.min)?\.css$/.test(id.replace(/\?.*$/, ''))) return null
      return { code: code.replace(/,\s*url\([^)]*\.(?:woff|ttf)\)\s*format\("(?:woff|truetype)"\)/g, ''), map: null }
    },
  }
}
