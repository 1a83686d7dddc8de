const strong = /\p{L}/u
const rightToLeft =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Samaritan}\p{Script=Mandaic}\p{Script=Adlam}]/u

/**
 * The direction of what holds blocks, such as a list or a table: that of its first letter. `dir="auto"` cannot say it, as
 * it looks past everything inside that has a direction of its own.
 */
export function directionOf(text: string): 'rtl' | 'ltr' {
  const letter = strong.exec(text)?.[0] ?? ''
  return rightToLeft.test(letter) ? 'rtl' : 'ltr'
}
