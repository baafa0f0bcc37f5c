/**
 * Visits whatever makes a file depend on another one: `import` and `export …
 * from`, of types too, `import("…")` and the type of that name. The specifier
 * is null where it is made up at run time.
 */
export function onReference(
  visit: (node: Deno.lint.Node, specifier: string | null) => void,
): Deno.lint.LintVisitor {
  return {
    ImportDeclaration: (node) => visit(node, node.source.value),
    ExportAllDeclaration: (node) => visit(node, node.source.value),
    ExportNamedDeclaration(node) {
      if (node.source) visit(node, node.source.value);
    },
    ImportExpression: (node) => visit(node, textOf(node.source)),
    TSImportType(node) {
      const { argument } = node;
      visit(
        node,
        argument.type === "TSLiteralType" ? textOf(argument.literal) : null,
      );
    },
  };
}

/** The string an expression is; null if that shows only at run time. */
export function textOf(node: Deno.lint.Node): string | null {
  if (node.type === "TemplateLiteral" && node.expressions.length === 0) {
    return node.quasis[0]!.cooked;
  }
  return node.type === "Literal" && typeof node.value === "string"
    ? node.value
    : null;
}
