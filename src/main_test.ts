import { deepStrictEqual, match } from "node:assert";
import { join } from "node:path";
import { commands, projectFolder } from "@/command/mod.ts";
import { say, testInFolder } from "@/command/_testing.ts";
import { assertEquals } from "@test/helpers.ts";

const sound = `data: { train: [{ source: { type: phantom } }] }
model: { type: resUnet, filters: [2, 4] }
loss: { terms: [{ type: bce }] }
`;

/** Runs the command line in a process of its own, started in `folder`. */
async function cleft(folder: string, ...words: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      "--quiet",
      join(projectFolder, "src/main.ts"),
      ...words,
    ],
    cwd: folder,
    env: { CLEFT_RESULTS: join(folder, "results"), INIT_CWD: folder },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, out: text(stdout), err: text(stderr) };
}

testInFolder("main exits with 0 and says its version", async (folder) => {
  const { code, out } = await cleft(folder, "--version");
  assertEquals(code, 0);
  match(out, /^\d+\.\d+\.\d+\n$/);
});

testInFolder("main helps with every command", async (folder) => {
  for (const { name } of commands) {
    const { code, out, err } = await say(folder, ...name.split(" "), "--help");
    assertEquals(code, 0, err);
    match(out, new RegExp(`deno task ${name}`));
  }
  const words = ["data", "import", "--help"];
  const { out } = await say(folder, ...words);
  deepStrictEqual(
    await cleft(folder, ...words),
    { code: 0, out: `${out}\n`, err: "" },
  );
});

testInFolder("main lists no runs where there are none", async (folder) => {
  const { code, out } = await cleft(folder, "list", "--json");
  assertEquals(code, 0);
  deepStrictEqual(JSON.parse(out), []);
  const names = [...Deno.readDirSync(folder)].map(({ name }) => name);
  deepStrictEqual(names, [], "nothing is written by looking");
});

testInFolder("main exits with 2 for bad input", async (folder) => {
  const bad: readonly (readonly [words: string[], says: RegExp])[] = [
    [[], /^$/],
    [["rnu"], /Write deno task run/],
    [["run"], /FILE is missing/],
    [["run", "none.yaml"], /Cannot read none.yaml: there is no such file/],
    [["show", "last"], /Cannot read the records/],
    [["plan", "x.yaml", "--seed", "-3"], /--seed/],
  ];
  for (const [words, says] of bad) {
    const { code, err } = await say(folder, ...words);
    assertEquals(code, 2, `${words.join(" ")}: ${err}`);
    match(err, says);
  }
  const words = ["run", "none.yaml"];
  const { code, err } = await say(folder, ...words);
  deepStrictEqual(
    await cleft(folder, ...words),
    { code, out: "", err: `${err}\n` },
  );
});

testInFolder("main plans a file of the caller's folder", async (folder) => {
  Deno.writeTextFileSync(join(folder, "x.yaml"), sound);
  const words = ["plan", "x.yaml", "--json", "--set", "train.batch=3"];
  const { code, out, err } = await cleft(folder, ...words);
  assertEquals(code, 0, err);
  const plan = JSON.parse(out);
  assertEquals(plan.spec.name, "x");
  deepStrictEqual(plan.shapes[0].shape, [3, 8, 96, 96, 2]);
  match(plan.hash, /^[0-9a-f]{64}$/);
  assertEquals(typeof plan.parameters, "number");
  assertEquals(typeof plan.memoryMiB, "number");
});

testInFolder(
  "main refuses a bad experiment and records nothing",
  async (folder) => {
    Deno.writeTextFileSync(join(folder, "x.yaml"), sound + "smapler: {}\n");
    const { code, err } = await cleft(folder, "run", "x.yaml");
    assertEquals(code, 2);
    match(err, /x\.yaml:4:1 smapler\n +fix +Write "sampler"/);
    const names = [...Deno.readDirSync(folder)].map(({ name }) => name);
    deepStrictEqual(names, ["x.yaml"]);
  },
);
