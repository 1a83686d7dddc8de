import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { builtinModules } from 'node:module'
import { defineConfig } from 'vite'
import { fonts } from './scripts/fonts.mjs'
import { licences } from './scripts/licences.mjs'

const nodeBuiltins = [...builtinModules, /^node:/]

/** Loaded from node_modules at run time; everything else is bundled. */
const native = ['electron', 'better-sqlite3', '@napi-rs/keyring']

/** One configuration, three builds: the page, the main process with its workers and helpers, the preload. */
export default defineConfig({
  root: 'renderer',
  base: '/',
  plugins: [
    react({ compiler: true }),
    tailwindcss(),
    fonts(),
    licences({
      root: import.meta.dirname,
      file: `${import.meta.dirname}/dist/main/licences.json`,
      alsoShipped: native,
    }),
  ],
  build: { emptyOutDir: true, modulePreload: { polyfill: false }, assetsInlineLimit: 0, target: 'chrome130' },
  worker: { format: 'es' },
  builder: {},
  environments: {
    client: { build: { outDir: '../dist/renderer', manifest: true } },
    main: {
      consumer: 'server',
      resolve: { noExternal: true, external: native, builtins: nodeBuiltins },
      build: {
        outDir: '../dist/main',
        target: 'node24',
        minify: false,
        sourcemap: true,
        copyPublicDir: false,
        rolldownOptions: {
          input: {
            browser: 'electron/shells/browser/index.ts',
            desktop: 'electron/shells/desktop/index.ts',
            'store-worker': 'electron/main/store/store.worker.ts',
            'keychain-helper': 'electron/main/secrets/keychain-helper.ts',
          },
          output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunk-[name]-[hash].js' },
        },
      },
    },
    preload: {
      consumer: 'server',
      resolve: { noExternal: true, external: ['electron'], builtins: nodeBuiltins },
      build: {
        outDir: '../dist/preload',
        target: 'chrome150',
        minify: false,
        copyPublicDir: false,
        rolldownOptions: {
          input: { preload: 'electron/shells/desktop/preload.ts' },
          output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
        },
      },
    },
  },
})
