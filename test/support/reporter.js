/**
 * Counts for the line that ends every run: `tests: N passed, N failed` (`, N skipped` where some were).
 * A file that does not load counts as one failed test. Under `npm test` the counts go to scripts/test.mjs,
 * which prints them after everything else; under plain jest they are printed here.
 */
export default class TallyReporter {
  async onRunComplete(_contexts, results) {
    const tally = {
      passed: results.numPassedTests,
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
      skipped: results.numPendingTests + results.numTodoTests,
    };
    if (process.send) await new Promise((sent) => process.send({ tally }, sent));
    else console.log(tallyLine(tally));
  }
}

/** @param {{ passed: number, failed: number, skipped: number }} tally */
export function tallyLine({ passed, failed, skipped }) {
  return `tests: ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
