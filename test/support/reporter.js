import { relative } from 'node:path';

const SHOWN_FILES = 25;

/**
 * Counts for the line that ends every run: `tests: N passed, N failed` (`, N skipped` where some were).
 * A file that does not load counts as one failed test. Under `npm test` the counts go to scripts/test.mjs,
 * which prints them after everything else; under plain jest they are printed here.
 *
 * A run of all tests fails where none of them reached a place that sends a statement, and tells of statements that are not listed
 * (statement-list.ts); `npm run statements` lists them instead.
 */
export default class TallyReporter {
  constructor(config) {
    const { nonFlagArgs, testNamePattern, onlyChanged, onlyFailures, shard } = config;
    this.isWhole = nonFlagArgs.length === 0 && !testNamePattern && !onlyChanged && !onlyFailures && !shard;
  }

  async onRunComplete(_contexts, results) {
    const tally = {
      passed: results.numPassedTests,
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
      skipped: results.numPendingTests + results.numTodoTests,
    };
    if (this.isWhole) console.log(slowest(results.testResults));
    // What was skipped sends nothing: then nobody can say what no test reaches.
    if (tally.failed === 0 && tally.skipped === 0 && !results.wasInterrupted) tally.failed += await this.statements();
    if (process.send) await new Promise((sent) => process.send({ tally }, sent));
    else console.log(tallyLine(tally));
  }

  /** 1 when there is something to mend, else 0. */
  async statements() {
    const { STATEMENTS_FOLDER: folder, STATEMENTS: wanted } = process.env;
    if (!folder || !(this.isWhole || wanted === 'write')) return 0;
    const { lookedThrough, writeList } = await import('./statement-list.js');
    if (wanted === 'write') console.log(writeList(folder, this.isWhole));
    if (!this.isWhole) return 0;
    const { unreached, unlisted } = lookedThrough(folder);
    for (const { place, text } of unlisted)
      console.warn(`not in bench/statements.json (npm run statements): ${place} ${text.trim().slice(0, 80)}`);
    for (const place of unreached) console.error(`no test reaches the statement at ${place}`);
    if (unreached.length > 0) this.error = new Error(`${unreached.length} statements that no test reaches: see above`);
    return unreached.length > 0 ? 1 : 0;
  }

  /** Jest asks for it; the run then fails. */
  getLastError() {
    return this.error;
  }
}

/** The files that took longest, and what all took together: of it each worker had its part. */
function slowest(files) {
  const seconds = ({ perfStats }) => (perfStats.end - perfStats.start) / 1000;
  const total = files.reduce((sum, file) => sum + seconds(file), 0);
  const lines = [...files]
    .sort((one, other) => seconds(other) - seconds(one))
    .slice(0, SHOWN_FILES)
    .map((file) => `${Math.round(seconds(file)).toString().padStart(5)} s  ${relative(process.cwd(), file.testFilePath)}`);
  return `the slowest of ${files.length} files, which took ${Math.round(total)} s in all:\n${lines.join('\n')}`;
}

/** @param {{ passed: number, failed: number, skipped: number }} tally */
export function tallyLine({ passed, failed, skipped }) {
  return `tests: ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
