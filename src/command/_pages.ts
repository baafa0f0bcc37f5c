import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ExperimentError, programEnvironment, RunError } from "@/core/mod.ts";

/** What opens a file as a double click does; `xdg-open` where nothing is said. */
const openers: Partial<Record<typeof Deno.build.os, string>> = {
  darwin: "open",
  windows: "explorer",
};

/** After this time, a program that has not ended has opened the page. */
const longestMs = 5000;

/** A page: what a program opens it by, and how users are told of it. */
interface Page {
  readonly target: string;
  readonly href: string;
}

/** The pages that a command writes: how users are told of them, and `--open`. */
export class Pages {
  readonly #opener: string | null;
  readonly #pages: Page[] = [];

  /**
   * Takes whether they are to be opened.
   *
   * @throws {ExperimentError} If so, and nothing here opens pages.
   */
  constructor({ opens }: { readonly opens: boolean }) {
    this.#opener = opens ? openerHere() : null;
  }

  /** Takes a page that was written; the link to it, which browsers understand. */
  add(path: string): string {
    const { href } = pathToFileURL(path);
    this.#pages.push({ target: path, href });
    return href;
  }

  /** Takes a page that is served. */
  addLink(link: string): void {
    this.#pages.push({ target: link, href: link });
  }

  /**
   * Opens them, each once, if that was asked for.
   *
   * @throws {RunError} If one does not open.
   */
  async open(): Promise<void> {
    if (this.#opener === null) return;
    for (const page of this.#pages.splice(0)) await openBy(this.#opener, page);
  }
}

function openerHere(): string {
  const { os } = Deno.build;
  const opener = openers[os] ?? "xdg-open";
  if (isOnPath(os === "windows" ? `${opener}.exe` : opener)) return opener;
  throw new ExperimentError(
    `Cannot open pages: the program ${opener} is not here`,
    {
      where: "--open",
      fix: "Leave --open out, and open the link that is printed",
    },
  );
}

function isOnPath(program: string): boolean {
  const folders = (Deno.env.get("PATH") ?? "")
    .split(Deno.build.os === "windows" ? ";" : ":");
  return folders.some((folder) => {
    try {
      return folder !== "" && Deno.statSync(join(folder, program)).isFile;
    } catch {
      return false; // no such file, or nobody may look
    }
  });
}

async function openBy(opener: string, { target, href }: Page): Promise<void> {
  const child = new Deno.Command(opener, {
    args: [target],
    stdin: "null",
    stdout: "null",
    stderr: "null",
    env: programEnvironment(),
  }).spawn();
  child.unref(); // a browser may stay
  const waited = Promise.withResolvers<null>();
  const timer = setTimeout(() => waited.resolve(null), longestMs);
  const status = await Promise.race([child.status, waited.promise]);
  clearTimeout(timer);
  // What Windows' explorer ends with says nothing.
  if (status === null || status.success || opener === "explorer") return;
  throw new RunError(
    `Cannot open the page: ${opener} ended with ${status.code}; it is there`,
    { where: "--open", fix: `Open it yourself: ${href}` },
  );
}
