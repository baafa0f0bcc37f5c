import type { CommandContext } from "./_context.ts";
import { commands } from "./mod.ts";
import { type Said, sayTo } from "./_testing.ts";

/** A layer, as a link to Neuroglancer names it. */
export interface LinkedLayer {
  readonly name: string;
  readonly source: string;
}

/** Carries out a `view`; it ends when the link was there and `look` has looked. */
export async function lookAtView(
  look: (layers: readonly LinkedLayer[]) => Promise<void>,
  { words, context }: {
    readonly words: readonly string[];
    readonly context: Partial<CommandContext>;
  },
): Promise<Said> {
  const stop = new AbortController();
  let looking: Promise<void> | undefined;
  const said = await sayTo(commands, words, {
    context: {
      ...context,
      signal: stop.signal,
      print(line) {
        const [, state] = line.split("#!");
        if (state === undefined) return;
        looking = look(JSON.parse(decodeURIComponent(state)).layers)
          .finally(() => stop.abort());
      },
    },
  });
  await looking;
  return said;
}

/** The first chunk of a layer, as it is served. */
export async function chunkOf({ source }: LinkedLayer): Promise<ArrayBuffer> {
  const response = await fetch(`${source.replace("zarr2://", "")}/0/0/0/0`);
  return await response.arrayBuffer();
}
