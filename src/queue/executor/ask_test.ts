import { deepStrictEqual, rejects } from "node:assert/strict";
import { ExperimentError } from "@/core/mod.ts";
import { inTemporaryFolder } from "@test/folder.ts";
import { withPrograms } from "../_testing.ts";
import { ask, QueueSilence } from "./_ask.ts";

const question = {
  ...{ args: ["a b"], doing: "see it", fix: "Try again" },
  silence: /unable to contact/i,
};

Deno.test("ask() hands words on whole, and passes a program's refusal on", () =>
  inTemporaryFolder((folder) =>
    withPrograms({
      says: 'echo "$#: $1"; echo >&2 "not this"',
      refuses: "echo >&2 'no such partition'; exit 1",
      fails: "exit 1",
      asleep: "echo >&2 'Unable to contact slurm controller'; exit 1",
      tells: 'echo "$HOME"',
    }, async () => {
      const of = (program: string) => ask({ ...question, program });
      deepStrictEqual(await of("says"), "1: a b");
      await rejects(of("refuses"), {
        message: "Cannot see it: no such partition",
        ...{ where: "refuses", fix: "Try again" },
      });
      await rejects(of("asleep"), QueueSilence);
      const without = ["HOME"];
      deepStrictEqual(
        await ask({ ...question, program: "tells", without }),
        "",
      );
      await rejects(of("fails"), /fails failed and said nothing/);
      await rejects(of("nosuch"), {
        message: "Cannot see it: the program nosuch is not here",
        where: "PATH",
      });
      await rejects(
        of(folder), // a folder is no program
        (error) => !(error instanceof ExperimentError),
      );
    })
  ));
