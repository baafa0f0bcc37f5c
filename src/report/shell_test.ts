import { assertEquals } from "@test/helpers.ts";
import { rerunCommand, runCommand } from "./shell.ts";
import { makeRun } from "./_testing.ts";

Deno.test("runCommand() spells out overrides and the seed, once", () => {
  const run = makeRun({
    seed: 7,
    overrides: ["seed=7", "loss.terms[1].weight=2", "train.batch=4"],
  });
  assertEquals(
    runCommand({ ...run, file: run.file! }),
    "deno task run experiments/mixloss.yaml " +
      "--set 'loss.terms[1].weight=2' --set train.batch=4 --seed 7",
  );
  assertEquals(rerunCommand([run, run]), `deno task rerun ${run.id} ${run.id}`);
});

Deno.test("runCommand() names a file alone, without a run", () => {
  assertEquals(
    runCommand({ file: "my file.yaml", overrides: [] }),
    "deno task run 'my file.yaml'",
  );
});

Deno.test("runCommand() chooses a variant from its matrix", () => {
  const run = makeRun({
    file: "table.yaml",
    overrides: ["train.batch=4"],
    variant: { step: "+ dice", seed: "3" },
    seed: 3,
  });
  assertEquals(
    runCommand({ ...run, file: run.file! }),
    "deno task run table.yaml --set train.batch=4 --only 'step=+ dice' --only seed=3",
  );
});
