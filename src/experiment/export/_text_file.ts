import type { ExportFormat, ExportRequest } from "./_format.ts";
import { writePieces } from "./_write_pieces.ts";

/** A format of any runs that is one file of text, written piece by piece. */
export function textFile(
  endings: readonly string[],
  pieces: (request: ExportRequest) => Iterable<string>,
): ExportFormat {
  return {
    takes: "any",
    endings,
    write(request) {
      const encoder = new TextEncoder();
      writePieces(
        request.path,
        Iterator.from(pieces(request)).map((piece) => encoder.encode(piece)),
      );
      return Promise.resolve([request.path]);
    },
  };
}
