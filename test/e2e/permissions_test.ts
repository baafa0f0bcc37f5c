import { deepStrictEqual, doesNotMatch } from "node:assert/strict";
import { basename, join } from "node:path";
import { encode } from "fast-png";
import { commands, projectFolder } from "@/command/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { tinyExperiment } from "./_run.ts";
import { writeVolume } from "./_volume.ts";

/** A command line, and the exit code it should end with. */
type Use = readonly [words: readonly string[], code?: number];

/** Opens pages, where a script can stand in for what does. */
const open = Deno.build.os === "windows" ? [] : ["--open"];

/** A use of every command, in an order in which each finds what it needs. */
function usesOf(server: string): readonly Use[] {
  return [
    [["plan", "tiny.yaml", "--draw", "net.svg"]],
    [["preview", "tiny.yaml", "--draws", "1", ...open]],
    [["run", "tiny.yaml", "--tensorboard", "board", ...open]],
    [["resume", "last"], 2], // it has finished
    [["rerun", "last", ...open]],
    [["list"]],
    [["show", "last"]],
    [["tag", "last", "--add", "paper"]],
    [["sql", "select run, tags from runs"]],
    [["archive", "last"]],
    [["restore", "last"]],
    [["delete", "--where", "tag = paper"]], // without --yes
    [["clean"]],
    [["report", ...open]],
    [["compare", "tiny@best", "last", ...open]],
    [["replay", "last", "--random", "1", "--out", "samples"]],
    [["predict", "last", "--volume", "x.hdf", "--output", "new/p.zarr"]],
    [["postprocess", "new/p.zarr", "--output", "clefts.hdf"]],
    [["evaluate", "--prediction", "new/p.zarr", "--truth", "x.hdf"]],
    [["export", "last", "--format", "weights", "--output", "w.safetensors"]],
    [["export", "--format", "parquet", "--output", "runs.parquet"]],
    [["export", "--format", "tensorboard", "--output", "events"]],
    [[
      ...["data", "import", "--raw", "*.png", "--output", "v.hdf"],
      ...["--resolution", "40,4,4"],
    ]],
    [["data", "check", "x.hdf"]],
    [["data", "phantom", "--shape", "2,32,32", "--output", "phantom.hdf"]],
    [[
      ...["partners", "learn", "--prediction", "new/p.zarr"],
      ...["--truth", "phantom.hdf", "--output", "pruner.json"],
    ], 2], // a prediction of clefts
    [[
      ...["partners", "find", "--prediction", "new/p.zarr"],
      ...["--segmentation", "phantom.hdf", "--output", "found.hdf"],
    ], 2],
    [["align", "forward", "x.hdf", "--estimate", "--output", "a.hdf"]],
    [["align", "reverse", "a.hdf", "--output", "back.hdf"]],
    [[
      ...["align", "check", "x.hdf", "--estimate", "--output", "check.html"],
      ...open,
    ]],
    [[
      ...["data", "cremi", "--samples", "A", "--padded", "--to", "cremi"],
      ...["--base-url", server],
    ]],
    [["view", "nosuch"], 2], // it would serve until it is stopped
    [["ui", "--port", "x"], 2], // so would it
    [["bundle", "last", "--output", "last.cleft"]],
    [["delete", "last", "--yes"]],
    [["clean", "--yes"]],
    [["setup"]],
    [["doctor"]],
    [["doctor", "--records", "--output", "saved/runs.sqlite"]],
    [["merge", "saved"]],
    [["merge"]],
    [
      ["run", "tiny.yaml", "--seed", "9", "--executor", "slurm"],
      open.length > 0 ? 0 : 2,
    ],
    [["list", "--state", "failed"]], // asks the queue
    [["work", "results/queue/nosuch"], 2],
    [["import", join(projectFolder, "test/fixtures/foreign/events")]],
    [["bench"]],
    [["help"]],
  ];
}

/** Carries out a task as a user does, in the folder `cwd`. */
async function task(
  words: readonly string[],
  cwd: string,
): Promise<{ code: number; said: string }> {
  const config = join(projectFolder, "deno.json");
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", "--config", config, ...words],
    cwd,
    env: {
      INIT_CWD: cwd,
      CLEFT_RESULTS: join(cwd, "results"),
      ...(open.length > 0 && {
        PATH: `${join(cwd, "bin")}:${Deno.env.get("PATH")}`,
      }),
      LD_LIBRARY_PATH: cwd, // as clusters and conda set it
    },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, said: text(stdout) + text(stderr) };
}

Deno.test("each command is used here", () => {
  const used = usesOf("").map(([words]) => `${words.join(" ")} `);
  const unused = commands.map(({ name }) => name)
    .filter((name) => !used.some((line) => line.startsWith(`${name} `)));
  deepStrictEqual(unused, [], "a use of each of these is missing in usesOf()");
});

Deno.test("each command works with exactly the rights that its task gives", async () => {
  const folder = Deno.makeTempDirSync({ prefix: "cleft-rights-" });
  await using server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen() {} },
    () => new Response(Deno.readFileSync(join(folder, "x.hdf"))),
  );
  try {
    Deno.writeTextFileSync(join(folder, "tiny.yaml"), tinyExperiment);
    Deno.mkdirSync(join(folder, "bin"));
    for (const name of ["open", "xdg-open"]) {
      const path = join(folder, "bin", name);
      const script = '#!/bin/sh\necho "$1" >> "$INIT_CWD/opened"\n';
      Deno.writeTextFileSync(path, script, { mode: 0o755 });
    }
    for (const [name, says] of [["sbatch", "7"], ["squeue", ""]]) {
      const script = `#!/bin/sh\necho "${says}"\n`;
      Deno.writeTextFileSync(join(folder, "bin", name!), script, {
        mode: 0o755,
      });
    }
    await writeVolume(join(folder, "x.hdf"), { seed: 6 });
    const data = Uint8Array.from({ length: 16 }, (_, i) => 10 * i);
    const png = encode({ width: 4, height: 4, channels: 1, data });
    Deno.writeFileSync(join(folder, "z0.png"), png);
    const uses = usesOf(`http://127.0.0.1:${server.addr.port}/`);
    for (const [words, expected = 0] of uses) {
      const { code, said } = await task(words, folder);
      const line = `${words.join(" ")}: ${said}`;
      doesNotMatch(said, /without the right|NotCapable|Requires \w+ access/);
      doesNotMatch(said, /unexpected happened/, line);
      assertEquals(code, expected, line);
    }
    if (open.length > 0) {
      const opened = Deno.readTextFileSync(join(folder, "opened"));
      deepStrictEqual(
        opened.trim().split("\n").map((path) => basename(path, ".html"))
          .map((name) => name.replace(/(?<=compare-).*/, "…")),
        ["tiny", "tiny", "tiny", "runs", "compare-…", "check"],
      );
    }
    const shown = await task(["show", "last"], folder);
    doesNotMatch(shown.said, /git is missing/, "git is asked");
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});
