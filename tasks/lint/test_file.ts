import { type House, pathIn } from "./house.ts";

/**
 * A test of a module is named after what it tests: `dice_test.ts` stands beside
 * `dice.ts` or `_dice.ts`, `dice_gradient_test.ts` tests one side of that, and
 * `block/block_test.ts` tests a folder.
 */
export function testFile(house: House): Deno.lint.Rule {
  return {
    create(context) {
      const path = pathIn(house, context.filename) ?? "";
      const [, folder, name] = /^(src\/.*)\/_?(\w+)_test\.tsx?$/.exec(path) ??
        [];
      if (folder === undefined || name === undefined) return {};
      return {
        Program(node) {
          const files = new Set(namesIn(`${house.folder}/${folder}`));
          const isNamed = folder.endsWith(`/${name}`) ||
            beginningsOf(name).some((tested) => files.has(tested));
          if (isNamed || house.exceptions.use(context.id, path)) return;
          context.report({
            node,
            message: `Cannot tell what "${name}_test.ts" tests`,
            hint: "Name it after a file beside it, or after its folder",
          });
        },
      };
    },
  };
}

/** `a_b_c`, `a_b` and `a`. */
function beginningsOf(name: string): readonly string[] {
  const words = name.split("_");
  return words.map((_, i) => words.slice(0, words.length - i).join("_"));
}

/** What the files of a folder are called, tests aside. */
function namesIn(folder: string): readonly string[] {
  return [...Deno.readDirSync(folder)]
    .filter(({ name }) => !/_test\.tsx?$/.test(name))
    .map(({ name }) => name.replace(/^_|\.\w+$/g, ""));
}
