/** What a page that follows is sent. */
export interface LiveEvent {
  /** What it is called. */
  readonly name: string;
  /** Up to where whoever has heard it knows everything. */
  readonly id: string;
  /** What it says, as JSON. */
  readonly data: unknown;
}

/** What a page is told last as the server ends: it need not wait for an answer. */
const lastEvent = "event: end\ndata: {}\n\n";

/**
 * Events for a page, as browsers follow them, until it is closed or `signal`
 * ends the server, which the page is told. `start` is given what sends one, and
 * returns what ends it.
 */
export function eventStream(
  signal: AbortSignal,
  start: (send: (event: LiveEvent) => void) => () => void,
): Response {
  const encoder = new TextEncoder();
  let end = () => {};
  /** Ends if the page has gone, which nobody need have told us yet. */
  const whileOpen = (act: () => void) => {
    try {
      act();
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      end();
    }
  };
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(encoder.encode("retry: 1000\n\n"));
      const stop = start(({ name, id, data }) => {
        const text = JSON.stringify(data); // on one line
        const event = `event: ${name}\nid: ${id}\ndata: ${text}\n\n`;
        whileOpen(() => controller.enqueue(encoder.encode(event)));
      });
      const close = () => {
        end();
        whileOpen(() => {
          controller.enqueue(encoder.encode(lastEvent));
          controller.close();
        });
      };
      end = () => {
        signal.removeEventListener("abort", close);
        stop();
      };
      signal.addEventListener("abort", close);
    },
    cancel: () => end(),
  });
  return new Response(body, {
    headers: { "content-type": "text/event-stream; charset=utf-8" },
  });
}
