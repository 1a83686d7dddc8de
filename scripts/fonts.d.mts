import type { Plugin } from 'vite'

/** Of the three forms of each KaTeX font, ships only the one that Chromium takes. */
export function fonts(): Plugin
