import { equal } from "node:assert/strict";
import { tableText } from "./table_text.js";

const text = (text: string) => ({ text, value: null, more: {}, isBest: false });
const number = (
  text: string,
  value: number,
  { more = {}, isBest = false } = {},
) => ({ text, value, more, isBest });

const rows = [
  [text("loss · rate"), text("AP"), text("Size (nm)")],
  [
    text('a,"b" & c_d'),
    number("0.512 ± 0.013", 0.51234, {
      more: { SD: 0.0132, n: 3 },
      isBest: true,
    }),
    number("−6.36e−9", -6.36e-9),
  ],
  [text("<x> | y"), text("–"), number("10\u202f000", 10000)],
];

Deno.test("tableText() gives exact numbers as CSV, deviations in columns of their own", () => {
  equal(
    tableText(rows, "csv"),
    "loss · rate,AP,AP SD,AP n,Size (nm)\n" +
      '"a,""b"" & c_d",0.51234,0.0132,3,-6.36e-9\n' +
      "<x> | y,,,,10000\n",
  );
});

Deno.test("tableText() gives what is shown as Markdown, the best bold", () => {
  equal(
    tableText(rows, "markdown"),
    "| loss · rate | AP | Size (nm) |\n| :-- | --: | --: |\n" +
      '| a,"b" & c\\_d | **0.512 ± 0.013** | −6.36e−9 |\n' +
      "| \\<x\\> \\| y | – | 10\u202f000 |\n",
  );
});

Deno.test("tableText() gives a table for LaTeX with ± in its words", () => {
  equal(
    tableText(rows, "latex"),
    [
      "% needs \\usepackage{booktabs}",
      "\\begin{tabular}{lrr}",
      "\\toprule",
      "loss $\\cdot$ rate & AP & Size (nm) \\\\",
      "\\midrule",
      'a,"b" \\& c\\_d & $\\mathbf{0.512 \\pm 0.013}$ & $-6.36 \\cdot 10^{-9}$ \\\\',
      "$<$x$>$ | y & -- & $10\\,000$ \\\\",
      "\\bottomrule",
      "\\end{tabular}",
      "",
    ].join("\n"),
  );
});
