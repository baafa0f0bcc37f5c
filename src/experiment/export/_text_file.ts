import type { ExportFormat, ExportRequest } from "./_format.ts";
import { writePieces } from "./_write_pieces.ts";

/** Characters that are written at once. */
const charactersAtOnce = 1 << 20;

/** A format of any runs that is one file of text, given in pieces. */
export function textFile(
  endings: readonly string[],
  pieces: (request: ExportRequest) => Iterable<string>,
): ExportFormat {
  return {
    takes: "any",
    endings,
    write(request) {
      writePieces(request.path, encoded(pieces(request)));
      return Promise.resolve([request.path]);
    },
  };
}

function* encoded(pieces: Iterable<string>): Iterable<Uint8Array> {
  const encoder = new TextEncoder();
  let waiting = "";
  for (const piece of pieces) {
    waiting += piece;
    if (waiting.length < charactersAtOnce) continue;
    yield encoder.encode(waiting);
    waiting = "";
  }
  yield encoder.encode(waiting);
}
