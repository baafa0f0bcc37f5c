import assert from "node:assert/strict";
import { report } from "@/report/mod.ts";
import { fullReport } from "@/report/_full_testing.ts";

const golden = new URL("./report.html.txt", import.meta.url);

/** The page to read in review: an element a line, long packed data cut short. */
function readable(page: string): string {
  return page
    .replace(/(<style>)[\s\S]*?(<\/style>)/, "$1…$2")
    .replace(/(<script>)[\s\S]*?(<\/script>)/, "$1…$2")
    .replace(/sha256-[\w+/=]+/g, "sha256-…")
    .replace(/"([\w+/=]{24})[\w+/=]{40,}"/g, '"$1…"')
    .replaceAll("><", ">\n<")
    .replaceAll("},{", "},\n{");
}

Deno.test("report() of two full runs is as reviewed (UPDATE=1 rewrites it)", () => {
  const page = readable(report(fullReport()));
  if (Deno.env.get("UPDATE") === "1") Deno.writeTextFileSync(golden, page);
  assert.equal(page, Deno.readTextFileSync(golden));
});
