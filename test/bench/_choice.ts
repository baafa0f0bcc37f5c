/**
 * Whether words such as "N1-bf16" choose a name such as "N1-train-bf16": all
 * parts of one of them occur in it. No words choose everything.
 */
export function isChosen(name: string, words: readonly string[]): boolean {
  const parts = name.split("-");
  return words.length === 0 ||
    words.some((word) => word.split("-").every((part) => parts.includes(part)));
}
