/**
 * The order in which spec files are run: those known to take minutes first, so that the last worker does not end up alone
 * with one of them; then by size, for want of anything better.
 */
const { statSync } = require('node:fs');
const { relative, join } = require('node:path');

const LONGEST = [
  'test/prove/small.int.spec.ts', 'libs/trace/src/answer/rival.int.spec.ts', 'libs/quality/src/releases/standards-gate.int.spec.ts', 'apps/standalone/src/standalone.int.spec.ts',
  'seeds/src/demo/demo.int.spec.ts', 'test/journeys/readme-tour.int.spec.ts', 'libs/quality/src/findings/findings.int.spec.ts', 'libs/stages/src/routes.int.spec.ts',
  'libs/trace/src/projection/order.int.spec.ts', 'test/journeys/papers.int.spec.ts',
];

const rank = (path) => {
  const known = LONGEST.indexOf(relative(join(__dirname, '..'), path).replace(/\\/g, '/'));
  return known === -1 ? LONGEST.length : known;
};

module.exports = class LongestFirst {
  sort(tests) {
    return [...tests].sort((a, b) => rank(a.path) - rank(b.path) || statSync(b.path).size - statSync(a.path).size);
  }

  shard(tests, { shardIndex, shardCount }) {
    return [...tests].sort((a, b) => (a.path < b.path ? -1 : 1)).filter((_, i) => i % shardCount === shardIndex - 1);
  }

  allFailedTests() {
    return [];
  }

  cacheResults() {}
};
