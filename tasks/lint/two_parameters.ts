import { type House, pathIn } from "./house.ts";

/** Whatever has parameters and can be exported by a name. */
type Callable =
  | Deno.lint.FunctionDeclaration
  | Deno.lint.TSDeclareFunction
  | Deno.lint.FunctionExpression
  | Deno.lint.ArrowFunctionExpression;

/**
 * An exported function has at most two positional parameters. What may follow
 * them is an options object, and a stream of random numbers at the very end.
 */
export function twoParameters(house: House): Deno.lint.Rule {
  return {
    create: (context) => ({
      Program({ body }) {
        const exported = exportedNames(body);
        for (const statement of body) {
          for (const [name, node] of functionsOf(statement)) {
            if (!exported.has(name)) continue;
            const count = positional(node.params);
            const key = `${pathIn(house, context.filename)} ${name}`;
            if (count <= 2 || house.exceptions.use(context.id, key)) continue;
            context.report({
              node,
              message:
                `Cannot export ${name}() with ${count} positional parameters`,
              hint: "Beyond two, take an options object",
            });
          }
        }
      },
    }),
  };
}

/** The names a file exports of what it declares itself. */
function exportedNames(body: Deno.lint.Program["body"]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const statement of body) {
    if (statement.type !== "ExportNamedDeclaration") continue;
    for (const [name] of functionsOf(statement)) names.add(name);
    if (statement.source) continue;
    for (const { local } of statement.specifiers) {
      if (local.type === "Identifier") names.add(local.name);
    }
  }
  return names;
}

/** The functions that a statement declares, with their names. */
function functionsOf(node: Deno.lint.Node): readonly [string, Callable][] {
  if (node.type === "ExportNamedDeclaration") {
    return node.declaration ? functionsOf(node.declaration) : [];
  }
  if (
    node.type === "FunctionDeclaration" || node.type === "TSDeclareFunction"
  ) {
    return node.id ? [[node.id.name, node]] : [];
  }
  if (node.type !== "VariableDeclaration") return [];
  return node.declarations.flatMap(({ id, init }) =>
    id.type === "Identifier" &&
      (init?.type === "ArrowFunctionExpression" ||
        init?.type === "FunctionExpression")
      ? [[id.name, init] as [string, Callable]]
      : []
  );
}

/** How many parameters are known by their place. */
function positional(params: readonly Deno.lint.Parameter[]): number {
  const left = [...params];
  if (typeName(left.at(-1)) === "Rng") left.pop();
  if (isOptions(left.at(-1))) left.pop();
  return left.length;
}

/** Whether a parameter is taken apart by names, or called options by its type. */
function isOptions(parameter: Deno.lint.Parameter | undefined): boolean {
  if (parameter?.type === "AssignmentPattern") return isOptions(parameter.left);
  return parameter?.type === "ObjectPattern" ||
    (typeName(parameter)?.endsWith("Options") ?? false);
}

function typeName(parameter: Deno.lint.Parameter | undefined): string | null {
  const annotated = parameter?.type === "AssignmentPattern"
    ? parameter.left
    : parameter;
  if (annotated?.type !== "Identifier") return null;
  const type = annotated.typeAnnotation?.typeAnnotation;
  return type?.type === "TSTypeReference" && type.typeName.type === "Identifier"
    ? type.typeName.name
    : null;
}
