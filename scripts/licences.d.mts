import type { Plugin } from 'vite'

/** A Vite plugin that writes `file`: every package in the build, or loaded by it (`alsoShipped`), with its licence. */
export function licences(options: { root: string; file: string; alsoShipped: string[] }): Plugin
