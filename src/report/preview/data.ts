import type { Zyx } from "@/core/mod.ts";
import type { PatchPictures } from "./pictures.ts";

/** What a preview page shows of an experiment's augmentation. */
export interface PreviewData {
  /** The experiment's name. */
  readonly title: string;
  /** What the experiment is about. */
  readonly summary: string;
  /** The seed the samples are drawn from. */
  readonly seed: number;
  /** Extent of a training patch. */
  readonly patchVox: Zyx;
  /** Extent of one voxel in nanometres. */
  readonly voxelNm: Zyx;
  /** The section of a patch that is seen first, from 0. */
  readonly section: number;
  /** All augmentations together, then each by itself. */
  readonly stages: readonly PreviewStage[];
}

/** An augmentation by itself, or all of them one after another. */
export interface PreviewStage {
  /** The id of its element. */
  readonly id: string;
  /** Its type; `all together` for the whole chain. */
  readonly title: string;
  /** What it does, in one line. */
  readonly summary: string;
  /** The chance that it is applied, as the experiment says; null for the chain. */
  readonly p: number | null;
  /** Its options as the experiment sets them, and whether they are the defaults. */
  readonly options: readonly {
    readonly name: string;
    readonly value: unknown;
    readonly isDefault: boolean;
  }[];
  /** How much it changes. */
  readonly changes: StageChanges;
  /** Grey values before and after, in equal bins from 0 to 1, as shares. */
  readonly greys: {
    readonly before: readonly number[];
    readonly after: readonly number[];
  };
  /** The samples shown. */
  readonly draws: readonly PreviewDraw[];
}

/** How much a stage changes, measured over some draws, each applied. */
export interface StageChanges {
  /** Draws measured. */
  readonly draws: number;
  /** Share of the samples that come out different. */
  readonly samples: number;
  /** Share of their sections whose grey values do. */
  readonly greySections: number;
  /** Share of their sections whose labels do. */
  readonly labelSections: number;
}

/** One draw: what was drawn, and the patch before and after. */
export interface PreviewDraw {
  /** The stream it was drawn from, such as `1/sample/0`. */
  readonly address: string;
  /** What each augmentation drew that was applied. */
  readonly steps: readonly {
    readonly type: string;
    readonly parameters: unknown;
  }[];
  /** The patch as it was read. */
  readonly before: PatchPictures;
  /** The patch as the network would see it. */
  readonly after: PatchPictures;
  /** The section of each that is seen first, from 0, if it is another than the page's. */
  readonly opensAt?: OpeningSections | undefined;
}

/** Where a patch is seen first. */
export interface OpeningSections {
  /** The section of the patch as it was read. */
  readonly before: number;
  /** The section of the patch as the network would see it. */
  readonly after: number;
}
