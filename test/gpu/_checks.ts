import { type Finding, type Part, run, verdictOf } from "./_finding.ts";

/** A precision, as `doctor --json` tells of it. */
interface Timed {
  readonly precision: string;
  readonly teraflops: number;
  readonly expectedTeraflops: number | null;
}

/** What `doctor` says: the self-test, and how fast convolutions are. */
export const doctor: Part = async function* ({ env }) {
  const words = ["src/main.ts", "doctor", "--engine", "pjrt", "--json"];
  const { out } = await run(words, { env });
  const { engine, selfTest, convolutions } = JSON.parse(out);
  yield {
    what: `self-test on ${engine.gpu ?? "the processor"}`,
    found: `gradient ${selfTest.gradientError.toExponential(1)}`,
    verdict: verdictOf(selfTest.isPassed),
  };
  for (const time of convolutions as readonly Timed[]) {
    const { precision, teraflops, expectedTeraflops: least } = time;
    yield {
      what: `convolutions in ${precision}, TFLOP/s`,
      found: teraflops.toPrecision(3),
      limit: least === null ? undefined : `≥ ${least.toPrecision(3)}`,
      verdict: least === null ? "told" : verdictOf(teraflops >= least),
    };
  }
};

/** The tests of this folder, and which of them fail. */
export const tests: Part = async function* ({ env, gpu }) {
  const { code, out } = await run(["test/gpu"], {
    command: ["test", "-A", "--quiet", "--no-check"],
    env: { ...env, ...gpu ? {} : { CLEFT_TEST_GPU: "any" } },
  });
  const lines = out.split("\n");
  const failed = lines.filter((line) => / \.\.\. FAILED/.test(line));
  yield* failed.map((line): Finding => ({
    what: line.split(" ... ")[0]!,
    found: "it fails",
    verdict: "FAIL",
  }));
  yield {
    what: "test/gpu",
    found: lines.find((line) => /^(ok|FAILED) \|/.test(line)) ??
      out.slice(-600),
    verdict: verdictOf(code === 0),
  };
};
