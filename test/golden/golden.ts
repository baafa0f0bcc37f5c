import { join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL(".", import.meta.url));

/**
 * Fails unless a text equals the file of that name beside this one, which people
 * read in review. `CLEFT_GOLDEN=write` writes the file instead.
 */
export function assertGolden(name: string, text: string): void {
  const path = join(folder, name);
  if (Deno.env.get("CLEFT_GOLDEN") === "write") {
    Deno.writeTextFileSync(path, text);
    return;
  }
  const golden = Deno.readTextFileSync(path);
  if (golden === text) return;
  const [was, is] = [golden.split("\n"), text.split("\n")];
  const line = was.findIndex((one, i) => one !== is[i]);
  const at = line === -1 ? was.length : line;
  throw new Error(
    `${name} differs from line ${at + 1} on\n  was  ${was[at]}\n  is   ${
      is[at]
    }\n  fix  if this is meant, CLEFT_GOLDEN=write deno task test test/golden`,
  );
}
