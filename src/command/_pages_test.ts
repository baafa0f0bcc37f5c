import { deepStrictEqual, match, rejects, throws } from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { RunError } from "@/core/mod.ts";
import { Pages } from "./_pages.ts";
import { testInFolder } from "./_testing.ts";

/** The program that opens pages here, told apart from the real one by PATH. */
const opener = Deno.build.os === "darwin" ? "open" : "xdg-open";

/** Carries `body` out where that program is a script of ours in `folder`. */
async function withOpener(
  folder: string,
  script: string | null,
  body: () => Promise<void> | void,
): Promise<void> {
  if (script !== null) {
    const path = join(folder, opener);
    Deno.writeTextFileSync(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }
  const before = Deno.env.get("PATH") ?? "";
  Deno.env.set("PATH", folder);
  try {
    await body();
  } finally {
    Deno.env.set("PATH", before);
  }
}

/** The same as a test; Windows has no scripts of that kind. */
function testWithOpener(
  name: string,
  script: string | null,
  body: (folder: string) => Promise<void> | void,
): void {
  if (Deno.build.os === "windows") return;
  testInFolder(
    name,
    (folder) => withOpener(folder, script, () => body(folder)),
  );
}

testWithOpener(
  "Pages give links, and open each page if that was asked for",
  'echo "$@" >> "${0%/*}/opened"',
  async (folder) => {
    const paths = ["a b.html", "ä#1.html"].map((name) => join(folder, name));
    for (const opens of [false, true]) {
      const pages = new Pages({ opens });
      deepStrictEqual(
        paths.map((path) => pages.add(path)),
        paths.map((path) => pathToFileURL(path).href),
      );
      match(pages.add(paths[0]!), /^file:\/\/\/.*\/a%20b\.html$/);
      if (opens) await pages.open();
      else {
        await pages.open();
        throws(() => Deno.statSync(join(folder, "opened")));
      }
    }
    const opened = Deno.readTextFileSync(join(folder, "opened"));
    deepStrictEqual(opened.trim().split("\n"), [...paths, paths[0]]);
  },
);

testWithOpener(
  "Pages say before any work that nothing opens them",
  null,
  () => {
    new Pages({ opens: false });
    throws(
      () => new Pages({ opens: true }),
      /Cannot open pages: the program .*open is not here/,
    );
  },
);

testWithOpener(
  "Pages say that one did not open, and where it is",
  "exit 3",
  async (folder) => {
    const pages = new Pages({ opens: true });
    const link = pages.add(join(folder, "a.html"));
    await rejects(
      () => pages.open(),
      (error) => {
        match(
          `${error}`,
          /^Cannot open the page: .* ended with 3; it is there/,
        );
        match(`${error}`, new RegExp(`fix {2}Open it yourself: ${link}$`));
        return error instanceof RunError;
      },
    );
  },
);
