import { type House, isOfTests, moduleOf, pathIn } from "./house.ts";
import { textOf } from "./_references.ts";

/**
 * Code that works with components, or with what a metric gives, never asks for
 * one by name: no `type` or `name` is compared with one, but in the file that
 * defines it.
 */
export function noComponentName(house: House): Deno.lint.Rule {
  let homes: ReadonlyMap<string, ReadonlySet<string>> | undefined;
  return {
    create(context) {
      const path = pathIn(house, context.filename);
      if (path === null || moduleOf(path) === null || isOfTests(path)) {
        return {};
      }
      const check = (
        { node, value }: { node: Deno.lint.Node; value: Deno.lint.Node },
      ) => {
        const name = textOf(value);
        if (name === null) return;
        homes ??= homesOfComponents(house.folder);
        if (!homes.has(name) || homes.get(name)!.has(path)) return;
        if (house.exceptions.use(context.id, `${path} ${name}`)) return;
        context.report({
          node,
          message:
            `Cannot ask for "${name}" by name: it is a component, or what one gives`,
          hint: "Ask the component, by a property that says what it is like",
        });
      };
      return {
        BinaryExpression(node) {
          if (!/^[!=]==?$/.test(node.operator)) return;
          const { left, right } = node;
          if (isName(left)) check({ node, value: right });
          if (isName(right)) check({ node, value: left });
        },
        SwitchStatement({ discriminant, cases }) {
          if (!isName(discriminant)) return;
          for (const node of cases) {
            if (node.test) check({ node, value: node.test });
          }
        },
        CallExpression(node) {
          const { callee, arguments: [wanted] } = node;
          if (
            callee.type !== "MemberExpression" ||
            callee.object.type !== "ArrayExpression" ||
            callee.property.type !== "Identifier" ||
            !/^(includes|indexOf)$/.test(callee.property.name) ||
            !wanted || !isName(wanted)
          ) return;
          for (const value of callee.object.elements) {
            if (value) check({ node, value });
          }
        },
      };
    },
  };
}

/** Whether an expression is a `type` or a `name`, of something or by itself. */
function isName(node: Deno.lint.Node): boolean {
  if (node.type === "ChainExpression") return isName(node.expression);
  if (node.type === "TSNonNullExpression") return isName(node.expression);
  if (node.type === "Identifier") return /^(type|name)$/.test(node.name);
  return node.type === "MemberExpression" &&
    /^(type|name)$/.test(
      node.property.type === "Identifier"
        ? node.property.name
        : textOf(node.property) ?? "",
    );
}

/** The files that define each component and each output of a metric. */
function homesOfComponents(folder: string): Map<string, Set<string>> {
  const homes = new Map<string, Set<string>>();
  for (const path of sources(`${folder}/src`)) {
    const own = path.slice(folder.length + 1);
    // Commands are named alike, and have no options of experiment files.
    if (isOfTests(own) || moduleOf(own) === "command") continue;
    const named = /\bname: "(\w+)",\s+(?:\w+: [^\n]*,\s+|\/\/.*\s+)*?summary:/g;
    for (const [, name] of Deno.readTextFileSync(path).matchAll(named)) {
      homes.set(name!, (homes.get(name!) ?? new Set()).add(own));
    }
  }
  return homes;
}

function* sources(folder: string): Generator<string> {
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    const path = `${folder}/${name}`;
    if (isDirectory) yield* sources(path);
    else if (/\.tsx?$/.test(name)) yield path;
  }
}
