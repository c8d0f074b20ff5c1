/** What a benchmark found: rows of figures under their titles, and which promises did not hold. */
export interface Findings {
  readonly tables: Readonly<Record<string, readonly object[]>>;
  readonly faults: readonly string[];
}

export interface Benchmark {
  readonly about: string;
  /** `words`: what follows the benchmark's name on the command line. */
  run(words: readonly string[]): Promise<Findings>;
}

/** Milliseconds of `times` runs, one after the other, after two that only warm up. */
export async function timings(times: number, run: () => Promise<unknown>): Promise<{ median: number; p95: number }> {
  const taken: number[] = [];
  for (let turn = -2; turn < times; turn++) {
    const start = performance.now();
    await run();
    if (turn >= 0) taken.push(performance.now() - start);
  }
  taken.sort((one, other) => one - other);
  const at = (share: number) => Math.round((taken[Math.min(taken.length - 1, Math.floor(taken.length * share))] ?? 0) * 100) / 100;
  return { median: at(0.5), p95: at(0.95) };
}
