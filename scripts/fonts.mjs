// A Vite plugin: the fonts as a desktop application wants them. They lie beside the page, so a text waits the few
// milliseconds for its font instead of flashing in another one; and the one that every page needs is asked for first.

const needed = /inter-latin-wght-normal-[^/]*\.woff2$/

/** @returns {import('vite').Plugin} */
export function fonts() {
  return {
    name: 'parley-fonts',
    enforce: 'pre',
    transform(code, id) {
      const file = id.replace(/\?.*$/, '')
      if (/@fontsource-variable.*\.css$/.test(file))
        return { code: code.replaceAll('font-display: swap', 'font-display: block'), map: null }
      if (!/katex(\.min)?\.css$/.test(file)) return null
      // Of the three forms of each KaTeX font, only the one that Chromium takes is shipped.
      return { code: code.replace(/,\s*url\([^)]*\.(?:woff|ttf)\)\s*format\("(?:woff|truetype)"\)/g, ''), map: null }
    },
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle }) {
        const file = Object.keys(bundle ?? {}).find((name) => needed.test(name))
        if (file === undefined) return []
        const attrs = { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: true, href: `/${file}` }
        return [{ tag: 'link', attrs, injectTo: 'head-prepend' }]
      },
    },
  }
}
