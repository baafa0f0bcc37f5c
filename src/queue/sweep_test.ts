import { deepStrictEqual } from "node:assert/strict";
import { inTemporaryFolder } from "@test/folder.ts";
import { hashOf, submit } from "./_testing.ts";
import { partFolder, partName } from "./part.ts";
import { submissionFolders } from "./submission.ts";
import { sweepSubmissions } from "./sweep.ts";

Deno.test("sweepSubmissions() removes what was gathered and submitted more than a week ago", () =>
  inTemporaryFolder((results) => {
    submit(results, { seeds: [1], at: "2026-11-20T09:59:59Z" });
    const week = submit(results, { seeds: [1], at: "2026-11-20T10:00:00Z" });
    const some = submit(results, { seeds: [1, 2], at: "2026-11-01T10:00:00Z" });
    Deno.removeSync(partFolder(results, partName("pair", hashOf(1))));
    sweepSubmissions(results, Date.parse("2026-11-27T10:00:00Z"));
    deepStrictEqual(
      submissionFolders(results).toSorted(),
      [week, some].toSorted(),
    );
  }));
