/**
 * A table as text: `rows` of cells, the first row its heading. A cell has `text`
 * as shown, `value` as an exact number or null, `more` numbers beside it by name
 * (such as a deviation), and `isBest`.
 */
export function tableText(rows, form) {
  return { csv, markdown, latex }[form](rows);
}

/** Exact numbers, those beside a mean in columns of their own. */
function csv([head, ...body]) {
  const more = head.map((_, i) => [
    ...new Set(body.flatMap((row) => Object.keys(row[i]?.more ?? {}))),
  ]);
  const quoted = (value) =>
    /[",\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
  const lines = [
    head.flatMap((
      { text },
      i,
    ) => [text, ...more[i].map((m) => `${text} ${m}`)]),
    ...body.map((row) =>
      row.flatMap(({ text, value, more: has }, i) => [
        value === null ? plain(text) : `${value}`,
        ...more[i].map((name) => `${has[name] ?? ""}`),
      ])
    ),
  ];
  return lines.map((line) => line.map(quoted).join(",")).join("\n") + "\n";
}

/** Dashes that stand for nothing are nothing; minus signs are those of programs. */
function plain(text) {
  return text === "–" ? "" : text.replaceAll("−", "-");
}

function markdown([head, ...body]) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  const safe = (text) => text.replace(/([\\|*_`<>[\]])/g, "\\$1");
  return [
    line(head.map(({ text }) => safe(text))),
    line(head.map((_, i) => isNumeric(body, i) ? "--:" : ":--")),
    ...body.map((row) =>
      line(
        row.map(({ text, isBest }) =>
          isBest ? `**${safe(text)}**` : safe(text)
        ),
      )
    ),
  ].join("\n") + "\n";
}

function latex([head, ...body]) {
  const columns = head.map((_, i) => isNumeric(body, i) ? "r" : "l").join("");
  const line = (cells) => `${cells.join(" & ")} \\\\`;
  return [
    "% needs \\usepackage{booktabs}",
    `\\begin{tabular}{${columns}}`,
    "\\toprule",
    line(head.map(({ text }) => escaped(text))),
    "\\midrule",
    ...body.map((row) => line(row.map(latexCell))),
    "\\bottomrule",
    "\\end{tabular}",
  ].join("\n") + "\n";
}

function latexCell({ text, value, isBest }) {
  if (value === null) return escaped(text === "–" ? "--" : text);
  const math = text.replaceAll("±", "\\pm").replaceAll("−", "-")
    .replaceAll("∞", "\\infty").replaceAll("\u202f", "\\,")
    .replace(/e(-?\d+)/g, " \\cdot 10^{$1}").replaceAll("%", "\\%");
  return isBest ? `$\\mathbf{${math}}$` : `$${math}$`;
}

const words = {
  "\\": "\\textbackslash{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
  "↑": "$\\uparrow$",
  "↓": "$\\downarrow$",
  "·": "$\\cdot$",
  "−": "$-$",
  "<": "$<$",
  ">": "$>$",
};

function escaped(text) {
  return text.replace(
    /[\\~^↑↓·−<>]|[&%$#_{}]/g,
    (c) => words[c] ?? `\\${c}`,
  );
}

function isNumeric(body, column) {
  return body.some((row) => row[column]?.value !== null);
}
