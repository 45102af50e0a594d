/**
 * Prints how it went, alone on the last line: `N passed, N failed, N skipped`. A suite that could not even be loaded
 * counts as a failure. With DAODI_STRICT=1 nothing may be skipped: what is counts as failed, and the line is
 * `N passed, N failed`. The type check that ran before (DAODI_TYPES) is counted like a test.
 */
module.exports = class TallyReporter {
  onRunComplete(_contexts, results) {
    const isStrict = process.env.DAODI_STRICT === '1';
    const types = process.env.DAODI_TYPES;
    const skipped = results.numPendingTests + results.numTodoTests;
    const passed = results.numPassedTests + (types === 'passed' ? 1 : 0);
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites + (types === 'failed' ? 1 : 0) + (isStrict ? skipped : 0);
    this.isBad = failed > 0;
    if (isStrict && skipped > 0) nameSkipped(results);
    // At exit, because Jest has more to say after this.
    process.on('exit', () => process.stdout.write(`${passed} passed, ${failed} failed${isStrict ? '' : `, ${skipped} skipped`}\n`));
  }

  getLastError() {
    return this.isBad ? new Error('not everything passed') : undefined;
  }
};

function nameSkipped(results) {
  process.stderr.write('\nSkipped, which DAODI_STRICT=1 does not allow:\n');
  for (const suite of results.testResults) {
    for (const test of suite.testResults) {
      if (test.status === 'pending' || test.status === 'todo') process.stderr.write(`  ${test.fullName}\n`);
    }
  }
}
