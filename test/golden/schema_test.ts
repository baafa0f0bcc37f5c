import { join } from "node:path";
import { projectFolder } from "@/command/mod.ts";
import {
  experimentSchema,
  referencePages,
  shareParts,
} from "@/experiment/mod.ts";
import { assertEquals } from "@test/helpers.ts";

const folder = join(projectFolder, "docs", "reference");
const stale = "out of date, deno task docs rewrites it";

Deno.test("experimentSchema() is what editors get", () => {
  assertEquals(
    `${JSON.stringify(shareParts(experimentSchema()), null, 2)}\n`,
    Deno.readTextFileSync(join(folder, "experiment.schema.json")),
    stale,
  );
});

Deno.test("referencePages() are what readers get", () => {
  for (const { name, text } of referencePages()) {
    assertEquals(Deno.readTextFileSync(join(folder, name)), text, stale);
  }
});
