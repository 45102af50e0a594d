import type { End } from './lineage';
import { lineageOf } from './lineage';
import type { LineFact, NodeFact, PassportFacts, ReleaseFact, ReportFact } from './passport-facts';
import { passportPage } from '../page/passport-page';
import { passportOf } from './passport-of';
import { partWords } from './public-composition';

const HERB = { code: 'lianqiao', name: '连翘', pinyin: 'lianqiao', latin: 'Forsythiae Fructus', part: '干燥果实', verified: false };

const node = (id: string, more: Partial<NodeFact> = {}): NodeFact => ({
  id, owner: 'coop', kind: 'batch', unit: 'mg', made: 100_000_000n, herb: HERB, regions: [], land: [], mixed: false, unmeasured: false, ambiguous: false, overdrawn: 0n, ...more,
});
const line = (of: string, role: string, more: Partial<LineFact> = {}): LineFact => ({
  node: of, role, org: 'coop', position: `${of}-${role}`, eventId: `${of}-${role}`, provenance: 'form', isLate: false, firstDay: '2026-08-20', lastDay: '2026-08-20',
  writtenDay: '2026-08-20', at: '2026-08-20T01:00:00Z', count: 1, isErased: false, ...more,
});
const end = (near: string, far: string, more: Partial<End> = {}): End => ({
  near, far, kind: 'transformation', org: 'coop', time: '2026-08-20', farHeld: true, farIsContainer: false, position: `${near}-output`, ...more,
});
const release = (state: ReleaseFact['state'], more: Partial<ReleaseFact> = {}): ReleaseFact => ({
  node: 'batch', state, org: 'factory', day: '2026-09-13', at: '2026-09-13T02:00:00Z', reasons: [], isHeld: false, ...more,
});
const report = (verdict: ReportFact['verdict'], more: Partial<ReportFact> = {}): ReportFact => ({
  node: 'batch', holder: 'coop', org: 'lab', number: 'R-1', day: '2026-09-10', at: '2026-09-10T15:59:59Z', verdict, items: [], ...more,
});

/** A batch harvested from a crop on known land, told completely. */
function facts(more: Partial<PassportFacts> = {}): PassportFacts {
  return {
    today: '2026-10-01', isDemo: false, isReserved: false, subject: { kind: 'batch', path: '/b/X', code: 'X' },
    lineage: lineageOf('batch', [end('batch', 'crop')]),
    nodes: [node('batch'), node('crop', { kind: 'crop', unit: undefined, made: 0n, regions: ['141026'] })],
    organisations: [
      { id: 'coop', name: '山里红合作社', nameEn: 'Shanlihong', type: 'cooperative', region: '141026' },
      { id: 'factory', name: '本草饮片', type: 'decoction-piece-factory', region: '141023' },
      { id: 'lab', name: '检验中心', type: 'laboratory', region: '141002' },
      { id: 'shop', name: '老街药房', type: 'retailer', region: '141002' },
    ],
    lines: [line('crop', 'origin', { at: '2023-03-20T01:00:00Z', firstDay: '2023-03-20', lastDay: '2023-03-20' }), line('batch', 'output', { amount: 100_000_000n, unit: 'mg' })],
    balances: [], corrections: [], reports: [], releases: [], findings: [], certificates: [],
    ...more,
  };
}

describe('passportOf', () => {
  it('tells a harvest with its county, and misses nothing', () => {
    const passport = passportOf(facts());
    expect(passport.steps.map(({ kind, from }) => [kind, from])).toEqual([['planting', '2023-03-20'], ['harvest', '2026-08-20']]);
    expect(passport.origins).toEqual([{ zh: '山西省临汾市安泽县', en: 'Anze County, Linfen, Shanxi' }]);
    expect(passport.quantity).toEqual({ value: '100', unit: 'kg' });
    expect(passport.unknown).toEqual([]);
    expect(passport.standing).toBe('not-released');
  });

  it('tells the seed and seedlings a crop was raised from, and names no place but the crop’s own as the origin', () => {
    const at = (day: string) => ({ at: `${day}T01:00:00Z`, firstDay: day, lastDay: day });
    const passport = passportOf(facts({
      lineage: lineageOf('batch', [end('batch', 'crop'), end('crop', 'seedlings', { time: '2023-03-20' }), end('seedlings', 'accession', { time: '2022-10-01' })]),
      nodes: [
        node('batch'), node('crop', { kind: 'crop', unit: undefined, made: 0n, regions: ['141026'] }), node('seedlings', { unit: 'pcs' }),
        node('accession', { kind: 'crop', unit: undefined, made: 0n, regions: [] }),
      ],
      lines: [
        line('accession', 'origin', at('2019-10-12')), line('seedlings', 'output', { ...at('2022-10-01'), step: 'lifting', amount: 3000n, unit: 'pcs' }),
        line('crop', 'output', { ...at('2023-03-20'), step: 'planting-out' }), line('batch', 'output', { amount: 100_000_000n, unit: 'mg' }),
      ],
    }));
    expect(passport.steps.map(({ kind }) => kind)).toEqual(['planting', 'propagation', 'planting', 'harvest']);
    expect(passport.origins).toEqual([{ zh: '山西省临汾市安泽县', en: 'Anze County, Linfen, Shanxi' }]);
    expect(passport.unknown).toEqual([]);
  });

  it.each<[string, Partial<PassportFacts>, string]>([
    ['nothing decided', {}, 'not-released'],
    ['released', { releases: [release('released')] }, 'released'],
    ['released on a pass', { releases: [release('released')], reports: [report('pass')] }, 'released'],
    ['released and then failed', { releases: [release('released')], reports: [report('pass'), report('fail', { number: 'R-2', at: '2026-09-20T00:00:00Z' })] }, 'failed'],
    ['failed once and passed later, not released', { reports: [report('fail'), report('pass', { number: 'R-2', at: '2026-09-20T00:00:00Z' })] }, 'failed'],
    ['failed once, passed later, released', { releases: [release('released')], reports: [report('fail'), report('pass', { number: 'R-2', at: '2026-09-20T00:00:00Z' })] }, 'released'],
    ['a pass without a release', { reports: [report('pass')] }, 'not-released'],
    ['a test without a conclusion', { reports: [report('undetermined')] }, 'undetermined'],
    ['suspended', { releases: [release('suspended')] }, 'suspended'],
    ['rejected', { releases: [release('rejected')] }, 'rejected'],
    ['held although released', { releases: [release('released', { isHeld: true })] }, 'held'],
    ['held although nobody decided', { releases: [release('none', { isHeld: true })] }, 'held'],
    ['a blocking finding', { releases: [release('released')], findings: [{ node: 'batch', holder: 'coop', severity: 'blocking' }] }, 'problem'],
    ['a blocking finding on the material only', { releases: [release('released')], findings: [{ node: 'crop', holder: 'coop', severity: 'blocking' }] }, 'released'],
    ['a fail of the material only', { releases: [release('released')], reports: [report('fail', { node: 'crop' })] }, 'released'],
  ])('%s: what the whole comes to', (_name, more, standing) => {
    expect(passportOf(facts(more)).standing).toBe(standing);
  });

  it.each<[string, Partial<PassportFacts>, RegExp]>([
    ['material nobody tells the origin of', { lineage: lineageOf('batch', []), nodes: [node('batch')], lines: [line('batch', 'ship', { destOrg: 'shop' })] }, /没有任何记录/],
    ['an origin its maker stated', { lineage: lineageOf('batch', []), nodes: [node('batch')], lines: [line('batch', 'origin')] }, /山里红合作社自行申报/],
    ['claimed material', { lineage: lineageOf('batch', [end('batch', 'x', { farHeld: false })]), nodes: [node('batch')] }, /没有记录证实/],
    ['a crop without land', { nodes: [node('batch'), node('crop', { kind: 'crop', regions: [] })] }, /哪一块地/],
    ['a crop nobody registered', { lines: [line('batch', 'output')] }, /没有种植登记/],
    ['more used than there was', { nodes: [node('batch', { overdrawn: 2_500_000n }), node('crop', { kind: 'crop', regions: ['141026'] })] }, /少 2\.5 千克/],
    ['unreadable amounts', { nodes: [node('batch', { unmeasured: true }), node('crop', { kind: 'crop', regions: ['141026'] })] }, /无法核对总量/],
    ['goods of one name from several', { nodes: [node('batch', { ambiguous: true }), node('crop', { kind: 'crop', regions: ['141026'] })] }, /不止一家/],
    ['mass that went missing', { balances: [{ position: 'batch-output', in: 100n * 10n ** 6n, out: 90n * 10n ** 6n, lost: 4n * 10n ** 6n, added: 0n, isUnknown: false }] }, /投入比产出多 6 千克/],
    ['mass from nowhere', { balances: [{ position: 'batch-output', in: 10n ** 8n, out: 11n * 10n ** 7n, lost: 0n, added: 0n, isUnknown: false }] }, /产出比投入多 10 千克/],
    ['a step nobody weighed', { balances: [{ position: 'batch-output', in: 10n ** 8n, lost: 0n, added: 0n, isUnknown: true }] }, /没有称重/],
    ['erased text', { lines: [line('batch', 'output', { isErased: true }), line('crop', 'origin')] }, /依法删除/],
  ])('says what is not known: %s', (_name, more, words) => {
    const { unknown } = passportOf(facts(more));
    expect(unknown.map(({ zh }) => zh).join('\n')).toMatch(words);
    expect(unknown.every(({ en }) => /^[\x20-\x7e山里红合作社]+$/.test(en))).toBe(true);
  });

  it('says of a shipment who confirms it, and names no customer', () => {
    const ship = (at: string) => line('batch', 'ship', { position: at, destOrg: 'shop', at, firstDay: at.slice(0, 10), lastDay: at.slice(0, 10) });
    const { steps } = passportOf(facts({
      lines: [
        ...facts().lines, ship('2026-09-01T00:00:00Z'), ship('2026-09-05T00:00:00Z'),
        line('batch', 'receive', { org: 'shop', position: 'r', at: '2026-09-02T00:00:00Z', firstDay: '2026-09-02', lastDay: '2026-09-02' }),
        line('batch', 'short', { org: 'shop', position: 'r', at: '2026-09-02T00:00:00Z', firstDay: '2026-09-02', lastDay: '2026-09-02' }),
        line('batch', 'sell', { org: 'shop', position: undefined, eventId: undefined, count: 312, at: '2026-09-03T00:00:00Z', lastDay: '2026-09-30' }),
      ],
    }));
    expect(steps.filter(({ kind }) => kind === 'transport')).toMatchObject([
      { from: '2026-09-01', to: '2026-09-02', attested: ['other'], by: { name: { zh: '山里红合作社' } } },
      { from: '2026-09-05', to: '2026-09-05', attested: ['self'], unconfirmed: true },
    ]);
    expect(steps.find(({ kind }) => kind === 'sale')).toMatchObject({ count: 312, by: { type: 'retailer' } });
    expect(JSON.stringify(steps)).not.toContain('老街药房');
  });

  it('does not take a receipt for the confirmation of a later shipment', () => {
    const { steps } = passportOf(facts({
      lines: [...facts().lines, line('batch', 'receive', { org: 'shop', at: '2026-09-01T00:00:00Z' }), line('batch', 'ship', { destOrg: 'shop', at: '2026-09-05T00:00:00Z' })],
    }));
    expect(steps.filter(({ kind }) => kind === 'transport').map(({ attested }) => attested)).toEqual([['self'], ['self']]);
  });

  it('marks what was compared, and only where everything was weighed and nothing is missing', () => {
    const balance = { position: 'batch-output', in: 10n ** 8n, out: 6n * 10n ** 7n, lost: 4n * 10n ** 7n, added: 0n, isUnknown: false };
    const attested = (more: object) => passportOf(facts({ balances: [{ ...balance, ...more }] })).steps.find(({ kind }) => kind === 'harvest')?.attested;
    expect(attested({})).toEqual(['self', 'reconciled']);
    expect(attested({ lost: 39n * 10n ** 6n })).toEqual(['self']);
    expect(attested({ isUnknown: true })).toEqual(['self']);
    expect(attested({ in: undefined })).toEqual(['self']);
  });

  it('shows when something was written later, and what a device wrote', () => {
    const { steps } = passportOf(facts({ lines: [line('batch', 'output', { isLate: true, writtenDay: '2026-08-29', provenance: 'device' }), line('crop', 'origin')] }));
    expect(steps.find(({ kind }) => kind === 'harvest')).toMatchObject({ writtenLater: '2026-08-29', attested: ['device'] });
  });

  it('shows corrections at what stands in their place, those of corrections too, and by themselves where nothing does', () => {
    const correction = (eventId: string, correctiveEventIds: string[], amount: bigint) => ({
      org: 'coop', eventId, role: 'output', amount, unit: 'mg' as const, eventDay: '2026-08-20', declaredDay: '2026-09-03', reason: 'incorrect_data', correctiveEventIds,
    });
    const passport = passportOf(facts({
      corrections: [correction('first', ['second'], 90_000_000n), correction('second', ['batch-output'], 95_000_000n), { ...correction('gone', [], 1n), reason: 'did_not_occur' }],
    }));
    expect(passport.steps.find(({ kind }) => kind === 'harvest')?.corrections).toEqual([
      { on: '2026-09-03', reason: { zh: '数据有误', en: 'incorrect data' }, was: { value: '90', unit: 'kg' } },
      { on: '2026-09-03', reason: { zh: '数据有误', en: 'incorrect data' }, was: { value: '95', unit: 'kg' } },
    ]);
    expect(passport.withdrawn).toMatchObject([{ happened: '2026-08-20', reason: { zh: '事情没有发生' } }]);
  });

  it('calls a laboratory independent only where it is one and did not own what it tested', () => {
    const of = (org: string) => passportOf(facts({ reports: [report('pass', { org })] })).reports[0]?.isIndependent;
    expect(of('lab')).toBe(true);
    expect(of('coop')).toBe(false);
    expect(of('factory')).toBe(false);
  });

  it('says how long certificates hold, and that nobody verified them', () => {
    const certificate = { id: 'c', org: 'coop', kind: 'GAP', number: '1', issuer: '省局', about: 'base' as const, validFrom: '2026-01-01', verified: false };
    const validity = (more: object) => passportOf(facts({ certificates: [{ ...certificate, ...more }] })).certificates[0];
    expect(validity({})).toMatchObject({ validity: 'valid', verified: false });
    expect(validity({ validTo: '2026-10-01' })).toMatchObject({ validity: 'valid' });
    expect(validity({ validTo: '2026-09-30' })).toMatchObject({ validity: 'expired' });
    expect(validity({ validFrom: '2026-10-02' })).toMatchObject({ validity: 'not-yet' });
  });

  describe('of a mixture', () => {
    const certificate = { id: 'gap', org: 'coop', kind: 'GAP', number: '1', issuer: '省局', about: 'base' as const, validFrom: '2026-01-01', verified: false };
    const part = (more: object) => ({ proof: 'proven' as const, places: ['141026'], year: 2026, herb: 'lianqiao', share: 0n, percent: '60.0', roots: [], ...more });
    const mixed = facts({
      certificates: [certificate],
      nodes: [node('batch', { grade: '一等' }), node('crop', { kind: 'crop', unit: undefined, made: 0n, regions: ['141026'] })],
      composition: {
        composition: { state: 'determined', parts: [part({}), part({ proof: 'declared', places: ['620000'], year: 2025, percent: '40.0' })] },
        claims: { proven: false, herb: 'lianqiao', certificates: [] },
      },
    });
    it('tells the parts, and claims only what all of it has', () => {
      const passport = passportOf(mixed);
      expect(passport.composition?.parts.map((one) => partWords(one))).toEqual([
        { zh: '60.0 % 山西省临汾市安泽县 2026 已证实', en: '60.0 % Anze County, Linfen, Shanxi 2026 proven' },
        { zh: '40.0 % 甘肃省 2025 申报，未经证实', en: '40.0 % Gansu 2025 declared, not proven' },
      ]);
      expect([passport.claims, passport.grade, passport.certificates]).toEqual([{ proven: false }, undefined, []]);
    });
    it('says so on the page, in both languages', () => {
      const page = (language: 'zh' | 'en') => passportPage(passportOf(mixed), { language, isDemo: false, isPlain: false });
      expect(page('zh')).toContain('40.0 % 甘肃省 2025 申报，未经证实');
      expect(page('en')).toContain('declared, not proven');
      expect(page('zh')).not.toContain('一等');
      expect(page('zh')).not.toMatch(/<dt>产地/);
    });
    it('answers whether plant and area are authentic by all of it, and by which list', () => {
      const areas = [{ name: '安泽县', region: '141026', verified: false, source: '测试' }];
      const whole = 10n ** 30n;
      const grown = (more: object) => facts({
        nodes: [node('batch', { herb: { code: 'lianqiao', name: '连翘', pinyin: 'lianqiao', latin: 'Forsythiae Fructus', part: '果实', verified: false, areas } })],
        composition: { composition: { state: 'determined', parts: [part({ share: whole, percent: '100.0', roots: ['crop 2026'] })] }, claims: { proven: true, certificates: [] } },
        ...more,
      });
      const plants = [{ node: 'crop', stated: 'Forsythia suspensa', accepted: ['Forsythia suspensa (Thunb.) Vahl'], verified: true }];
      expect(passportOf(grown({ plants })).authentic).toMatchObject({ species: { answer: 'yes', verified: true }, area: { answer: 'yes', areas: ['安泽县'], verified: false } });
      expect(passportOf(grown({})).authentic).toMatchObject({ species: { answer: 'not-shown' } });
      const page = passportPage(passportOf(grown({ plants })), { language: 'zh', isDemo: false, isPlain: false });
      expect(page).toMatch(/<dt>品种道地<\/dt><dd>是（Forsythia suspensa）<\/dd>/);
      expect(page).toMatch(/<dt>产区道地<\/dt><dd>是（安泽县；所据名录未核对原文）<\/dd>/);
      expect(passportPage(passportOf(grown({ plants })), { language: 'en', isDemo: false, isPlain: false })).toMatch(/<dt>Authentic area<\/dt><dd>yes \(安泽县; by a list not compared with its source\)/);
    });
    it('is not called by the name of one herb where part of it is another', () => {
      const two = { ...mixed, composition: { ...mixed.composition!, composition: { state: 'determined' as const, parts: [part({}), part({ herb: 'huangqin', percent: '40.0' })] } } };
      expect(passportOf(two).herb).toBeUndefined();
      expect(passportOf(two).composition?.parts.map(({ herb }) => herb)).toEqual(['连翘', 'huangqin']);
    });
  });

  it('never shows words of a step that are not ours', () => {
    const { steps } = passportOf(facts({ lineage: lineageOf('batch', [end('batch', 'other')]), nodes: [node('batch'), node('other')], lines: [line('batch', 'output', { step: '百分百正品' })] }));
    expect(steps[0]).toMatchObject({ kind: 'processing', process: undefined });
  });

  it('stays short for a batch of two hundred harvests, and counts what it does not show', () => {
    const many = Array.from({ length: 200 }, (_, i) => i);
    const passport = passportOf(facts({
      organisations: [...facts().organisations, ...many.map((i) => ({ id: `o${i}`, name: `社${i}`, type: 'cooperative', region: '141026' }))],
      nodes: [node('batch'), ...many.map((i) => node(`n${i}`, { owner: `o${i}` }))],
      lineage: lineageOf('batch', many.map((i) => end('batch', `n${i}`))),
      lines: [...many.map((i) => line(`n${i}`, 'origin', { org: `o${i}` })), line('batch', 'output')],
    }));
    expect(passport.steps).toHaveLength(60);
    expect(passport.unknown.at(-1)?.zh).toContain('141 类记录');
  });

  it('tells a code without records from one that is only reserved', () => {
    const none = { lineage: undefined, nodes: [], lines: [] };
    expect(passportOf(facts(none)).state).toBe('no-records');
    expect(passportOf(facts({ ...none, isReserved: true })).state).toBe('reserved');
  });

  it('does not call a code without records one that nothing is missing of', () => {
    const none = { lineage: undefined, nodes: [], lines: [] };
    for (const isReserved of [false, true]) {
      expect(passportOf(facts({ ...none, isReserved })).unknown).toEqual([expect.objectContaining({ zh: expect.stringContaining('什么都没有记录') })]);
    }
  });

  it('never says that anything is genuine', () => {
    const said = JSON.stringify([passportOf(facts()), passportOf(facts({ subject: { kind: 'serial', path: '/b/X/s/1' } }))]);
    expect(said).not.toMatch(/正品|genuine|authentic/i);
    expect(said).toContain('码可以被复制');
  });
});
