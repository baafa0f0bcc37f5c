import { deepEqual, doesNotMatch, ok } from "node:assert/strict";
import fc from "fast-check";
import { dotsHtml, forestHtml, rangeOf } from "./strip_html.ts";

const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });

Deno.test("rangeOf() holds all values and is never empty", () => {
  fc.assert(fc.property(fc.array(number, { minLength: 1 }), (values) => {
    const [low, high] = rangeOf(values);
    ok(low < high);
    ok(low <= Math.min(...values) && Math.max(...values) <= high);
  }));
  deepEqual(rangeOf([1, 2]), [0.96, 2.04]);
  deepEqual(rangeOf([-20]), [-21, -19]);
  deepEqual(rangeOf([0, 0]), [-1, 1]);
});

/** Where marks of a class are, from the left. */
const at = (html: string, name: string, attribute = "x1") =>
  [...html.matchAll(
    new RegExp(`class="${name}[^>]*?${attribute}="([^"]+)"`, "g"),
  )]
    .map(([, x]) => Number(x));

Deno.test("dotsHtml() places values, their mean and what they are compared with", () => {
  const dots = (tick: number | null) =>
    dotsHtml({
      ...{ values: [0, 1], mean: 0.5, tick, name: "a" },
      range: [0, 2],
    });
  const html = dots(2);
  deepEqual(at(html, "strip-dot", "cx"), [5, 75]); // of 150, 5 at either end
  deepEqual(at(html, "strip-mean"), [40]);
  deepEqual(at(html, "strip-tick"), [145]);
  deepEqual([at(html, "strip-line"), at(html, "strip-line", "x2")], [[0], [
    150,
  ]]);
  const middles = [...html.matchAll(/y1="(\d+)" y2="(\d+)"|cy="(\d+)"/g)]
    .map(([, y1, y2, cy]) => cy ? 2 * Number(cy) : Number(y1) + Number(y2));
  deepEqual(new Set(middles), new Set([18])); // all on one line
  deepEqual(at(dots(0), "strip-tick"), [5]);
  for (const outside of [null, -0.1, 2.1]) {
    doesNotMatch(dots(outside), /strip-tick/);
  }
});

Deno.test("forestHtml() places differences about zero", () => {
  const html = forestHtml({
    ...{ each: [-1, 2], mean: 0.5, interval: null, name: "a" },
    range: [-2, 2],
  });
  deepEqual(at(html, "strip-zero"), [75]);
  deepEqual(at(html, "strip-dot", "cx"), [40, 145]);
  deepEqual(at(html, "strip-point", "cx"), [92.5]);
  doesNotMatch(html, /strip-interval/);
});

Deno.test("forestHtml() ends an interval by a bar, and one that is cut by an arrow", () => {
  const ends = (interval: readonly [number, number]) => {
    const html = forestHtml({
      ...{ each: [0], mean: 0, interval, name: "a" },
      range: [-2, 2],
    });
    const line = /x1="([^"]+)" x2="([^"]+)" y1="9" y2="9"/.exec(html)!;
    return [line[1], line[2], / d="([^"]+)"/.exec(html)![1]];
  };
  deepEqual(ends([-1, 2]), ["40.0", "145.0", "M40 5V13M145 5V13"]);
  deepEqual(ends([-3, 1]), ["5.0", "110.0", "M10 5L5 9L10 13M110 5V13"]);
  deepEqual(ends([-2, 9]), ["5.0", "145.0", "M5 5V13M140 5L145 9L140 13"]);
});

Deno.test("forestHtml() draws every mark inside, whatever is drawn", () => {
  const cases = fc.tuple(fc.array(number, { minLength: 1 }), number, number);
  fc.assert(
    fc.property(cases, ([each, a, b]) => {
      const html = forestHtml({
        ...{ each, mean: each[0]!, name: "a" },
        interval: [each[0]! - Math.abs(a), each[0]! + Math.abs(b)],
        range: rangeOf([...each, 0]),
      });
      const places = [...html.matchAll(/(?:cx|x1|x2)="([^"]+)"/g)];
      ok(places.length >= 4 + each.length);
      for (const [, x] of places) ok(Number(x) >= 5 && Number(x) <= 145, x);
    }),
    { numRuns: 30 },
  );
});
