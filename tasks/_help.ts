/** Prints what a script is for, as its first comment says, if `-h` asks; it ends then. */
export function helpIfAsked(script: string): void {
  if (!Deno.args.some((word) => word === "-h" || word === "--help")) return;
  const text = Deno.readTextFileSync(new URL(script));
  console.log(firstComment(text));
  Deno.exit(0);
}

/** The first doc comment of a source, without its marks and tags. */
export function firstComment(source: string): string {
  const [, comment = ""] = /^\/\*\*\n(.*?)\n \*\//s.exec(source) ?? [];
  return comment.split("\n")
    .map((line) => line.replace(/^ \* ?/, ""))
    .filter((line) => !line.startsWith("@"))
    .join("\n").trim();
}
