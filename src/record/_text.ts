/** A text as SQLite can give it back: it would end at a NUL. */
export function withoutNul(text: string): string {
  return text.replaceAll("\0", "\u2400");
}
