/** A change of a source: what stands from `start` to `end` becomes `after`. */
export interface Change {
  readonly start: number;
  readonly end: number;
  readonly after: string;
}

/** What an operator may become. */
const others: Readonly<Record<string, readonly string[]>> = {
  "<": ["<=", ">="],
  "<=": ["<", ">"],
  ">": [">=", "<="],
  ">=": [">", "<"],
  "===": ["!=="],
  "!==": ["==="],
  "==": ["!="],
  "!=": ["=="],
  "&&": ["||"],
  "||": ["&&"],
  "+": ["-"],
  "-": ["+"],
  "*": ["/"],
  "/": ["*"],
  "%": ["*"],
  "+=": ["-="],
  "-=": ["+="],
  "*=": ["/="],
  "/=": ["*="],
};

/**
 * A rule of `deno lint` whose findings are no faults but what could be changed
 * about conditions and constants: comparisons, logical and arithmetic
 * operators, `!`, `??`, numbers, `true` and `false`, conditions as a whole,
 * early returns and errors thrown. The hint of each is a {@linkcode Change} in
 * JSON. Types are left alone, as tests run without looking at them.
 */
export const changes: Deno.lint.Rule = {
  create(context) {
    const { text } = context.sourceCode;
    const change = (node: Deno.lint.Node, after: string, span = node.range) => {
      const [start, end] = span;
      const hint = JSON.stringify({ start, end, after } satisfies Change);
      context.report({ node, message: "could be changed", hint });
    };
    const operator = (node: Operation) => {
      if (joinsTexts(node)) return;
      const span = placeOf(node, text);
      for (const other of others[node.operator] ?? []) {
        change(node, other, span);
      }
    };
    const condition = (node: Deno.lint.Node | null) => {
      if (node === null || changesItself(node)) return;
      change(node, `!(${text.slice(...node.range)})`);
    };
    return {
      BinaryExpression: operator,
      AssignmentExpression: operator,
      LogicalExpression(node) {
        operator(node);
        if (node.operator !== "??") return;
        for (const side of [node.left, node.right]) {
          change(node, `(${text.slice(...side.range)})`);
        }
      },
      UnaryExpression(node) {
        const [start] = node.range;
        if (node.operator === "!") change(node, "", [start, start + 1]);
      },
      Literal(node) {
        const { parent, value } = node;
        if (parent.type === "TSLiteralType" || isKey(node)) return;
        if (typeof value === "number") change(node, `${value + 1}`);
        if (typeof value === "boolean") change(node, `${!value}`);
      },
      IfStatement(node) {
        condition(node.test);
        if (!node.alternate && leaves(node.consequent)) change(node, ";");
      },
      ConditionalExpression: ({ test }) => condition(test),
      WhileStatement: ({ test }) => condition(test),
      DoWhileStatement: ({ test }) => condition(test),
      ForStatement: ({ test }) => condition(test),
      ThrowStatement: (node) => change(node, ";"),
    };
  },
};

type Operation =
  | Deno.lint.BinaryExpression
  | Deno.lint.LogicalExpression
  | Deno.lint.AssignmentExpression;

/** Where the operator stands, which the tree does not say. */
function placeOf(
  { left, operator, right }: Operation,
  text: string,
): [number, number] {
  const between = text.slice(left.range[1], right.range[0])
    .replaceAll(
      /\/\/.*|\/\*[^]*?\*\//g,
      (comment) => " ".repeat(comment.length),
    );
  const start = left.range[1] + between.indexOf(operator);
  return [start, start + operator.length];
}

/** Whether `+` has text beside it, and so is no sum. */
function joinsTexts({ left, right }: Operation): boolean {
  return [left, right].some((node) =>
    node.type === "TemplateLiteral" ||
    node.type === "Literal" && typeof node.value === "string" ||
    node.type === "BinaryExpression" && node.operator === "+" &&
      joinsTexts(node)
  );
}

/** Whether a condition is changed by its operator already. */
function changesItself(node: Deno.lint.Node): boolean {
  return node.type === "LogicalExpression" ||
    node.type === "BinaryExpression" && node.operator in others ||
    node.type === "UnaryExpression" && node.operator === "!" ||
    node.type === "Literal";
}

/** Whether a literal names a property, as in `{ 1: "one" }`. */
function isKey(node: Deno.lint.Node & { parent: Deno.lint.Node }): boolean {
  const { parent } = node;
  return parent.type === "Property" && parent.key === node && !parent.computed;
}

/** Whether a statement leaves a function or a turn of a loop, without an error. */
function leaves(node: Deno.lint.Statement): boolean {
  if (node.type === "BlockStatement") {
    const last = node.body.at(-1);
    return last !== undefined && leaves(last);
  }
  return node.type === "ReturnStatement" ||
    node.type === "ContinueStatement" || node.type === "BreakStatement";
}
