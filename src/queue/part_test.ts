import { deepStrictEqual } from "node:assert/strict";
import { join } from "node:path";
import { inTemporaryFolder } from "@test/folder.ts";
import {
  isOfPart,
  partFolder,
  partName,
  partNames,
  removePart,
} from "./part.ts";

Deno.test("isOfPart() goes by the plan, whatever the run was called", () => {
  const [a, b] = ["a".repeat(64), "b".repeat(64)] as const;
  const part = partName("loss-b", a);
  deepStrictEqual(part, "loss-b-aaaaaaaaaaaa");
  deepStrictEqual(isOfPart({ planHash: a }, part), true);
  deepStrictEqual(isOfPart({ planHash: b }, part), false);
});

Deno.test("removePart() is done again where it was cut, and partNames() sees neither", () =>
  inTemporaryFolder((results) => {
    deepStrictEqual(partNames(results), []);
    const write = (part: string) => {
      const folder = partFolder(results, part);
      Deno.mkdirSync(folder, { recursive: true });
      Deno.writeTextFileSync(join(folder, "plan.json"), "{}");
    };
    for (const part of ["b", "a", "a.gone"]) write(part);
    deepStrictEqual(partNames(results), ["a", "b"]);
    removePart(results, "a");
    deepStrictEqual(
      Array.from(Deno.readDirSync(join(results, "parts")), ({ name }) => name),
      ["b"],
    );
  }));
