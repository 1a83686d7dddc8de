/** Where requests go unless a person says otherwise. */
export const defaultOrigin = 'https://api.aimlapi.com'

/** The one model Parley talks with. */
export const model = 'google/gemma-4-31b-it'
