import { deepStrictEqual, throws } from "node:assert/strict";
import type { Run } from "@/record/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { changedInputs, refuseChangedData } from "./inputs.ts";

const input = (role: string, sha256: string) =>
  ({
    role,
    split: null,
    run: null,
    sha256,
    path: `/${sha256}.hdf`,
    bytes: 1,
  }) as const;
const before = [
  input("train[0]", "raw"),
  input("train[0]", "labels"),
  input("augment", "defects"),
];

Deno.test("changedInputs() compares the files of one role in order", () => {
  deepStrictEqual(changedInputs(before, before), []);
  const other = input("train[0]", "other");
  deepStrictEqual(changedInputs(before, [before[0]!, other, before[2]!]), [
    { role: "train[0]", was: before[1], is: other },
  ]);
});

Deno.test("changedInputs() misses files, and sees those that are new", () => {
  deepStrictEqual(
    changedInputs(before, [before[0]!, before[1]!, input("test[0]", "new")]),
    [
      { role: "augment", was: before[2], is: undefined },
      { role: "test[0]", was: undefined, is: input("test[0]", "new") },
    ],
  );
});

Deno.test("refuseChangedData() looks at the roles that were opened, and says what to put back", () => {
  const run = { id: "a", inputs: before } as unknown as Run;
  refuseChangedData(run, {
    opened: [before[0]!, before[1]!],
    doing: "replay",
  });
  throws(
    () =>
      refuseChangedData(
        run,
        {
          opened: [...before.slice(0, 2), input("augment", "x")],
          doing: "replay",
        },
      ),
    (error) => {
      assertEquals(
        `${error}`,
        "Cannot replay run a: the data of augment has changed\n" +
          "  at   /x.hdf\n  fix  Put the file with SHA-256 defects back",
      );
      return true;
    },
  );
});

Deno.test("refuseChangedData() names a file that is gone, and one that is new", () => {
  const run = { id: "a", inputs: before } as unknown as Run;
  const refusal = (...opened: typeof before) => {
    let said = "";
    throws(
      () => refuseChangedData(run, { opened, doing: "repeat" }),
      (error) => {
        said = `${error}`;
        return true;
      },
    );
    return said.split("\n").slice(1).map((line) => line.trim());
  };
  deepStrictEqual(refusal(before[0]!), [
    "at   /labels.hdf",
    "fix  Put the file with SHA-256 labels back",
  ]);
  deepStrictEqual(
    refusal(before[0]!, before[1]!, input("train[0]", "more")),
    [
      "at   /more.hdf",
      "fix  Remove it, or use the version of Cleft that recorded the run",
    ],
  );
});
