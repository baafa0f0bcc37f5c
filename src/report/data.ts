import type { MetricOutput } from "@/metric/mod.ts";
import type {
  EngineRecord,
  EvaluationRecord,
  GalleryRecord,
  LogLine,
  Marks,
  MatrixRecord,
  MetricSeries,
  PostprocessRecord,
  Run,
  SectionsRecord,
} from "@/record/mod.ts";

/** What readers need to know to judge a metric. */
export type MetricFacts = Pick<
  MetricOutput,
  | "label"
  | "summary"
  | "unit"
  | "better"
  | "bounds"
  | "prominence"
  | "isSetting"
  | "outOf"
>;

/** The pictures of a section: keys of {@linkcode ReportData.pictures}. */
export interface SectionPictures {
  /** The section's number. */
  readonly z: number;
  /** Grey values. */
  readonly raw: string;
  /** The labels, or null without them. */
  readonly truth: string | null;
  /** The probability, or null if it was left out. */
  readonly prediction: string | null;
}

/** Some sections of a volume with their pictures. */
export interface PicturedSections {
  /** What is known of them. */
  readonly record: SectionsRecord;
  /** Those that are pictured, in the record's order. */
  readonly pictures: readonly SectionPictures[];
}

/** How a run did on one volume, the worst of its pictured sections first. */
export interface Evaluation extends PicturedSections {
  /** The numbers. */
  readonly record: EvaluationRecord;
}

/** Objects of one volume with their pictures. */
export interface Gallery {
  /** What is known of them. */
  readonly record: GalleryRecord;
  /** The picture of each: a key of {@linkcode ReportData.pictures}, null without one. */
  readonly pictures: readonly (string | null)[];
}

/** What a report shows of one run. */
export interface RunData {
  /** The record itself. */
  readonly run: Run;
  /** What people say of it. */
  readonly marks: Pick<Marks, "tags" | "note" | "group">;
  /** Every metric over its steps; what is not finite is a gap. */
  readonly series: readonly MetricSeries[];
  /** How many weight hashes it left for a rerun to check. */
  readonly weightHashes: number;
  /** What its engine compiled and used, of engines that tell. */
  readonly engine: EngineRecord | null;
  /** Its evaluations, by split and volume. */
  readonly evaluations: readonly Evaluation[];
  /** What its last validation on the way left to be seen of volumes that are not evaluated. */
  readonly onTheWay?: readonly PicturedSections[];
  /** How it calls voxels cleft; nothing of runs that do not post-process. */
  readonly postprocess?: PostprocessRecord;
  /** Its galleries of objects; nothing of runs that kept none. */
  readonly galleries?: readonly Gallery[];
  /** The end of its log. */
  readonly log: readonly LogLine[];
  /** How many lines the log has in all. */
  readonly logLines: number;
  /** A drawing of its network as SVG, or null. */
  readonly network: string | null;
}

/** The matrix that a report is about. */
export interface MatrixData {
  /** Its axes and variants. */
  readonly record: MatrixRecord;
  /** The run that stands for each variant, null where there is none. */
  readonly ids: readonly (string | null)[];
}

/** Everything a report is made from; equal data give equal bytes. */
export interface ReportData {
  /** What stands on top. */
  readonly title: string;
  /** The runs, in the order that decides their colours. */
  readonly runs: readonly RunData[];
  /** The matrix whose variants the runs are, or null. */
  readonly matrix: MatrixData | null;
  /** What is known of each metric, in the order tables show them. */
  readonly facts: Readonly<Record<string, MetricFacts>>;
  /** PNG files by their SHA-256. */
  readonly pictures: ReadonlyMap<string, Uint8Array>;
  /** What could not be shown, and why; said at the top of the page. */
  readonly leftOut: readonly string[];
  /** What is not shown so that the page stays small, if anything. */
  readonly shortened: string | null;
}
