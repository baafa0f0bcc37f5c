/** Modules by layer; a module imports from lower layers alone. */
const layers: readonly (readonly string[])[] = [
  ["core"],
  ["engine"],
  ["data", "model", "loss", "metric", "align", "record"],
  ["train", "infer", "report"],
  ["experiment"],
  ["command"],
];

function layerOf(module: string): number {
  return layers.findIndex((layer) => layer.includes(module));
}

/** The house rules that `deno lint` does not know. */
const plugin: Deno.lint.Plugin = {
  name: "house",
  rules: {
    "module-boundary": {
      create: (context) => ({
        ImportDeclaration(node) {
          const from = /\/src\/(\w+)\//.exec(context.filename)?.[1];
          const [, to, rest] = /^@\/(\w+)\/(.*)$/.exec(node.source.value) ?? [];
          if (!from || !to || context.filename.endsWith("_test.ts")) return;
          if (rest !== "mod.ts") {
            context.report({
              node,
              message: `Import "@/${to}/mod.ts", not a file inside it`,
            });
          } else if (layerOf(from) <= layerOf(to)) {
            context.report({
              node,
              message:
                `Cannot import "${to}" from "${from}": imports point to lower layers`,
            });
          }
        },
      }),
    },
    "no-unseeded-randomness": {
      create: (context) => ({
        "MemberExpression[object.name='Math'][property.name='random']"(node) {
          context.report({
            node,
            message: "Cannot use Math.random: the run could not be repeated",
            hint: "Take an Rng parameter and draw from it",
          });
        },
      }),
    },
    "no-default-export": {
      create: (context) => ({
        ExportDefaultDeclaration(node) {
          if (context.filename.includes("/tasks/")) return;
          context.report({
            node,
            message:
              "Cannot export by default: one name everywhere keeps a symbol greppable",
            hint: "Export it by name",
          });
        },
      }),
    },
  },
};
export default plugin;
