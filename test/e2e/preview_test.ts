import { equal, match } from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Workplace } from "./_run.ts";

Deno.test("preview makes the same page again, with every augmentation on it", async () => {
  using place = new Workplace();
  const words = ["preview", "tiny.yaml", "--draws", "2"];
  const path = join(place.results, "preview", "tiny.html");
  equal(await place.well(...words), `Preview: ${pathToFileURL(path)}\n`);
  const page = Deno.readTextFileSync(path);
  match(page, /<h2 id="together-title">all together<\/h2>/);
  match(page, /<h2 id="augment-0-title">simple<\/h2>/);
  equal(page.match(/<figure class="draw/g)?.length, 2 + 1 + 2);
  const other = join(place.folder, "other.html");
  await place.well(...words, "--output", other);
  equal(Deno.readTextFileSync(other), page);
});
