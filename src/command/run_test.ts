import { deepStrictEqual, match, ok, throws } from "node:assert";
import { join } from "node:path";
import { ExperimentError } from "@/core/mod.ts";
import { variantText } from "@/record/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { say, testInFolder } from "./_testing.ts";
import { runTiny } from "./_tiny_testing.ts";
import { exitCodeOfMatrix, outcomeTexts, overridesOf } from "./run.ts";

const error = new ExperimentError("Cannot go on", { where: "here", fix: "-" });

Deno.test("overridesOf() says what options change, after what --set does", () => {
  deepStrictEqual(overridesOf({ set: [], eager: false }).overrides, []);
  const { overrides, shown } = overridesOf({
    set: ["a=1", "b=2"],
    engine: "pjrt",
    threads: "3",
    workers: "0",
    eager: true,
    seed: "0",
  });
  deepStrictEqual(overrides, [
    ...["a=1", "b=2", "train.engine=pjrt", "train.threads=3"],
    ...["train.workers=0", "train.eager=true", "seed=0"],
  ]);
  deepStrictEqual([...shown.values()], [
    ...["--engine pjrt", "--threads 3", "--workers 0", "--eager", "--seed 0"],
  ]);
  throws(() => overridesOf({ set: [], eager: false, seed: "x" }), /--seed/);
});

Deno.test("exitCodeOfMatrix() is 0 where nothing failed nor stopped it", () => {
  const failed = [{ values: {}, error }];
  const codes = [
    exitCodeOfMatrix({ failed: [], isInterrupted: false }),
    exitCodeOfMatrix({ failed, isInterrupted: false }),
    exitCodeOfMatrix({ failed: [], isInterrupted: true }),
  ];
  deepStrictEqual(codes, [0, 1, 1]);
});

Deno.test("outcomeTexts() lists what runs elsewhere and what failed, if anything", () => {
  const failed = [{ values: { loss: "dice", seed: "2" }, error }];
  const elsewhere = [{ loss: "bce" }, { loss: "dice" }];
  deepStrictEqual(outcomeTexts({ failed: [], elsewhere: [] }, variantText), []);
  deepStrictEqual(outcomeTexts({ failed, elsewhere }, variantText), [
    "Run by other processes at this moment:\n  loss=bce\n  loss=dice",
    "Failed; the same command tries them again:\n  loss=dice · seed=2: Cannot go on",
  ]);
});

testInFolder(
  "run refuses what it cannot plan before anything is made",
  async (folder) => {
    Deno.writeTextFileSync(join(folder, "x.yaml"), "name: x\n");
    for (const given of ["--threads .nan", "--workers -1", "--engine [x"]) {
      const { code, err } = await say(
        folder,
        "run",
        "x.yaml",
        ...given.split(" "),
      );
      deepStrictEqual(code, 2);
      ok(err.includes(`at   ${given}`), err);
      ok(!/--set train/.test(err), err);
    }
    deepStrictEqual([...Deno.readDirSync(folder)].map(({ name }) => name), [
      "x.yaml",
    ]);
  },
);

testInFolder(
  "run trains, reports and ends with 0; --only wants a matrix",
  async (folder) => {
    const chosen = await runTiny(folder, "--only", "a=b");
    assertEquals(chosen.code, 2);
    match(chosen.err, /the file has no matrix/);
    const words = ["--seed", "9", "--tensorboard", "board"];
    const { code, out, err } = await runTiny(folder, ...words);
    assertEquals(code, 0, err);
    match(out, /reports\/tiny\.html/);
    const [{ name: id }] = [...Deno.readDirSync(`${folder}/board`)] as [
      Deno.DirEntry,
    ];
    const [{ name }] = [...Deno.readDirSync(`${folder}/board/${id}`)] as [
      Deno.DirEntry,
    ];
    const board = Deno.readTextFileSync(`${folder}/board/${id}/${name}`);
    match(board, /train\/loss/);
    match(board, /validation\/best\.ap|validation\/ap/);
    match((await say(folder, "list")).out, /tiny +finished +9 /);
  },
);
