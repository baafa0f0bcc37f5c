import { equal } from "node:assert/strict";
import { join } from "node:path";

/** Longer than a busy machine takes to draw a page. */
const longestMs = 60_000;

/** The browser on the path, or undefined. */
export function findBrowser(): string | undefined {
  return [
    "chromium",
    "chromium-browser",
    "chromium-headless-shell",
    "google-chrome",
  ].find((name) => {
    try {
      return new Deno.Command(name, { args: ["--version"] }).outputSync()
        .success;
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return false;
      throw error;
    }
  });
}

const browser = findBrowser();

/** A test of pages in a browser each; skipped where there is none. */
export function testInBrowser(
  name: string,
  { html, test }: {
    readonly html: () => string | readonly string[];
    readonly test: (...pages: BrowserPage[]) => Promise<void>;
  },
): void {
  const why = browser ? "" : " (skipped: there is no Chromium)";
  Deno.test({
    name: name + why,
    ignore: !browser,
    fn: async () => {
      await using opened = new AsyncDisposableStack();
      const pages: BrowserPage[] = [];
      for (const page of [html()].flat()) {
        pages.push(opened.use(await BrowserPage.open(browser!, page)));
      }
      try {
        await test(...pages);
      } finally { // what pages complain of comes first: it may be why
        equal(pages.flatMap(({ complaints }) => complaints).join("\n"), "");
      }
    },
  });
}

/** An expression that so many elements of a page make true. */
export function countIs(selector: string, count: number): string {
  return `document.querySelectorAll(${
    JSON.stringify(selector)
  }).length === ${count}`;
}

/** What DevTools says: the answer to a question, or what happened. */
interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: { readonly result?: { readonly value?: unknown } };
}

/** A page in a headless browser of its own, spoken to by DevTools' protocol. */
export class BrowserPage implements AsyncDisposable {
  /** What the page has complained of. */
  readonly complaints: string[] = [];
  readonly #folder = Deno.makeTempDirSync({ prefix: "cleft-browser-" });
  readonly #process: Deno.ChildProcess;
  readonly #waiting = new Map<number, (answer: Message) => void>();
  #socket: WebSocket | undefined;
  #sent = 0;

  private constructor(browser: string) {
    this.#process = new Deno.Command(browser, {
      args: [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        `--user-data-dir=${join(this.#folder, "profile")}`,
        "--remote-debugging-port=0",
        "--window-size=1400,6000",
      ],
      stdout: "null",
      stderr: "piped",
    }).spawn();
  }

  /** Opens a page by its HTML. */
  static open(browser: string, html: string): Promise<BrowserPage> {
    const page = new BrowserPage(browser);
    const path = join(page.#folder, "page.html");
    Deno.writeTextFileSync(path, html);
    return page.#visited(`file://${path}`);
  }

  /** Opens a page by its address. */
  static visit(browser: string, url: string): Promise<BrowserPage> {
    return new BrowserPage(browser).#visited(url);
  }

  async #visited(url: string): Promise<BrowserPage> {
    try {
      await this.#connect();
      for (const domain of ["Runtime", "Log", "Page"]) {
        await this.#ask(`${domain}.enable`);
      }
      await this.#ask("Page.navigate", { url });
      return this;
    } catch (error) {
      await this[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** Waits until an expression is true in the page. */
  async until(expression: string): Promise<void> {
    const end = performance.now() + longestMs;
    while (await this.#valueOf(expression) !== true) {
      if (performance.now() > end) {
        throw new Error(
          [`Never true: ${expression}`, ...this.complaints].join("\n"),
        );
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** What an expression is in the page, as JSON knows it. */
  async valueOf<T>(expression: string): Promise<T> {
    return JSON.parse(
      `${await this.#valueOf(`JSON.stringify(${expression})`)}`,
    );
  }

  /** The page as it is now. */
  async html(): Promise<string> {
    return `${await this.#valueOf("document.documentElement.outerHTML")}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const limit = setTimeout(() => this.#process.kill("SIGKILL"), 5000);
    if (this.#socket) this.#send("Browser.close");
    else this.#process.kill();
    for await (const _ of this.#process.stderr); // until its children are gone
    await this.#process.status;
    clearTimeout(limit);
    this.#socket?.close();
    await Deno.remove(this.#folder, { recursive: true });
  }

  async #connect(): Promise<void> {
    const socket = new WebSocket(await this.#address());
    socket.onmessage = ({ data }) => this.#take(JSON.parse(data));
    await new Promise((resolve, reject) => {
      socket.onopen = resolve;
      socket.onerror = reject;
    });
    this.#socket = socket;
  }

  /** Where a new page listens, once the browser has said where it does. */
  async #address(): Promise<string> {
    const decoder = new TextDecoder();
    let said = "";
    const reader = this.#process.stderr.getReader();
    try {
      for (;;) {
        const { value, done } = await reader.read();
        if (done) throw new Error(`The browser has ended: ${said}`);
        said += decoder.decode(value, { stream: true });
        const [, host] = /listening on ws:\/\/([^/]+)\//.exec(said) ?? [];
        if (host === undefined) continue;
        const answer = await fetch(`http://${host}/json/new`, {
          method: "PUT",
        });
        return (await answer.json()).webSocketDebuggerUrl;
      }
    } finally {
      reader.releaseLock();
    }
  }

  #take(message: Message): void {
    if (message.id !== undefined) this.#waiting.get(message.id)?.(message);
    else if (
      message.method === "Runtime.exceptionThrown" ||
      message.method === "Runtime.consoleAPICalled" ||
      message.method === "Log.entryAdded"
    ) {
      const said = JSON.stringify(message.params);
      const [, exception] = /"description":"(.*?[^\\])"/.exec(said) ?? [];
      this.complaints.push(exception ?? said);
    }
  }

  #ask(method: string, params: object = {}): Promise<Message> {
    return new Promise((resolve) => {
      this.#waiting.set(this.#send(method, params), resolve);
    });
  }

  /** Says something, and returns the number its answer will have. */
  #send(method: string, params: object = {}): number {
    const id = this.#sent++;
    this.#socket!.send(JSON.stringify({ id, method, params }));
    return id;
  }

  async #valueOf(expression: string): Promise<unknown> {
    const { result } = await this.#ask("Runtime.evaluate", { expression });
    return result?.result?.value;
  }
}
