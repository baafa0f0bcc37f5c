import { type House, pathIn } from "./house.ts";
import { moduleBoundary } from "./module_boundary.ts";
import { noComponentName } from "./no_component_name.ts";
import { noImportCircle } from "./no_import_circle.ts";
import { testFile } from "./test_file.ts";
import { testName } from "./test_name.ts";
import { twoParameters } from "./two_parameters.ts";

/** The house rules that `deno lint` does not know, for a project in a folder. */
export function housePlugin(house: House): Deno.lint.Plugin {
  return {
    name: "house",
    rules: {
      "module-boundary": moduleBoundary(house),
      "no-import-circle": noImportCircle(house),
      "two-parameters": twoParameters(house),
      "no-component-name": noComponentName(house),
      "test-name": testName(house),
      "test-file": testFile(house),
      "no-unseeded-randomness": noUnseededRandomness,
      "no-default-export": noDefaultExport(house),
    },
  };
}

const noUnseededRandomness: Deno.lint.Rule = {
  create: (context) => ({
    "MemberExpression[object.name='Math'][property.name='random']"(node) {
      context.report({
        node,
        message: "Cannot use Math.random: the run could not be repeated",
        hint: "Take an Rng parameter and draw from it",
      });
    },
  }),
};

function noDefaultExport(house: House): Deno.lint.Rule {
  return {
    create: (context) => ({
      ExportDefaultDeclaration(node) {
        // `deno lint` takes plugins by their default exports.
        const path = pathIn(house, context.filename) ?? "";
        if (/^tasks\/\w+_plugin\.ts$/.test(path)) return;
        context.report({
          node,
          message:
            "Cannot export by default: one name everywhere keeps a symbol greppable",
          hint: "Export it by name",
        });
      },
    }),
  };
}
