/** Whether a rerun's verdict says that every bit was the same. */
export function isIdentical(verdict: string): boolean {
  return verdict.startsWith("identical");
}
