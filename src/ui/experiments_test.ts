import { deepStrictEqual } from "node:assert/strict";
import { join } from "node:path";
import { inTemporaryFolder } from "@test/folder.ts";
import { experimentsBelow } from "./experiments.ts";

Deno.test("experimentsBelow() finds experiment files, in folders that are not hidden too", () =>
  inTemporaryFolder((folder) => {
    const write = (path: string, text: string) => {
      Deno.mkdirSync(join(folder, path, ".."), { recursive: true });
      Deno.writeTextFileSync(join(folder, path), text);
    };
    write("b.yaml", "# a comment\nname: b\n");
    write("a/deep/c.yml", "extends: ../../b.yaml\n");
    write("other.yaml", "title: no experiment\n");
    write("empty.yaml", "");
    write("name.txt", "name: b\n");
    write(".hidden/d.yaml", "name: d\n");
    write("node_modules/e.yaml", "name: e\n");
    deepStrictEqual(experimentsBelow(folder), ["a/deep/c.yml", "b.yaml"]);
    deepStrictEqual(experimentsBelow(join(folder, "nosuch")), []);
  }));
