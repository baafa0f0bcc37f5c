/**
 * What keeps other pages out, on top of an address that they cannot guess. Each
 * answer tells the browser to let nobody else read, frame or embed it.
 */
export const guardHeaders: Readonly<Record<string, string>> = {
  "cache-control": "no-store",
  "content-security-policy":
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};

/**
 * Why a request is refused, or null if it is not: it comes from another page, or
 * would change something without the token that our pages have. Following a
 * link to here is fine wherever it stands, as that changes nothing.
 */
export function refusalOf(
  request: Request,
  { token }: { readonly token: string },
): string | null {
  const { method, headers, url } = request;
  const changes = method === "POST";
  if (!changes && method !== "GET") return "only GET and POST are answered";
  const origin = headers.get("origin");
  if (origin !== null && origin !== new URL(url).origin) {
    return "another page asks";
  }
  const site = headers.get("sec-fetch-site");
  const isOurs = site === null || ["none", "same-origin"].includes(site);
  const isLink = headers.get("sec-fetch-mode") === "navigate" &&
    headers.get("sec-fetch-dest") === "document";
  if (!isOurs && (changes || !isLink)) return "another page asks";
  return changes && headers.get("x-cleft-token") !== token
    ? "the token is missing"
    : null;
}
