import { deepStrictEqual, match } from "node:assert/strict";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { layers } from "./house.ts";
import { checkerOf } from "./_testing.ts";
import { excepted } from "./excepted.ts";
import { Exceptions } from "./exceptions.ts";
import { housePlugin } from "./house_plugin.ts";

const folder = fileURLToPath(new URL("../..", import.meta.url))
  .replace(/\/$/, "");

/** Paths of the files that `deno lint` looks at, below a folder. */
function* filesBelow(path: string): Generator<string> {
  for (const { name, isDirectory } of Deno.readDirSync(`${folder}/${path}`)) {
    const below = `${path}/${name}`;
    if (isDirectory && below !== "src/core/simd/kernels") {
      yield* filesBelow(below);
    } else if (/\.([jt]sx?)$/.test(name)) yield below;
  }
}

Deno.test("excepted lists nothing that is no longer needed", () => {
  const exceptions = new Exceptions(excepted);
  const plugin = housePlugin({ folder, exceptions });
  const found: string[] = [];
  const paths = ["src", "tasks", "test"].flatMap((p) => [...filesBelow(p)]);
  // Circles that are let pass show once the last of their files was seen.
  const circles = excepted["house/no-import-circle"] ?? [];
  const again = circles.map((key) => key.split(" ")[0]!);
  for (const path of [...paths, ...again]) {
    const text = Deno.readTextFileSync(`${folder}/${path}`);
    const faults = Deno.lint.runPlugin(plugin, `${folder}/${path}`, text);
    for (const { message } of faults) found.push(`${path}: ${message}`);
  }
  deepStrictEqual(found, [], "faults");
  deepStrictEqual(exceptions.unused(), [], "strike them from excepted.ts");
});

Deno.test("layers are the folders of src and the table of the house", () => {
  const folders = [...Deno.readDirSync(`${folder}/src`)]
    .filter(({ isDirectory }) => isDirectory).map(({ name }) => name);
  deepStrictEqual(layers.flat().sort(), folders.sort());
  const house = Deno.readTextFileSync(`${folder}/docs/house.md`);
  const rows = [...house.matchAll(/^\| (\d) +\| `(\w+)`/gm)];
  deepStrictEqual(
    rows.map(([, layer, module]) => [Number(layer), module]).sort(),
    layers.flatMap((modules, i) => modules.map((module) => [i, module])).sort(),
  );
});

Deno.test("housePlugin() refuses Math.random and default exports", () => {
  const random = checkerOf("no-unseeded-randomness");
  match(random("src/loss/a.ts", "Math.random();")[0]!, /Math\.random/);
  const byDefault = checkerOf("no-default-export", { folder: "/tasks/a" });
  for (const path of ["tasks/lint_plugin.ts", "tasks/mutation_plugin.ts"]) {
    deepStrictEqual(byDefault(path, "export default 1;"), []);
  }
  for (const path of ["tasks/ok.ts", "src/a.ts", "src/tasks/lint_plugin.ts"]) {
    match(byDefault(path, "export default 1;")[0]!, /by default/, path);
  }
});

Deno.test("house_plugin.ts makes deno lint fail in a clone below a src", () => {
  const parent = Deno.makeTempDirSync({ prefix: "cleft-lint-" });
  const clone = `${parent}/src/cleft`;
  const write = (path: string, text: string) => {
    Deno.mkdirSync(dirname(`${clone}/${path}`), { recursive: true });
    Deno.writeTextFileSync(`${clone}/${path}`, text);
  };
  const lint = () => {
    const { code, stdout, stderr } = new Deno.Command(Deno.execPath(), {
      args: ["lint", "--quiet"],
      cwd: clone,
      env: { NO_COLOR: "1" },
    }).outputSync();
    const decoder = new TextDecoder();
    return { code, text: decoder.decode(stdout) + decoder.decode(stderr) };
  };
  try {
    for (const path of [...filesBelow("tasks/lint"), "tasks/lint_plugin.ts"]) {
      write(path, Deno.readTextFileSync(`${folder}/${path}`));
    }
    write("deno.json", Deno.readTextFileSync(`${folder}/deno.json`));
    write("src/loss/dice.ts", 'export { a } from "@/core/mod.ts";\n');
    deepStrictEqual(lint().code, 0, lint().text);
    const faults = {
      "module-boundary": 'export * from "../core/rng.ts";',
      "no-import-circle": 'export * from "./b.ts";',
      "two-parameters": "export function f(_a = 1, _b = 2, _c = 3) {}",
      "no-component-name": 'export const a = ({ type: "" }).type === "b";',
      "no-unseeded-randomness": "export const a = Math.random();",
      "no-default-export": "export default 1;",
    };
    write(
      "src/loss/b.ts",
      'export * from "./a.ts";\nexport const b = {\n  name: "b",\n  summary: "",\n};\n',
    );
    for (const [rule, text] of Object.entries(faults)) {
      write("src/loss/a.ts", `${text}\n`);
      const { code, text: said } = lint();
      deepStrictEqual(code, 1, rule);
      match(said, new RegExp(`house/${rule}\\b`));
    }
    write("src/loss/a.ts", "");
    write("src/loss/c_test.ts", 'Deno.test("it works", () => {});\n');
    const { code, text: said } = lint();
    deepStrictEqual(code, 1);
    match(said, /house\/test-name/);
    match(said, /house\/test-file/);
  } finally {
    Deno.removeSync(parent, { recursive: true });
  }
});
