import { join } from "node:path";
import type * as z from "zod";
import { recall, remember } from "./cache_entry.ts";
import { NotAtHand } from "./errors.ts";
import { sha256Hex } from "./files.ts";
import { canonicalJson } from "./text.ts";

/** Where what was found is kept, and whether there is time for new ones. */
export interface SearchPlace {
  /** The folder of the cache. */
  readonly cacheFolder: string;
  /** Whether an answer is wanted at once: what is slow is not found then. */
  readonly atOnce?: boolean;
}

/** What is to be known of some data. */
export interface Search<Found> {
  /** Its folder in the cache. */
  readonly kind: string;
  /** All that it follows from, as plain values. */
  readonly key: unknown;
  /** What it looks like; anything else in the cache is found again. */
  readonly schema: z.ZodType<Found>;
  /** Finds it. */
  find(): Found;
  /** What takes so long that who wants an answer at once is told of it instead. */
  readonly slow?: {
    /** What it is: `the shifts of the sections`. */
    readonly what: string;
    /** Whose it is. */
    readonly where: string;
  } | false;
}

/** That something takes longer to find than there is time. */
export class NotFoundYet extends NotAtHand {}

/** What was found before of some data; undefined if it is not known. */
export function foundBefore<Found>(
  { cacheFolder }: Pick<SearchPlace, "cacheFolder">,
  { kind, key, schema }: Pick<Search<Found>, "kind" | "key" | "schema">,
): Found | undefined {
  return schema.safeParse(recall(placeOf(cacheFolder, { kind, key }))).data;
}

/**
 * Finds what takes long and follows from its key alone, once as long as the cache
 * is kept.
 *
 * @throws {NotFoundYet} If it is not known yet, and wanted at once.
 */
export function foundOnce<Found>(
  { cacheFolder, atOnce = false }: SearchPlace,
  { kind, key, schema, find, slow = false }: Search<Found>,
): Found {
  const known = foundBefore({ cacheFolder }, { kind, key, schema });
  if (known !== undefined) return known;
  if (atOnce && slow) {
    throw new NotFoundYet(`Cannot wait for ${slow.what}: not known yet`, {
      where: slow.where,
      fix: "A run finds it, which takes a while, and remembers it",
    });
  }
  const found = find();
  remember(placeOf(cacheFolder, { kind, key }), found);
  return found;
}

function placeOf(
  folder: string,
  { kind, key }: Pick<Search<unknown>, "kind" | "key">,
): string {
  return join(folder, kind, `${sha256Hex(canonicalJson(key))}.json`);
}
