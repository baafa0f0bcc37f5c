import { type House, pathIn } from "./house.ts";
import { textOf } from "./_references.ts";

/**
 * A test's name is a sentence that begins with what it tests: `dice() ignores
 * unlabelled voxels`. Code that it begins with has to occur in the file or the
 * one beside it, so that no name stays behind when what it names gets another.
 */
export function testName(house: House): Deno.lint.Rule {
  return {
    create(context) {
      const path = pathIn(house, context.filename);
      if (path === null || !/_test\.tsx?$/.test(path)) return {};
      const tests: { node: Deno.lint.Node; name: string }[] = [];
      return {
        CallExpression({ callee, arguments: [first] }) {
          if (!first || !isTest(context.sourceCode.getText(callee))) return;
          const name = nameIn(first);
          if (name !== null) tests.push({ node: first, name });
        },
        "Program:exit"() {
          let code = `${
            testedBy(context.filename)
          }\n${context.sourceCode.text}`;
          for (const { node } of tests) {
            code = code.replaceAll(context.sourceCode.getText(node), "");
          }
          for (const { node, name } of tests) {
            const fault = faultOf(name, code);
            if (fault === null) continue;
            if (house.exceptions.use(context.id, `${path} ${name}`)) continue;
            context.report({
              node,
              message: `Cannot name a test "${name}" as ${fault}`,
              hint: "Begin with what it tests, and say what that does",
            });
          }
        },
      };
    },
  };
}

/** Whether a function registers a test: `Deno.test`, `testOnEngines`, … */
function isTest(callee: string): boolean {
  return /^(Deno\.test(\.\w+)?|test[A-Z]\w*|\w+Test)$/
    .test(callee);
}

/** The name that the first argument holds, `…` where it is made up. */
function nameIn(node: Deno.lint.Node): string | null {
  if (node.type === "ObjectExpression") {
    for (const property of node.properties) {
      if (
        property.type === "Property" &&
        property.key.type === "Identifier" && property.key.name === "name"
      ) return nameIn(property.value);
    }
    return null;
  }
  if (node.type === "BinaryExpression" && node.operator === "+") {
    const name = nameIn(node.left);
    return name === null ? null : `${name}…`;
  }
  return node.type === "TemplateLiteral"
    ? node.quasis.map(({ cooked }) => cooked).join("…")
    : textOf(node);
}

/** Why a name is none, or null. */
function faultOf(name: string, code: string): string | null {
  if (name.startsWith("…")) return null;
  if (/\.$/.test(name)) return "it ends with a full stop";
  if (name.split(/\s+/).length < 2) return "it is no sentence";
  const [first = ""] = /^[\w.#]+/.exec(name) ?? [];
  if (/^(it|its|should|tests?|works?|is|has|does|can|when|if)$/i.test(first)) {
    return "it does not begin with what it tests";
  }
  const isCode = /[A-Z_.#]/.test(first) || name.startsWith(`${first}()`);
  const own = first.split(/[.#]/).at(-1)!;
  return isCode && !new RegExp(`\\b${own}\\b`).test(code)
    ? `neither the file nor the one beside it has "${own}"`
    : null;
}

/** The file beside a test that it is named after; nothing if there is none. */
function testedBy(filename: string): string {
  const [, folder, name] = /^(.*\/)(_?\w+)_test\.tsx?$/.exec(filename) ?? [];
  for (const file of [name, `_${name}`]) {
    for (const ending of ["ts", "tsx"]) {
      try {
        return Deno.readTextFileSync(`${folder}${file}.${ending}`);
      } catch (error) {
        if (!(error instanceof Deno.errors.NotFound)) throw error;
      }
    }
  }
  return "";
}
