import {
  type House,
  isOfTests,
  layerOf,
  moduleOf,
  pathIn,
  targetOf,
} from "./house.ts";
import { onReference } from "./_references.ts";

/**
 * Files know their module by relative paths, lower modules as
 * `@/<module>/mod.ts`, and nothing else of the project. Tests may know every
 * file of it, as `@/<module>/…` where it is of another module. Commands load
 * other modules, but for core, once they run.
 */
export function moduleBoundary(house: House): Deno.lint.Rule {
  return {
    create(context) {
      const path = pathIn(house, context.filename);
      if (path === null) return {};
      const module = moduleOf(path);
      return {
        Program(node) {
          if (module === null || layerOf(module) >= 0) return;
          context.report({
            node,
            message: `Cannot tell the layer of "src/${module}"`,
            hint: "Add it to the layers of tasks/lint/house.ts",
          });
        },
        ...onReference((node, specifier) => {
          const fault = specifier === null
            ? "Cannot tell what is imported: write its path out"
            : faultOf(path, specifier) ??
              (isLoaded(node) ? startFaultOf(path, specifier) : null);
          if (fault === null) return;
          const key = `${path} ${specifier ?? "(made up)"}`;
          if (house.exceptions.use(context.id, key)) return;
          context.report({ node, message: fault });
        }),
      };
    },
  };
}

/** What is wrong with an import, or null. */
function faultOf(path: string, specifier: string): string | null {
  if (/^(\/|file:|data:|https?:)/.test(specifier)) {
    return `Cannot import "${specifier}": name a package or a file of the project`;
  }
  const target = targetOf(path, specifier);
  if (target === null) return null;
  if (target.startsWith("..")) {
    return `Cannot import "${specifier}": it lies outside the project`;
  }
  const from = moduleOf(path), to = moduleOf(target);
  const isTest = isOfTests(path);
  if (from === to && from !== null) {
    return specifier.startsWith("@") && !isTest
      ? `Import "${specifier}" by a relative path: it is of the same module`
      : null;
  }
  if (to === null) {
    return from === null || isTest
      ? null
      : `Cannot import "${specifier}" from "${from}": it is of no module`;
  }
  if (layerOf(to) < 0) {
    return `Cannot import "${specifier}": there is no module "${to}"`;
  }
  const isNamed = isTest
    ? specifier.startsWith(`@/${to}/`)
    : specifier === `@/${to}/mod.ts`;
  if (!isNamed) {
    return isTest
      ? `Import "${specifier}" as "@/${to}/…"`
      : `Import "@/${to}/mod.ts", not a file inside it`;
  }
  return from === null || isTest || layerOf(to) < layerOf(from)
    ? null
    : `Cannot import "${to}" from "${from}": imports point to lower layers`;
}

/** Whether a file loads another one as it is loaded itself. */
function isLoaded(node: Deno.lint.Node): boolean {
  return node.type === "ImportDeclaration" && node.importKind === "value" ||
    node.type === "ExportAllDeclaration" && node.exportKind === "value" ||
    node.type === "ExportNamedDeclaration" && node.exportKind === "value";
}

/** What is wrong with loading a file at once: every command would wait for it. */
function startFaultOf(path: string, specifier: string): string | null {
  const to = moduleOf(targetOf(path, specifier) ?? "");
  const isFine = moduleOf(path) !== "command" || isOfTests(path) ||
    to === null || to === "command" || to === "core";
  return isFine
    ? null
    : `Load "${specifier}" when a command runs, by await import(…)`;
}
