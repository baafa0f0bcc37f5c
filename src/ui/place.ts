import type { Asked } from "@/core/mod.ts";
import type { Records } from "@/record/mod.ts";
import { type Show, shows } from "@/report/mod.ts";
import type { Jobs } from "./jobs.ts";
import type { Stops } from "./stops.ts";
import type { Watch } from "./watch.ts";

/** What the live page is served by. */
export interface UiOptions {
  /** The results folder. */
  readonly folder: string;
  /** The folder with Cleft's code. */
  readonly projectFolder: string;
  /** Where it was started: experiments below can be. */
  readonly callerFolder: string;
  /** Folders to look for data in. */
  readonly dataRoots: readonly string[];
  /** 0 for any that is free. */
  readonly port: number;
  /** The command that serves it, but for the port. */
  readonly command: string;
  /** Whether runs can have something of a name, though none does. */
  readonly knows: (name: string) => boolean;
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Told of what cannot be answered. */
  readonly onError: (error: unknown) => void;
}

/** What answers are made from. */
export interface UiPlace extends UiOptions {
  /** The records, to read. */
  readonly records: Records;
  /** What follows them. */
  readonly watch: Watch;
  /** Commands that were started from pages. */
  readonly jobs: Jobs;
  /** What asks runs to stop. */
  readonly stops: Stops;
  /** What allows a page to change something. */
  readonly token: string;
}

/** What is asked for. */
export interface UiRequest extends Asked {
  readonly request: Request;
  /** The path behind its first part. */
  readonly rest: readonly string[];
  /** What every address begins with, without a slash at its end. */
  readonly base: string;
}

/** An address, and what is answered there; null if there is nothing. */
export interface Route {
  readonly method: "GET" | "POST";
  /** The first part of the path. */
  readonly path: string;
  /** @throws {ExperimentError} What the page then shows. */
  answer(
    asked: UiRequest,
    place: UiPlace,
  ): Response | null | Promise<Response | null>;
}

/** Which runs a page lists, as it asks. */
export function showOf({ url }: UiRequest): Show {
  const asked = url.searchParams.get("show");
  return shows.find((show) => show === asked) ?? "current";
}
