import type { HarvestFacts, ShareFacts, UseFacts } from './facts';
import { NOBODY } from './finding';
import { harvestTooSoon, inputBanned, inputMayBeBanned, inputOffLabel } from './input.rules';
import { missingResidues } from './residues';

const use = (more: Partial<UseFacts> = {}): UseFacts => ({
  eventId: 'spray', position: 5n, time: '2026-06-10T00:00:00Z', day: '2026-06-10', name: '某药剂', appliedBy: 'own', standing: 'registered', ingredients: ['苦参碱'], bans: [], safetyIntervalDays: 14, earliestHarvest: '2026-06-24', ...more,
});
const harvest = (uses: UseFacts[], day = '2026-06-20'): HarvestFacts => ({ position: 9n, eventId: 'pick', day, plots: [], named: false, openings: [], uses });
const share = (node: string, more: Partial<ShareFacts> = {}): ShareFacts => ({ node, identifier: node, organisation: 'coop', roles: [], debts: [], receivedHere: 0n, steps: [], reports: [], ...more });
const picked = (...uses: UseFacts[]): ShareFacts => share('fresh', { harvests: [harvest(uses)] });

describe('findings of inputs', () => {
  it('name the spraying and the picking, and accuse the harvester', () => {
    const found = harvestTooSoon.judge(picked(use()));
    expect([found?.evidence, found?.accused, found?.since]).toEqual([['spray', 'pick'], undefined, 9n]);
  });
  it('accuse nobody where only others sprayed, and the harvester where it sprayed as well', () => {
    expect(harvestTooSoon.judge(picked(use({ appliedBy: 'others' })))?.accused).toBe(NOBODY);
    expect(harvestTooSoon.judge(picked(use({ appliedBy: 'service' }), use()))?.accused).toBeUndefined();
  });
  const ban = (verified: boolean) => ({ ingredient: '灭多威', notice: '公告', from: '2026-06-01', verified });
  it.each<[string, UseFacts, boolean[]]>([
    ['a verified ban', use({ bans: [ban(true)], earliestHarvest: undefined }), [true, false, false, false]],
    ['a ban nobody verified', use({ bans: [ban(false)], earliestHarvest: undefined }), [false, true, false, false]],
    ['both', use({ bans: [ban(true), ban(false)], earliestHarvest: undefined }), [true, false, false, false]],
    ['an interval that is not over', use(), [false, false, true, false]],
    ['an interval over on the day', use({ earliestHarvest: '2026-06-20' }), [false, false, false, false]],
    ['a use beyond the label', use({ standing: 'off-label', earliestHarvest: undefined }), [false, false, false, true]],
    ['manure', use({ standing: 'no-pesticide', earliestHarvest: undefined }), [false, false, false, false]],
  ])('of %s', (_, used, expected) => expect([inputBanned, inputMayBeBanned, harvestTooSoon, inputOffLabel].map((rule) => rule.judge(picked(used)) !== undefined)).toEqual(expected));
});

describe('residue tests that are missing', () => {
  const off = use({ standing: 'off-label', earliestHarvest: undefined });
  const part = (node: string) => ({ node, eventTime: '', isLot: true, held: true });
  const step = (inputs: string[], output: string): ShareFacts => share(output, { steps: [{ hub: output, eventIds: [], firstPosition: 0n, inputs: inputs.map(part), outputs: [part(output)], lostMg: 0n, addedMg: 0n }] });
  const tested = (one: ShareFacts, verdict = 'pass', value = '<0.01'): ShareFacts =>
    ({ ...one, reports: [{ id: 'r', number: 'r', verdict, stated: verdict, issuedOn: '2026-09-01', position: 1n, items: [{ test: '苦参碱', value }] } as never] });
  const other = share('other', { harvests: [harvest([use({ standing: 'off-label', earliestHarvest: undefined, day: '2026-06-11' })])] });
  const asked = (...shares: ShareFacts[]): string[] => missingResidues(shares, 'mix').map(({ node }) => node);
  it.each<[string, ShareFacts[], string[]]>([
    ['of both lots of a mixture', [step(['fresh', 'other'], 'mix'), picked(off), other], ['fresh', 'other']],
    ['none where the mixture was tested', [tested(step(['fresh', 'other'], 'mix')), picked(off), other], []],
    ['of the lot that was not tested', [step(['fresh', 'other'], 'mix'), tested(picked(off)), other], ['other']],
    ['none where each was tested on its way', [step(['dried', 'other'], 'mix'), tested(step(['fresh'], 'dried')), picked(off), tested(other)], []],
    ['where the test found something', [tested(step(['fresh'], 'mix'), 'pass', '0.3'), picked(off)], ['fresh']],
    ['where the report is open', [tested(step(['fresh'], 'mix'), 'undetermined'), picked(off)], ['fresh']],
    ['of what no step on record leads to', [share('mix'), picked(off)], ['fresh']],
    ['none in a ring', [step(['a'], 'mix'), step(['mix'], 'a')], []],
  ])('%s', (_, shares, expected) => expect(asked(...shares)).toEqual(expected));
});
