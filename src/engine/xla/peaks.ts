/**
 * What cards compute at most with 16-bit floats, in TFLOP/s: dense, with sums in
 * 32 bits, as NVIDIA's data sheets have it. `tf32` is half of it on all of them.
 */
const peaks: readonly (readonly [card: RegExp, teraflops: number])[] = [
  [/\bGB300\b/, 2500],
  [/\bGB200\b/, 2500],
  [/\bB300\b/, 2250],
  [/\bB200\b/, 2250],
  [/\bGH200\b/, 989],
  [/\bH200 NVL\b/, 835],
  [/\bH[128]00 PCIe\b/, 756],
  [/\bH100 NVL\b/, 835],
  [/\bH[128]00\b/, 989],
  [/\bA[18]00\b/, 312],
  [/\bA30\b/, 165],
  [/\bA40\b/, 150],
  [/\bA10G\b/, 70],
  [/\bA10\b/, 125],
  [/\bL40S\b/, 362],
  [/\bL40\b/, 181],
  [/\bL4\b/, 121],
  [/\bRTX PRO 6000 Blackwell\b/, 503],
  [/\bRTX 6000 Ada\b/, 364],
  [/\bRTX A6000\b/, 155],
  [/\bRTX 5090\b/, 210],
  [/\bRTX 4090\b/, 165],
  [/\bRTX 4080\b/, 97],
  [/\bRTX 3090\b/, 71],
];

/** What of its peak a card should reach with a convolution that suits it. */
export const EXPECTED_SHARE = 0.4;

/**
 * The peak of a card with 16-bit floats in TFLOP/s, by its name; null where we
 * have no figure, as for parts of a card and for those of portable computers.
 */
export function peakOf(card: string): number | null {
  if (/\bMIG\b|Laptop|Max-Q/.test(card)) return null;
  return peaks.find(([name]) => name.test(card))?.[1] ?? null;
}
