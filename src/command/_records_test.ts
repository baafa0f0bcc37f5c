import { throws } from "node:assert";
import { join } from "node:path";
import { newRun } from "@/record/_testing.ts";
import { assertEquals } from "@test/helpers.ts";
import { openExisting } from "./_records.ts";
import { record } from "./_record_testing.ts";
import { testInFolder } from "./_testing.ts";

testInFolder(
  "openExisting() opens records to read alone, and makes none",
  async (folder) => {
    const results = join(folder, "results");
    assertEquals(await openExisting(results), null);
    assertEquals([...Deno.readDirSync(folder)].length, 0);
    const id = record(folder);
    using records = (await openExisting(results))!;
    assertEquals(records.run(id).id, id);
    throws(() => records.startRun(newRun()));
  },
);
