import { ExperimentError } from "./errors.ts";

/** Something that is being served. */
export interface Served {
  /** Where: `http://127.0.0.1:PORT/SECRET`. */
  readonly base: string;
  /** Settles when it has ended, by the signal. */
  readonly finished: Promise<void>;
}

/** What is asked for, below the address that cannot be guessed. */
export interface Asked {
  /** The parts of its path, as they are meant. */
  readonly path: readonly string[];
  /** Its address. */
  readonly url: URL;
}

/** So long answers that have begun may go on once the server is to end. */
const lastWordMs = 1000;

/** So long it takes them to say that: a server that ends need not pass it on. */
const goodbyeMs = 100;

/**
 * Serves on this machine alone, under an address that cannot be guessed: whoever
 * is let in knows the secret in it. A page elsewhere that has its own name lead
 * to this machine is refused, as it still asks for that name.
 *
 * @param options.port 0 for any that is free.
 * @param options.headers What every answer has.
 * @param options.onError Told of what `answer` throws; who asked is told nothing.
 * @throws {ExperimentError} If the port cannot be had.
 */
export function serveLoopback(
  { port, signal, headers, onError }: {
    readonly port: number;
    readonly signal: AbortSignal;
    readonly headers: Readonly<Record<string, string>>;
    readonly onError: (error: unknown) => void;
  },
  answer: (request: Request, asked: Asked) => Response | Promise<Response>,
): Served {
  const secret = crypto.randomUUID();
  const refuse = (status: number) => new Response(null, { status, headers });
  const answerTo = async (request: Request) => {
    const url = new URL(request.url);
    if (url.hostname !== "127.0.0.1") return refuse(403);
    const [, given, ...path] = url.pathname.split("/");
    const names = given === secret ? decoded(path) : null;
    if (names === null) return refuse(404);
    const { status, headers: own, body } = await answer(request, {
      path: names,
      url,
    });
    return new Response(body, {
      status,
      headers: { ...headers, ...Object.fromEntries(own) },
    });
  };
  const atOnce = new AbortController();
  const server = explaining(port, () =>
    Deno.serve({
      hostname: "127.0.0.1",
      port,
      signal: atOnce.signal,
      onListen: () => {}, // the command tells the address
      onError(error) {
        onError(error);
        return refuse(500);
      },
    }, answerTo));
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = () => {
    timer = setTimeout(() => atOnce.abort(), lastWordMs);
    setTimeout(() => server.shutdown(), goodbyeMs);
  };
  if (signal.aborted) end();
  else signal.addEventListener("abort", end, { once: true });
  return {
    base: `http://127.0.0.1:${server.addr.port}/${secret}`,
    finished: server.finished.finally(() => clearTimeout(timer)),
  };
}

function decoded(path: readonly string[]): readonly string[] | null {
  try {
    return path.map(decodeURIComponent);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}

function explaining<T>(port: number, serve: () => T): T {
  try {
    return serve();
  } catch (cause) {
    const isTaken = cause instanceof Deno.errors.AddrInUse;
    if (!isTaken && !(cause instanceof Deno.errors.PermissionDenied)) {
      throw cause;
    }
    throw new ExperimentError(
      `Cannot serve at port ${port}: ${
        isTaken ? "another program has it" : "the system keeps it for itself"
      }`,
      {
        where: `127.0.0.1:${port}`,
        fix: "Name another port, or none for one that is free",
        cause,
      },
    );
  }
}
