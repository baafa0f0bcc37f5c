import { deepStrictEqual, match, throws } from "node:assert";
import { dirname, join } from "node:path";
import { assertEquals } from "@test/helpers.ts";
import { Outputs } from "./_outputs.ts";
import { testInFolder } from "./_testing.ts";

const where = "--output x";

/** Rules of a folder with results in it, and a cache. */
function rulesOf(folder: string, isForced = false) {
  return {
    isForced,
    resultsFolder: join(folder, "results"),
    cacheFolder: () => join(folder, "cache"),
  };
}

/** Writes a file as a command does: checked, written, remembered. */
function writeAsCleft(folder: string, path: string, text: string): void {
  const outputs = new Outputs(rulesOf(folder));
  outputs.check({ path, where });
  Deno.writeTextFileSync(path, text);
  outputs.remember();
}

function assertRefused(folder: string, path: string, says: RegExp): void {
  const outputs = new Outputs(rulesOf(folder));
  throws(() => outputs.check({ path, where }), (error) => {
    match(String(error), says);
    match(String(error), /\n {2}at {3}--output x\n {2}fix {2}/);
    return true;
  });
}

const notOurs = /Cleft did not write it, or it has changed.*\n.*\n.*--force/;

testInFolder("Outputs lets Cleft write over what it wrote", (folder) => {
  const path = join(folder, "a.hdf");
  writeAsCleft(folder, path, "one");
  writeAsCleft(folder, path, "two");
  new Outputs(rulesOf(folder)).check({ path, where });
  Deno.symlinkSync(folder, join(folder, "link"));
  const again = join(folder, "link", "a.hdf");
  new Outputs(rulesOf(folder)).check({ path: again, where });
});

testInFolder("Outputs keeps what others wrote or changed", (folder) => {
  const path = join(folder, "a.hdf"), other = join(folder, "b.hdf");
  Deno.writeTextFileSync(other, "two");
  assertRefused(folder, other, notOurs);
  writeAsCleft(folder, path, "one");
  Deno.writeTextFileSync(path, "edited");
  assertRefused(folder, path, notOurs);
  Deno.removeSync(path);
  Deno.symlinkSync(other, path);
  assertRefused(folder, path, notOurs);
  Deno.removeSync(other);
  assertRefused(folder, path, notOurs); // a link that leads nowhere
});

testInFolder("Outputs writes over all but inputs with --force", (folder) => {
  const path = join(folder, "a.hdf");
  Deno.writeTextFileSync(path, "theirs");
  const outputs = new Outputs(rulesOf(folder, true));
  outputs.check({ path, where });
  throws(() => outputs.addInputs([path]), /it is read, as/);
  outputs.remember();
  assertRefused(folder, path, notOurs); // it was not written: it is still theirs
  const after = new Outputs(rulesOf(folder, true));
  after.addInputs([path]);
  throws(() => after.check({ path, where }), /it is read, as/);
});

testInFolder("Outputs keeps records, and knows its pages", (folder) => {
  const place = (path: string) => {
    const full = join(folder, "results", path);
    Deno.mkdirSync(dirname(full), { recursive: true });
    if (!path.endsWith("new")) Deno.writeTextFileSync(full, "there");
    return full;
  };
  const records = /the records of runs are kept there/;
  for (
    const path of [
      "runs.sqlite-wal",
      "objects/ab/cd",
      "objects/new",
      "runs/x/plan.json",
      "runs/new",
    ]
  ) {
    assertRefused(folder, place(path), records);
  }
  const read = /it is read, as|the records of runs/;
  assertRefused(folder, place("runs.sqlite"), read);
  const outputs = new Outputs(rulesOf(folder));
  for (
    const path of [
      "reports/a.html",
      "preview/a.html",
      "runs/x/replay/sample-0.hdf",
      "new",
    ]
  ) {
    outputs.check({ path: place(path), where });
  }
  assertRefused(folder, place("mine.hdf"), notOurs);
  outputs.checkFolder({ path: join(folder, "results/runs/x/replay"), where });
  for (const path of ["objects", "runs/x", "runs/x/other"]) {
    throws(
      () => outputs.checkFolder({ path: join(folder, "results", path), where }),
      records,
    );
  }
  Deno.symlinkSync(folder, join(folder, "results/runs/x/away"));
  const away = join(folder, "results/runs/x/away/new");
  throws(() => outputs.check({ path: away, where }), records);
  Deno.removeSync(join(folder, "results/preview"), { recursive: true });
  Deno.symlinkSync(folder, join(folder, "results/preview"));
  Deno.writeTextFileSync(join(folder, "page.html"), "there");
  outputs.check({ path: join(folder, "results/preview/page.html"), where });
  Deno.symlinkSync(join(folder, "results"), join(folder, "link"));
  const linked = new Outputs({
    ...rulesOf(folder),
    resultsFolder: join(folder, "link"),
  });
  throws(
    () => linked.check({ path: join(folder, "results/runs/new"), where }),
    records,
  );
});

testInFolder("Outputs knows no records where a command has none", (folder) => {
  const rules = { ...rulesOf(folder), resultsFolder: null };
  const path = join(folder, "results", "runs", "x");
  new Outputs(rules).check({ path, where });
  deepStrictEqual([...Deno.readDirSync(folder)], []);
});

testInFolder("Outputs does without a memory that cannot be", (folder) => {
  Deno.writeTextFileSync(join(folder, "cache"), "no folder");
  const path = join(folder, "a.hdf");
  writeAsCleft(folder, path, "one");
  assertEquals(Deno.readTextFileSync(path), "one");
  assertRefused(folder, path, notOurs);
});

testInFolder(
  "check() knows a folder of ours by all that is in it",
  (folder) => {
    const path = join(folder, "p.zarr"), chunk = join(path, "a", "0");
    const write = () => {
      const outputs = new Outputs(rulesOf(folder));
      outputs.check({ path, where });
      Deno.mkdirSync(dirname(chunk), { recursive: true });
      Deno.writeTextFileSync(chunk, "chunk");
      outputs.remember();
    };
    write();
    write(); // over what it wrote
    Deno.writeTextFileSync(join(path, "notes.txt"), "mine");
    assertRefused(folder, path, /Cannot write over ".*p.zarr": Cleft did not/);
    new Outputs(rulesOf(folder, true)).check({ path, where });
    Deno.mkdirSync(join(folder, "theirs.n5"));
    assertRefused(folder, join(folder, "theirs.n5"), /Cleft did not write it/);
    Deno.writeTextFileSync(join(folder, "file.n5"), "");
    assertRefused(folder, join(folder, "file.n5"), /it is a file/);
  },
);
