import { deepStrictEqual } from "node:assert/strict";
import { refusalOf } from "./guard.ts";

const url = "http://127.0.0.1:9/s/act/tag", token = "t";

function refusal(
  method: string,
  headers: Readonly<Record<string, string>> = {},
): string | null {
  return refusalOf(new Request(url, { method, headers }), { token });
}

const ours = { "sec-fetch-site": "same-origin", origin: "http://127.0.0.1:9" };
const theirs = { "sec-fetch-site": "cross-site" };
const link = { "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };

Deno.test("refusalOf() lets our pages read, and change with their token", () => {
  deepStrictEqual(refusal("GET"), null); // no browser
  deepStrictEqual(refusal("GET", ours), null);
  deepStrictEqual(refusal("GET", { "sec-fetch-site": "none", ...link }), null);
  deepStrictEqual(refusal("POST", { ...ours, "x-cleft-token": "t" }), null);
  for (const given of [{}, { "x-cleft-token": "u" }]) {
    deepStrictEqual(
      refusal("POST", { ...ours, ...given }),
      "the token is missing",
    );
  }
});

Deno.test("refusalOf() keeps other pages out, but for links that lead here", () => {
  const withToken = { "x-cleft-token": "t" };
  const other = "another page asks";
  deepStrictEqual(refusal("GET", theirs), other);
  deepStrictEqual(refusal("GET", { ...theirs, ...link }), null);
  deepStrictEqual(
    refusal("GET", { ...theirs, ...link, "sec-fetch-dest": "iframe" }),
    other,
  );
  for (const site of ["cross-site", "same-site"]) {
    const headers = { ...link, ...withToken, "sec-fetch-site": site };
    deepStrictEqual(refusal("POST", headers), other, site);
  }
  for (const origin of ["http://127.0.0.1:8", "http://evil.example", "null"]) {
    deepStrictEqual(refusal("POST", { ...withToken, origin }), other, origin);
    deepStrictEqual(refusal("GET", { origin }), other, origin);
  }
});

Deno.test("refusalOf() knows no other methods", () => {
  for (const method of ["PUT", "DELETE", "OPTIONS", "HEAD"]) {
    deepStrictEqual(
      refusal(method, ours),
      "only GET and POST are answered",
      method,
    );
  }
});
