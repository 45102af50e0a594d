import { createHash, randomBytes } from 'node:crypto';
import { DEFAULT_TEMPLATES } from '@daodi/papers';
import { QueueFactory } from '@daodi/platform';
import { batchCode } from '@daodi/trace';
import { bare, crop, harvest, kgs, passing, uriOf } from './field';
import { type Credential, type Firm, type Method, PASSWORD, type Product, SQUARE, creditCode } from './product';
import { handInPage } from './standard';

type Person = Credential & { readonly personId: string };

/** A few organisations with everything one can have, so that every route has something to work on. */
export interface World {
  readonly product: Product;
  readonly operator: Credential;
  /** Whose things are asked for. */
  readonly mine: Firm;
  readonly head: Person;
  readonly buyer: Firm;
  readonly lab: Firm;
  readonly tester: Person;
  readonly reviewer: Person;
  readonly approver: Person;
  readonly supervisor: Firm;
  /** A crop of mine, and a batch of 10 t that everything can be taken from. */
  readonly crop: string;
  readonly batch: string;
  /** Codes of mine that stand in requests, beside every uuid in them. */
  readonly codes: Set<string>;
}

export async function makeWorld(product: Product): Promise<World> {
  const operator = await product.operator();
  const mine = await product.firm('MINE', 'cooperative', { gs1Prefix: '9521234' });
  const buyer = await product.firm('BUYER', 'decoction-piece-factory', { gs1Prefix: '9525678' });
  const lab = await product.firm('LAB', 'laboratory');
  const supervisor = await product.firm('SUPERVISOR', 'supervisor');
  const head = await product.person(mine, 'mine-head', ['quality-head']);
  const [tester, reviewer, approver] = [
    await product.person(lab, 'lab-tester', ['lab-tester']), await product.person(lab, 'lab-reviewer', ['lab-reviewer']), await product.person(lab, 'lab-approver', ['lab-approver']),
  ];
  const cropCode = await crop(product, mine);
  const batch = await harvest(product, mine, cropCode, '10000');
  return { product, operator, mine, head, buyer, lab, tester, reviewer, approver, supervisor, crop: cropCode, batch, codes: new Set([cropCode, batch]) };
}

/** A request that is accepted, once everything it needs is there. */
export interface Ready {
  readonly who: Credential;
  readonly url: string;
  readonly body?: object;
  readonly contentType?: string;
}

/** Prepares one request to a route; may leave entries of its own before. */
export type Prepare = (world: World) => Promise<Ready> | Ready;

let serial = 0;
const next = (): number => ++serial;

/** Our own template of the supplier form, as somebody sends it back. */
const templateBody = () => ({ file: DEFAULT_TEMPLATES['supplier-form'].build().toString('base64'), why: '更换抬头' });

/** A code that is well-formed and was never issued. */
export const unissuedCode = (): string => batchCode(randomBytes(10));

const line = ({ batch }: World, quantity = '1') => ({ batch, quantity, unit: 'kg' });
const at = '2026-09-01T08:00:00+08:00';

async function ownEvent(world: World, path: string, body: object): Promise<string> {
  return (await world.product.post(world.mine, path, body)).eventID;
}

const creditSaleOf = (world: World) => ({ eventTime: at, buyer: 'K-017', lines: [line(world)], amount: '76.00', dueOn: '2026-12-31' });

/** A sale of mine on credit. */
const credit = async (world: World): Promise<string> => (await world.product.post(world.mine, '/credit-sales', creditSaleOf(world))).credit;

const shipmentOf = (world: World) => ({ eventTime: at, to: { organisation: world.buyer.code }, lines: [line(world)] });

/** A report of the laboratory on my batch, as far as asked. */
async function report(world: World, until: 'draft' | 'reviewed' | 'approved', batch = world.batch): Promise<string> {
  const { product, head, tester, reviewer, approver, mine, lab } = world;
  await product.post(head, '/test-commissions', { batch, laboratory: lab.code });
  const { id } = await product.post(tester, '/test-reports', reportOf(mine, batch));
  if (until !== 'draft') await product.post(reviewer, `/test-reports/${id}/review`, {});
  if (until === 'approved') await product.post(approver, `/test-reports/${id}/approval`, { verdict: 'pass' });
  return id;
}

/** A step of mine of which mass is missing: a warning, which two people may accept. */
export async function warning(world: World): Promise<string> {
  const { product, mine, head } = world;
  const batch = await harvest(product, mine, world.crop, '3');
  const body = { eventTime: at, step: 'drying', inputs: [{ batch, quantity: '3', unit: 'kg' }], outputs: [{ quantity: '1', unit: 'kg' }] };
  const dried: string = (await product.post(mine, '/processing', body)).batches[0].code;
  for (const code of [batch, dried]) world.codes.add(code);
  await product.settled();
  for (const code of [dried, batch]) {
    const { items } = await product.done(head, 'GET', `/api/v1/findings?severity=warning&batch=${code}`);
    if (items.length > 0) return items[0].id;
  }
  throw new Error('a step without two thirds of its mass raised no warning');
}

const reportOf = (mine: Firm, batch: string) => ({
  number: `R-${next()}`, batch, commissioner: mine.code, standard: '《中国药典》2020 年版一部 连翘', items: [{ test: '水分', value: '8.1', unit: '%', limitText: '不得过 10.0%', verdict: 'pass' }],
});

async function thing(world: World, path: string, body: object): Promise<string> {
  return (await world.product.post(world.mine.owner, path, body)).id;
}

const zone = (world: World, kind: string): Promise<string> => thing(world, '/zones', { site: world.mine.site, zone: kind, name: `${kind} ${next()}` });

/** A zone of mine with 2 kg in it that nobody has decided on. */
async function stockedZone(world: World, kind = 'general'): Promise<string> {
  const id = await zone(world, kind);
  await world.product.post(world.mine, '/storage', { eventTime: '2026-08-31T08:00:00+08:00', site: id, lines: [line(world, '2')] });
  return id;
}

const plotOf = ({ mine }: World) => ({ baseId: mine.base, name: `地块 ${next()}`, layer: 'crop', fromYear: 2026, boundary: SQUARE, datum: 'GCJ-02', declaredMu: '1500' });

const scaleOf = ({ mine }: World) => ({ name: `台秤 ${next()}`, site: mine.site, division: { quantity: '0.1', unit: 'kg' } });
const allowanceOf = () => ({ step: 'transport', direction: 'loss', percent: '0.3', herb: 'lianqiao', months: [7, 8], source: '合同第 6 条' });
const contractOf = ({ mine }: World) => ({ land: [mine.plot], kind: 'lease', party: '某村村民委员会', from: '2024-03-01', to: '2029-02-28', areaMu: '866' });
const rotationOf = ({ mine }: World) => ({ baseId: mine.base, year: 2030, resting: [mine.plot] });
const disasterOf = ({ mine }: World) => ({ land: [mine.plot], kind: 'frost', from: '2026-04-12', affectedMu: '120' });
const accreditationOf = () => ({ scheme: 'CMA', number: `23${next()}`, validFrom: '2024-01-01', validTo: '2029-12-31', scope: [{ test: '水分' }] });
const templateOf = () => ({ name: `液相 ${next()}`, instrument: 'HPLC-03', sampleColumn: '样品编号', results: [{ column: '水分', test: '水分', unit: '%' }] });
const linkOf = () => ({ anchor: 'https://id.gs1.org/01/09521234000013', linkType: 'gs1:pip', href: `https://example.cn/${next()}`, title: '商品信息' });
const quotaOf = () => ({ name: `地理标志 ${next()}`, year: 2026, registeredKg: '36000', source: '用标核准通知' });
const noticeOf = () => ({ region: '141026', herb: 'lianqiao', grade: '老翘', from: '2026-07-15', number: `告 ${next()}`, source: '县政府网站' });
const limitOf = () => ({ item: '水分', limitText: '10.0', unit: '%', direction: 'max' });
const standardOf = () => ({ family: 'house', name: `内控 ${next()}`, herb: 'lianqiao', form: 'herb', effectiveFrom: '2026-01-01', source: '企业标准', limits: [limitOf()] });
const confirmationOf = async (world: World) => ({
  version: await thing(world, '/standards', standardOf()), page: { number: '1', file: await handInPage(world.product, world.mine.owner) }, readings: [{ limit: 'L1', limitText: '10.0', unit: '%', direction: 'max' }],
});
/** Of goods made long ago: what nobody confirmed would keep everything else here from being let go. */
const bindingOf = async (world: World) => ({ version: await thing(world, '/standards', standardOf()), herb: 'lianqiao', from: '2001-01-01', to: '2001-12-31' });
const seedOf = (world: World) => ({ eventTime: '2026-08-01T09:00:00+08:00', way: 'seed-harvest', mothers: [world.crop], outputs: [{ form: 'seed', quantity: '2', unit: 'kg' }] });

/** A lot of seed of mine. */
async function seed(world: World): Promise<string> {
  const { batches } = await world.product.post(world.mine, '/propagations', seedOf(world));
  world.codes.add(batches[0].code);
  return batches[0].code;
}

/** A crop of mine that nothing else rests on. */
async function newCrop(world: World): Promise<string> {
  const { batches } = await world.product.post(world.mine, '/crops', { eventTime: '2023-03-20T09:00:00+08:00', herb: 'lianqiao', plots: [world.mine.plot], mode: 'wild-tended' });
  world.codes.add(batches[0].code);
  return batches[0].code;
}

const inputProductOf = () => ({ name: `0.3%苦参碱水剂 ${next()}`, kind: 'pesticide', registrationNumber: 'PD20102101', ingredients: [{ name: '苦参碱' }], crops: [{ crop: '连翘', herb: 'lianqiao', safetyIntervalDays: 14 }] });
const inputLotOf = async (world: World) => ({ product: await thing(world, '/input-products', inputProductOf()), supplier: '某农资店', boughtOn: '2026-05-20', quantity: '20', unit: 'L' });
const inputCountOf = async (world: World) => ({ lot: await thing(world, '/input-lots', await inputLotOf(world)), kind: 'left', on: '2026-09-30', quantity: '20', unit: 'L' });
const inputAllowanceOf = () => ({ basis: 'sop', number: `SOP-${next()}`, source: '质量管理负责人批准', herb: 'lianqiao', ingredients: ['苦参碱'], safetyIntervalDays: 21, from: '2026-03-01', papers: [{ name: '消解试验' }] });
const sopOf = () => ({ code: `SOP-${next()}`, version: '1', title: '干燥规程', scope: 'processing', from: '2026-03-01' });
const environmentOf = ({ mine }: World) => ({ land: [mine.plot], medium: 'soil', sampledOn: '2026-03-12', laboratory: '某检测', reportNumber: `HJ-${next()}`, items: [{ test: '镉', value: '0.12', unit: 'mg/kg' }] });
const unifiedOf = ({ mine }: World) => ({ baseId: mine.base, herb: 'lianqiao', year: 2026, scheme: 'six', ticks: [] });
const auditOf = ({ buyer }: World) => ({ supplier: buyer.code, scope: '全过程', plannedOn: '2026-06-10' });
const evaluationOf = ({ mine, buyer }: World) => ({ supplier: buyer.code, baseId: mine.base, herb: 'lianqiao', years: ['2026'], conclusion: 'conforms', on: '2026-07-10' });
const inspectionOf = ({ mine }: World) => ({ authority: '省药监局', number: `检 ${next()}`, on: '2026-09-20', supplier: mine.code, baseId: mine.base, herb: 'lianqiao', years: ['2026'], result: 'passed' });
const heads = (path: string, bodyOf: (world: World) => object): Prepare => (world) => ({ who: world.head, url: `/api/v1${path}`, body: bodyOf(world) });
const headThing = async (world: World, path: string, body: object): Promise<string> => (await world.product.post(world.head, path, body)).id;

const grantOf = ({ mine }: World) => ({ organisationId: mine.id, run: `run-${next()}`, reason: '纸质台账补录', until: new Date(Date.now() + 86_400_000).toISOString(), sources: ['采收台账'] });

const owners = (path: string, bodyOf: (world: World) => object): Prepare => (world) => ({ who: world.mine.owner, url: `/api/v1${path}`, body: bodyOf(world) });
const operators = (path: string, bodyOf: (world: World) => object): Prepare => (world) => ({ who: world.operator, url: `/api/v1${path}`, body: bodyOf(world) });
const forms = (path: string, bodyOf: (world: World) => Promise<object> | object): Prepare => async (world) => ({ who: world.mine, url: `/api/v1${path}`, body: await bodyOf(world) });

const document = (eventList: readonly unknown[]): object => ({
  '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'], type: 'EPCISDocument', schemaVersion: '2.0', creationDate: '2026-09-01T09:00:00Z', epcisBody: { eventList },
});

/** An event of mine as another system would tell it. */
const epcisEvent = (world: World) => bare('ObjectEvent', at, {
  eventID: `urn:example:told:${next()}`, action: 'OBSERVE', bizStep: 'shipping', quantityList: [kgs(uriOf(world.batch), 1)], ...passing(world.mine, world.buyer),
});

const orderOf = () => ({ number: `SC-${next()}`, kind: 'other', name: '连翘净制品', lotNumber: '260901', procedure: 'STP-1 第 1 版', plannedOn: '2026-09-01', steps: [{ step: 'sorting', balanceMin: '98.0' }] });
const issueOf = (world: World) => ({ at, lines: [line(world)] });
const clearanceOf = () => ({ at, moment: 'before', area: '净选间' });
const deviationOf = () => ({ at, description: '筛网破损' });
const newOrder = (world: World): Promise<string> => thing(world, '/production-orders', orderOf());
const ofOrder = (kind: string, bodyOf: (world: World) => Promise<object> | object): Prepare => async (world) =>
  ({ who: world.mine.owner, url: `/api/v1/production-orders/${await newOrder(world)}/${kind}`, body: await bodyOf(world) });

/** A part of the batch record of an order of mine, put down by its owner. */
async function recordPart(world: World, kind: string, body: object): Promise<{ readonly order: string; readonly part: string }> {
  const order = await newOrder(world);
  return { order, part: await thing(world, `/production-orders/${order}/${kind}`, body) };
}

/** One accepted request for every route that changes something. A route that is not here fails the campaigns that walk it. */
export const CASES: Readonly<Record<string, Prepare>> = {
  'POST /api/v1/notice-subscriptions': owners('/notice-subscriptions', () => ({ occasions: ['report-approved'], channel: 'email', target: `someone-${next()}@example.cn`, language: 'zh' })),
  'DELETE /api/v1/notice-subscriptions/{id}': async (world) => ({ who: world.mine.owner, url: `/api/v1/notice-subscriptions/${await thing(world, '/notice-subscriptions', { occasions: ['report-approved'], channel: 'email', target: 'someone@example.cn', language: 'zh' })}` }),
  'POST /api/v1/operator/dead-jobs/{queue}/{id}/replay': async ({ product, operator }) => {
    // A document nobody sent: its job dies at once, each time.
    const { id } = await product.app.get(QueueFactory).queue('capture-document').add('capture', { captureId: `none-${next()}` }, { attempts: 1 });
    const isDead = async () => (await product.send(operator, 'GET', '/api/v1/operator/dead-jobs')).body.items.some((job: { id: string }) => job.id === id);
    while (!(await isDead())) await new Promise((resolve) => setTimeout(resolve, 20));
    return { who: operator, url: `/api/v1/operator/dead-jobs/capture-document/${id}/replay` };
  },
  'POST /api/v1/sessions': () => ({ who: NOBODY, url: '/api/v1/sessions', body: { login: 'mine-owner', password: PASSWORD } }),
  'DELETE /api/v1/sessions/current': async ({ product }) => ({ who: await product.signIn('mine-owner'), url: '/api/v1/sessions/current' }),
  'POST /api/v1/organisations': operators('/organisations', () => {
    const n = next();
    return { code: `NEW-${n}`, name: '新社', type: 'cooperative', creditCode: creditCode(500_000 + n), region: '141026', owner: { name: '新', login: `new-owner-${n}`, password: PASSWORD } };
  }),
  'PATCH /api/v1/organisations/{id}': (world) => ({ who: world.mine.owner, url: `/api/v1/organisations/${world.mine.id}`, body: { name: `改名社 ${next()}`, why: '更名' } }),
  'POST /api/v1/people': owners('/people', () => ({ name: '新人', login: `person-${next()}`, password: PASSWORD, roles: ['warehouse'] })),
  'PATCH /api/v1/people/{id}': async (world) => ({ who: world.mine.owner, url: `/api/v1/people/${(await newPerson(world)).personId}`, body: { name: '改名' } }),
  'POST /api/v1/people/{id}/password': async (world) => ({ who: world.mine.owner, url: `/api/v1/people/${(await newPerson(world)).personId}/password`, body: { password: 'another password' } }),
  'POST /api/v1/people/{id}/erasure': async (world) => ({ who: world.mine.owner, url: `/api/v1/people/${(await newPerson(world)).personId}/erasure`, body: { why: '本人要求' } }),
  'POST /api/v1/api-keys': owners('/api-keys', () => ({ name: '系统', roles: ['machine'] })),
  'DELETE /api/v1/api-keys/{id}': async (world) => ({ who: world.mine.owner, url: `/api/v1/api-keys/${await thing(world, '/api-keys', { name: '旧系统', roles: ['machine'] })}` }),
  'POST /api/v1/sites': owners('/sites', () => ({ kind: 'workshop', name: `车间 ${next()}`, region: '141026' })),
  'PATCH /api/v1/sites/{id}': async (world) => ({ who: world.mine.owner, url: `/api/v1/sites/${await thing(world, '/sites', { kind: 'workshop', name: '旧', region: '141026' })}`, body: { name: '改名库', why: '更名' } }),
  'POST /api/v1/bases': owners('/bases', () => ({ name: `基地 ${next()}`, region: '141026' })),
  'PATCH /api/v1/bases/{id}': async (world) => ({ who: world.mine.owner, url: `/api/v1/bases/${await thing(world, '/bases', { name: '旧', region: '141026' })}`, body: { name: '改名基地', why: '更名' } }),
  'POST /api/v1/plots': owners('/plots', plotOf),
  'PATCH /api/v1/plots/{id}': async (world) => ({ who: world.mine.owner, url: `/api/v1/plots/${await thing(world, '/plots', plotOf(world))}`, body: { boundary: SQUARE, datum: 'WGS-84', why: '重测' } }),
  'POST /api/v1/tending-areas': owners('/tending-areas', (world) => ({ ...plotOf(world), layer: 'understorey', datum: 'BD-09' })),
  'PATCH /api/v1/tending-areas/{id}': async (world) => ({ who: world.mine.owner, url: `/api/v1/tending-areas/${await thing(world, '/tending-areas', { ...plotOf(world), layer: 'understorey' })}`, body: { declaredMu: 900, why: '更正' } }),
  'POST /api/v1/scales': owners('/scales', scaleOf),
  'PATCH /api/v1/scales/{id}': async (world) => ({ who: world.mine.owner, url: `/api/v1/scales/${await thing(world, '/scales', scaleOf(world))}`, body: { from: '2026-09-01', calibratedOn: '2026-09-01' } }),
  'POST /api/v1/allowances': owners('/allowances', allowanceOf),
  'PATCH /api/v1/allowances/{id}': async (world) => ({ who: world.mine.owner, url: `/api/v1/allowances/${await thing(world, '/allowances', allowanceOf())}`, body: { percent: 0.2, why: '改用密封包装' } }),
  'POST /api/v1/land-contracts': owners('/land-contracts', contractOf),
  'PATCH /api/v1/land-contracts/{id}': async (world) => ({ who: world.mine.owner, url: `/api/v1/land-contracts/${await thing(world, '/land-contracts', contractOf(world))}`, body: { to: '2034-02-28', why: '续签' } }),
  'POST /api/v1/rotation-plans': owners('/rotation-plans', rotationOf),
  'PATCH /api/v1/rotation-plans/{id}': async (world) => ({ who: world.mine.owner, url: `/api/v1/rotation-plans/${await thing(world, '/rotation-plans', rotationOf(world))}`, body: { reason: '三年轮采' } }),
  'POST /api/v1/input-products': owners('/input-products', inputProductOf),
  'PATCH /api/v1/input-products/{id}': async (world) => ({ who: world.mine.owner, url: `/api/v1/input-products/${await thing(world, '/input-products', inputProductOf())}`, body: { registrationNumber: 'PD20102102', why: '看错' } }),
  'POST /api/v1/input-lots': async (world) => ({ who: world.mine.owner, url: '/api/v1/input-lots', body: await inputLotOf(world) }),
  'PATCH /api/v1/input-lots/{id}': async (world) => ({ who: world.mine.owner, url: `/api/v1/input-lots/${await thing(world, '/input-lots', await inputLotOf(world))}`, body: { status: 'ended', why: '重复登记' } }),
  'POST /api/v1/input-counts': async (world) => ({ who: world.mine.owner, url: '/api/v1/input-counts', body: await inputCountOf(world) }),
  'PATCH /api/v1/input-counts/{id}': async (world) => ({ who: world.mine.owner, url: `/api/v1/input-counts/${await thing(world, '/input-counts', await inputCountOf(world))}`, body: { status: 'ended', why: '重复登记' } }),
  'POST /api/v1/input-allowances': heads('/input-allowances', inputAllowanceOf),
  'PATCH /api/v1/input-allowances/{id}': async (world) => ({ who: world.head, url: `/api/v1/input-allowances/${await headThing(world, '/input-allowances', inputAllowanceOf())}`, body: { to: '2028-12-31', why: '到期' } }),
  'POST /api/v1/sops': heads('/sops', sopOf),
  'PATCH /api/v1/sops/{id}': async (world) => ({ who: world.head, url: `/api/v1/sops/${await headThing(world, '/sops', sopOf())}`, body: { to: '2028-12-31', why: '新版生效' } }),
  'POST /api/v1/environment-tests': owners('/environment-tests', environmentOf),
  'PATCH /api/v1/environment-tests/{id}': async (world) => ({ who: world.mine.owner, url: `/api/v1/environment-tests/${await thing(world, '/environment-tests', environmentOf(world))}`, body: { status: 'ended', why: '重复登记' } }),
  'POST /api/v1/unified-seasons': owners('/unified-seasons', unifiedOf),
  'PATCH /api/v1/unified-seasons/{id}': async (world) => ({ who: world.mine.owner, url: `/api/v1/unified-seasons/${await thing(world, '/unified-seasons', unifiedOf(world))}`, body: { ticks: [{ point: 'inputs', evidence: [{ name: '口头' }] }], why: '补充' } }),
  'POST /api/v1/supplier-audits': owners('/supplier-audits', auditOf),
  'PATCH /api/v1/supplier-audits/{id}': async (world) => ({ who: world.mine.owner, url: `/api/v1/supplier-audits/${await thing(world, '/supplier-audits', auditOf(world))}`, body: { auditedOn: '2026-06-12', why: '已实施' } }),
  'POST /api/v1/gap-evaluations': heads('/gap-evaluations', evaluationOf),
  'PATCH /api/v1/gap-evaluations/{id}': async (world) => ({ who: world.head, url: `/api/v1/gap-evaluations/${await headThing(world, '/gap-evaluations', evaluationOf(world))}`, body: { status: 'ended', why: '重新评估' } }),
  'POST /api/v1/extended-inspections': owners('/extended-inspections', inspectionOf),
  'PATCH /api/v1/extended-inspections/{id}': async (world) => ({ who: world.mine.owner, url: `/api/v1/extended-inspections/${await thing(world, '/extended-inspections', inspectionOf(world))}`, body: { status: 'ended', why: '重复登记' } }),
  'POST /api/v1/disasters': owners('/disasters', disasterOf),
  'PATCH /api/v1/disasters/{id}': async (world) => ({ who: world.mine.owner, url: `/api/v1/disasters/${await thing(world, '/disasters', disasterOf(world))}`, body: { lossPercent: 60 } }),
  'POST /api/v1/opening-notices': owners('/opening-notices', noticeOf),
  'PATCH /api/v1/opening-notices/{id}': async (world) => ({ who: world.mine.owner, url: `/api/v1/opening-notices/${await thing(world, '/opening-notices', noticeOf())}`, body: { from: '2026-07-18' } }),
  'POST /api/v1/herbs': operators('/herbs', () => ({ code: `herb${next()}`, name: '地黄', pinyin: 'dihuang', latin: 'Rehmanniae Radix', part: '根', verified: false, source: '测试', grades: ['统货'] })),
  'POST /api/v1/products': owners('/products', () => ({ name: `连翘 ${next()}`, herbs: ['lianqiao'], form: 'decoction-piece', netContent: { value: 0.5, unit: 'KGM' } })),
  'POST /api/v1/gi-quotas': owners('/gi-quotas', quotaOf),
  'PATCH /api/v1/gi-quotas/{id}': async (world) => ({ who: world.mine.owner, url: `/api/v1/gi-quotas/${await thing(world, '/gi-quotas', quotaOf())}`, body: { registeredKg: '40000', why: '看错' } }),
  'POST /api/v1/accreditations': owners('/accreditations', accreditationOf),
  'PATCH /api/v1/accreditations/{id}': async (world) => ({ who: world.mine.owner, url: `/api/v1/accreditations/${await thing(world, '/accreditations', accreditationOf())}`, body: { validTo: '2027-06-30', why: '被撤销' } }),
  'POST /api/v1/instrument-templates': owners('/instrument-templates', templateOf),
  'PATCH /api/v1/instrument-templates/{id}': async (world) => ({ who: world.mine.owner, url: `/api/v1/instrument-templates/${await thing(world, '/instrument-templates', templateOf())}`, body: { status: 'ended', why: '换仪器' } }),
  'POST /api/v1/test-reports/imports/preview': async (world) => {
    const { id } = await world.product.done(world.tester, 'POST', '/api/v1/instrument-templates', templateOf());
    return { who: world.tester, url: '/api/v1/test-reports/imports/preview', body: { template: id, file: Buffer.from('样品编号,水分\nS-1,8.10\n').toString('base64') } };
  },
  'POST /api/v1/links': owners('/links', linkOf),
  'PATCH /api/v1/links/{id}': async (world) => ({ who: world.mine.owner, url: `/api/v1/links/${await thing(world, '/links', linkOf())}`, body: { title: '商品说明', why: '改版' } }),
  'POST /api/v1/certificates': owners('/certificates', ({ mine }) => ({ kind: 'GAP', number: `G-${next()}`, issuer: '某局', validFrom: '2026-01-01', validTo: '2027-01-01', subject: { type: 'base', id: mine.base } })),
  'POST /api/v1/standards': owners('/standards', standardOf),
  'POST /api/v1/standards/imports': owners('/standards/imports', () => ({ take: 'all', file: Buffer.from(`标准类别,标准名称,品种,形态,施行日期,来源,检验项目,方向,限度,单位\n内控,导入 ${next()},lianqiao,药材,2026-01-01,企业标准,水分,不得过,10.0,%`).toString('base64') })),
  'PATCH /api/v1/standards/{id}': async (world) => ({ who: world.mine.owner, url: `/api/v1/standards/${await thing(world, '/standards', standardOf())}`, body: { effectiveTo: '2030-12-31', why: '到期' } }),
  'POST /api/v1/standards/{id}/versions': async (world) => {
    const { name, effectiveFrom: _, source, limits } = standardOf();
    return { who: world.mine.owner, url: `/api/v1/standards/${await thing(world, '/standards', standardOf())}/versions`, body: { name, source, limits, effectiveFrom: '2027-01-01', why: '修订' } };
  },
  'POST /api/v1/standard-confirmations': async (world) => ({ who: world.mine.owner, url: '/api/v1/standard-confirmations', body: await confirmationOf(world) }),
  'POST /api/v1/standard-confirmations/{id}/withdrawal': async (world) => ({ who: world.mine.owner, url: `/api/v1/standard-confirmations/${await thing(world, '/standard-confirmations', await confirmationOf(world))}/withdrawal`, body: { why: '看错' } }),
  'POST /api/v1/standard-bindings': async (world) => ({ who: world.mine.owner, url: '/api/v1/standard-bindings', body: await bindingOf(world) }),
  'PATCH /api/v1/standard-bindings/{id}': async (world) => ({ who: world.mine.owner, url: `/api/v1/standard-bindings/${await thing(world, '/standard-bindings', await bindingOf(world))}`, body: { to: '2001-06-30', why: '期满' } }),
  'POST /api/v1/jurisdictions': operators('/jurisdictions', ({ supervisor }) => ({ organisationId: supervisor.id, regionPrefix: '1410', stage: 'all', herb: 'lianqiao' })),
  'DELETE /api/v1/jurisdictions/{id}': async ({ product, operator, supervisor }) => {
    const { id } = await product.post(operator, '/jurisdictions', { organisationId: supervisor.id, regionPrefix: '1410', stage: 'all', herb: 'lianqiao' });
    return { who: operator, url: `/api/v1/jurisdictions/${id}` };
  },
  'POST /api/v1/import-grants': owners('/import-grants', grantOf),
  'DELETE /api/v1/import-grants/{id}': async (world) => ({ who: world.mine.owner, url: `/api/v1/import-grants/${await thing(world, '/import-grants', grantOf(world))}` }),
  'POST /epcis/capture': (world) => ({ who: world.mine, url: '/epcis/capture', body: document([{ ...epcisEvent(world), '@context': undefined }]) }),
  'POST /epcis/events': (world) => ({ who: world.mine, url: '/epcis/events', body: epcisEvent(world) }),
  'POST /api/v1/events/{eventID}/erasure': async (world) => ({ who: world.mine.owner, url: eventUrl(await ownEvent(world, '/storage', { eventTime: at, site: world.mine.site, lines: [line(world)] }), 'erasure'), body: { reason: '当事人要求' } }),
  'POST /api/v1/test-reports': (world) => ({ who: world.tester, url: '/api/v1/test-reports', body: reportOf(world.mine, world.batch) }),
  'POST /api/v1/test-reports/{id}/review': async (world) => ({ who: world.reviewer, url: `/api/v1/test-reports/${await report(world, 'draft')}/review`, body: { remarks: '已复核' } }),
  'POST /api/v1/test-reports/{id}/approval': async (world) => ({ who: world.approver, url: `/api/v1/test-reports/${await report(world, 'reviewed')}/approval`, body: { verdict: 'pass' } }),
  'POST /api/v1/test-commissions': (world) => ({ who: world.head, url: '/api/v1/test-commissions', body: { batch: world.batch, laboratory: world.lab.code } }),
  'POST /api/v1/releases': async (world) => {
    const batch = await harvest(world.product, world.mine, world.crop, '5');
    world.codes.add(batch);
    await report(world, 'approved', batch);
    return { who: world.head, url: '/api/v1/releases', body: { batch, decision: 'released', reason: '符合规定' } };
  },
  'POST /api/v1/holds': (world) => ({ who: world.head, url: '/api/v1/holds', body: { batch: world.batch, reason: '待查' } }),
  'POST /api/v1/holds/{id}/lifting': async (world) => {
    const { id } = await world.product.post(world.head, '/holds', { batch: world.batch, reason: '待查' });
    return { who: world.head, url: `/api/v1/holds/${id}/lifting`, body: { reason: '查清' } };
  },
  'POST /api/v1/findings/{id}/decision': async (world) => {
    const id = await warning(world);
    const { token } = await world.product.done(world.head, 'POST', '/api/v1/signatures', { password: PASSWORD, meaning: 'finding-accepted', about: id });
    return { who: world.head, url: `/api/v1/findings/${id}/decision`, body: { reason: '称重误差在允许范围内', signature: token } };
  },
  'POST /api/v1/findings/{id}/explanation': async (world) => ({ who: world.head, url: `/api/v1/findings/${await warning(world)}/explanation`, body: { text: '晾晒时落叶' } }),
  'POST /api/v1/rule-strictness': ({ head }) => ({ who: head, url: '/api/v1/rule-strictness', body: { rule: 'scale-expired', severity: 'warning', why: '与本厂规程一致' } }),
  'POST /api/v1/signatures': ({ head }) => ({ who: head, url: '/api/v1/signatures', body: { password: PASSWORD, meaning: 'finding-accepted', about: head.personId } }),
  'POST /api/v1/accessions': forms('/accessions', () => ({ eventTime: '2019-10-12T10:00:00+08:00', number: `SX-${next()}`, holder: '资源圃', herb: 'lianqiao', species: 'Forsythia suspensa (Thunb.) Vahl', source: 'wild' })),
  'POST /api/v1/propagations': forms('/propagations', seedOf),
  'POST /api/v1/propagule-checks': forms('/propagule-checks', async (world) => ({ eventTime: at, of: await seed(world), tests: { germinationPercent: 82 } })),
  'POST /api/v1/plantings': forms('/plantings', async (world) => ({ eventTime: at, crop: world.crop, how: 'resowing', lots: [{ batch: await seed(world), quantity: '1', unit: 'kg' }] })),
  'POST /api/v1/crop-ends': forms('/crop-ends', async (world) => ({ eventTime: at, crop: await newCrop(world), how: 'failed' })),
  'POST /api/v1/crops': forms('/crops', ({ mine }) => ({ eventTime: '2023-03-20T09:00:00+08:00', herb: 'lianqiao', grade: '青翘', plots: [mine.plot], mode: 'wild-tended' })),
  'POST /api/v1/field-work': forms('/field-work', (world) => ({ eventTime: '2026-06-10T07:00:00+08:00', crop: world.crop, work: 'weeding' })),
  'POST /api/v1/harvests': forms('/harvests', (world) => ({ eventTime: '2026-08-20T09:30:00+08:00', crop: world.crop, quantity: '812.5', unit: 'kg' })),
  'POST /api/v1/processing': forms('/processing', (world) => ({ eventTime: at, step: 'drying', inputs: [line(world, '3')], outputs: [{ quantity: '1', unit: 'kg' }, { quantity: '0.1', unit: 'kg', role: 'waste' }], losses: [{ cause: 'drying', quantity: '1.9', unit: 'kg' }] })),
  'POST /api/v1/packing': forms('/packing', (world) => ({ eventTime: at, inputs: [line(world)], pieces: 4, netContent: { quantity: '250', unit: 'g' }, lotNumber: '260920', serials: 2 })),
  'POST /api/v1/aggregations': forms('/aggregations', (world) => ({ eventTime: at, action: 'pack', lines: [line(world)] })),
  'POST /api/v1/samples': forms('/samples', (world) => ({ eventTime: at, lines: [line(world, '0.1')], laboratory: { organisation: world.lab.code } })),
  'POST /api/v1/storage': forms('/storage', (world) => ({ eventTime: at, site: world.mine.site, lines: [line(world)] })),
  'POST /api/v1/shipments': forms('/shipments', shipmentOf),
  'POST /api/v1/shipments/{eventID}/void': async (world) => ({
    who: world.mine, url: `/api/v1/shipments/${encodeURIComponent(await ownEvent(world, '/shipments', shipmentOf(world)))}/void`, body: { eventTime: '2026-09-01T12:00:00+08:00', reason: '未出库' },
  }),
  'POST /api/v1/receipts': async (world) => {
    await world.product.post(world.mine, '/shipments', shipmentOf(world));
    return { who: world.buyer, url: '/api/v1/receipts', body: { eventTime: '2026-09-02T15:00:00+08:00', from: { organisation: world.mine.code }, lines: [{ batch: world.batch, accepted: { quantity: '1', unit: 'kg' }, lotNumber: `YL-${next()}` }] } };
  },
  'POST /api/v1/sales': forms('/sales', (world) => ({ eventTime: at, lines: [line(world)], price: '76.00' })),
  'POST /api/v1/intakes': forms('/intakes', () => ({ eventTime: at, means: 'purchase', herb: 'lianqiao', quantity: '2', unit: 'kg', seller: { organisationName: '某某药材有限公司' }, year: 2025 })),
  'POST /api/v1/splits': forms('/splits', (world) => ({ eventTime: at, batch: world.batch, parts: [{ quantity: '0.4', unit: 'kg', count: 2 }] })),
  'POST /api/v1/mixtures': forms('/mixtures', async (world) => {
    const other = await harvest(world.product, world.mine, world.crop, '10');
    world.codes.add(other);
    return { eventTime: at, inputs: [line(world), { ...line(world), batch: other }] };
  }),
  'POST /api/v1/gradings': forms('/gradings', (world) => ({ eventTime: at, batch: world.batch, outputs: [{ grade: '一等', quantity: '0.9', unit: 'kg' }], siftings: { quantity: '0.1', unit: 'kg' } })),
  'POST /api/v1/repackings': forms('/repackings', (world) => ({ eventTime: at, batch: world.batch, packages: { count: 2, quantity: '0.5', unit: 'kg' } })),
  'POST /api/v1/credit-sales': forms('/credit-sales', creditSaleOf),
  'POST /api/v1/credits/{id}/payments': async (world) => ({ who: world.mine, url: `/api/v1/credits/${await credit(world)}/payments`, body: { amount: '20.00', paidOn: '2026-09-10', note: '转账' } }),
  'POST /api/v1/credits/{id}/payments/{paymentId}/withdrawal': async (world) => {
    const id = await credit(world);
    const payment = await world.product.post(world.mine, `/credits/${id}/payments`, { amount: '20.00', paidOn: '2026-09-10' });
    return { who: world.mine, url: `/api/v1/credits/${id}/payments/${payment.id}/withdrawal`, body: { why: '重复登记' } };
  },
  'POST /api/v1/returns': forms('/returns', async (world) => ({ eventTime: '2026-09-03T08:00:00+08:00', sale: await ownEvent(world, '/credit-sales', creditSaleOf(world)), reason: '受潮', state: 'damp', credited: '5.00' })),
  'POST /api/v1/exchanges': forms('/exchanges', async (world) => ({
    eventTime: '2026-09-03T08:00:00+08:00', sale: await ownEvent(world, '/sales', { eventTime: at, lines: [line(world)] }), given: [line(world)], reason: '规格不符', state: 'unopened',
  })),
  'POST /api/v1/destructions': forms('/destructions', (world) => ({ eventTime: at, lines: [line(world)], witness: world.mine.owner.personId, reason: '霉变' })),
  'POST /api/v1/stock-takes': forms('/stock-takes', async (world) => {
    const batch = await harvest(world.product, world.mine, world.crop, '10');
    world.codes.add(batch);
    return { eventTime: '2026-10-31T17:00:00+08:00', lines: [{ batch, quantity: '9.5', unit: 'kg', reason: 'drying-loss' }] };
  }),
  'POST /api/v1/zones': owners('/zones', (world) => ({ site: world.mine.site, zone: 'quarantine', name: `待验区 ${next()}` })),
  'PATCH /api/v1/zones/{id}': async (world) => ({ who: world.mine.owner, url: `/api/v1/zones/${await zone(world, 'general')}`, body: { name: `货位 ${next()}`, why: '调整' } }),
  'POST /api/v1/transfers': forms('/transfers', async (world) => ({ eventTime: at, from: await stockedZone(world), to: world.mine.site, lines: [line(world)] })),
  'POST /api/v1/arrivals': forms('/arrivals', async (world) => {
    await world.product.post(world.mine, '/transfers', { eventTime: at, from: await stockedZone(world), to: world.mine.site, lines: [line(world)], underWay: true });
    return { eventTime: '2026-09-01T12:00:00+08:00', site: world.mine.site, lines: [{ ...line(world, '0.9'), reason: 'transit-loss' }] };
  }),
  'POST /api/v1/stock-changes': forms('/stock-changes', (world) => ({ eventTime: at, change: 're-drying', lines: [{ batch: world.batch, before: '3', after: '2.9', unit: 'kg' }] })),
  'POST /api/v1/upkeep': forms('/upkeep', (world) => ({ eventTime: at, measures: ['turning'], batches: [world.batch] })),
  'POST /api/v1/sample-returns': forms('/sample-returns', async (world) => {
    await world.product.post(world.mine, '/samples', { eventTime: at, lines: [line(world, '0.1')] });
    return { eventTime: '2026-09-01T12:00:00+08:00', lines: [line(world, '0.05')] };
  }),
  'POST /api/v1/retained-samples/{id}/destruction': async (world) => {
    await world.product.post(world.mine, '/samples', { eventTime: at, kind: 'retained', lines: [line(world, '0.1')], retained: { place: '留样柜', until: '2026-09-30' } });
    const { items } = await world.product.done(world.mine, 'GET', '/api/v1/retained-samples?limit=500');
    return {
      who: world.mine, url: `/api/v1/retained-samples/${items.at(-1).id}/destruction`,
      body: { eventTime: '2026-10-01T08:00:00+08:00', destroyedBy: world.head.personId, watchedBy: world.mine.owner.personId, method: 'burning', reason: '到期' },
    };
  },
  'POST /api/v1/retests': forms('/retests', (world) => ({ eventTime: at, batch: world.batch, due: '2027-03-01' })),
  'POST /api/v1/waste-removals': forms('/waste-removals', async (world) => {
    const body = { eventTime: at, step: 'sorting', inputs: [line(world)], outputs: [{ quantity: '0.9', unit: 'kg' }, { role: 'waste', quantity: '0.1', unit: 'kg' }] };
    const { batches } = await world.product.post(world.mine, '/processing', body);
    for (const { code } of batches) world.codes.add(code);
    return { eventTime: '2026-09-01T12:00:00+08:00', lines: [{ batch: batches[1].code, quantity: '0.1', unit: 'kg' }], destination: 'compost' };
  }),
  'POST /api/v1/zone-decisions': async (world) => ({
    who: world.head, url: '/api/v1/zone-decisions',
    body: { eventTime: at, from: await stockedZone(world), to: await zone(world, 'qualified'), lines: [line(world)], basis: '检验报告 R-1 符合规定' },
  }),
  'POST /api/v1/events/{eventID}/correction': async (world) => ({
    who: world.mine, url: eventUrl(await ownEvent(world, '/shipments', shipmentOf(world)), 'correction'),
    body: { reason: '磅单看错', replacement: { ...shipmentOf(world), lines: [line(world, '2')] } },
  }),
  'POST /api/v1/pickers': owners('/pickers', () => ({ kind: 'household', name: `农户 ${next()}`, phone: '13900000000' })),
  'PATCH /api/v1/pickers/{id}': async (world) => ({ who: world.mine.owner, url: `/api/v1/pickers/${await newPicker(world)}`, body: { kind: 'member', name: '改名', why: '已入社' } }),
  'POST /api/v1/pickers/{id}/erasure': async (world) => ({ who: world.mine.owner, url: `/api/v1/pickers/${await newPicker(world)}/erasure`, body: { why: '本人要求' } }),
  'POST /api/v1/slips': forms('/slips', async (world) => slipOf(world, await newPicker(world), nextDay())),
  'POST /api/v1/slips/{id}/correction': async (world) => {
    const [picker, day] = [await newPicker(world), nextDay()];
    const { id } = await closedSlip(world, picker, day);
    return { who: world.mine, url: `/api/v1/slips/${id}/correction`, body: { reason: '看错磅', replacement: { ...slipOf(world, picker, day), gross: '88.4' } } };
  },
  'POST /api/v1/heaps': forms('/heaps', async (world) => {
    const [picker, day] = [await newPicker(world), nextDay()];
    await world.product.post(world.mine, '/slips', slipOf(world, picker, day));
    return heapOf(world, day);
  }),
  'POST /api/v1/heaps/{id}/slips': async (world) => {
    const [picker, day] = [await newPicker(world), nextDay()];
    await closedSlip(world, picker, day);
    const { lateFor } = await world.product.post(world.mine, '/slips', slipOf(world, picker, day));
    return { who: world.mine, url: `/api/v1/heaps/${lateFor}/slips`, body: { reason: '手机离线' } };
  },
  'POST /api/v1/label-sheets': forms('/label-sheets', (world) => ({ batch: world.batch, kind: 'carton', count: 2 })),
  'POST /api/v1/label-sheets/{id}/drawing': async (world) => ({ who: world.mine, url: `/api/v1/label-sheets/${(await world.product.post(world.mine, '/label-sheets', { batch: world.batch, kind: 'carton', count: 1 })).id}/drawing` }),
  'PUT /api/v1/paper-templates/{paper}': (world) => ({ who: world.mine.owner, url: '/api/v1/paper-templates/supplier-form', body: templateBody() }),
  'POST /api/v1/paper-templates/{paper}/preview': (world) => ({ who: world.mine.owner, url: '/api/v1/paper-templates/supplier-form/preview', body: templateBody() }),
  'DELETE /api/v1/paper-templates/{paper}': async ({ product, mine }) => {
    await product.done(mine.owner, 'PUT', '/api/v1/paper-templates/delivery-note', templateBody());
    return { who: mine.owner, url: '/api/v1/paper-templates/delivery-note' };
  },
  'POST /api/v1/dock-decisions': owners('/dock-decisions', (world) => ({ code: world.batch, decision: 'refuse', remarks: '包装破损' })),
  'PUT /api/v1/files/{sha256}': (world) => {
    const bytes = Buffer.from(`%PDF-1.7\n${next()}\n%%EOF`);
    return { who: world.mine.owner, url: `/api/v1/files/${createHash('sha256').update(bytes).digest('hex')}`, body: { file: bytes.toString('base64') } };
  },
  'POST /api/v1/production-orders': owners('/production-orders', orderOf),
  'POST /api/v1/production-orders/{id}/issues': ofOrder('issues', issueOf),
  'POST /api/v1/production-orders/{id}/returns': ofOrder('returns', (world) => ({ ...issueOf(world), as: 'returned' })),
  'POST /api/v1/production-orders/{id}/steps': ofOrder('steps', async (world) => {
    const body = { eventTime: at, step: 'sorting', inputs: [line(world)], outputs: [{ quantity: '1', unit: 'kg' }] };
    const { eventID, batches } = await world.product.post(world.mine, '/processing', body);
    for (const { code } of batches) world.codes.add(code);
    return { eventID };
  }),
  'POST /api/v1/production-orders/{id}/clearances': ofOrder('clearances', clearanceOf),
  'POST /api/v1/production-orders/{id}/label-counts': ofOrder('label-counts', () => ({ name: '袋标签', isPerPack: true, received: 10, used: 9, spoiled: 1, returned: 0 })),
  'POST /api/v1/production-orders/{id}/deviations': ofOrder('deviations', deviationOf),
  'POST /api/v1/production-orders/{id}/deviations/{part}/closing': async (world) => {
    const { order, part } = await recordPart(world, 'deviations', deviationOf());
    return { who: world.head, url: `/api/v1/production-orders/${order}/deviations/${part}/closing`, body: { conclusion: '无影响' } };
  },
  'POST /api/v1/production-orders/{id}/checks': async (world) => {
    const { order, part } = await recordPart(world, 'clearances', clearanceOf());
    return { who: world.head, url: `/api/v1/production-orders/${order}/checks`, body: { part } };
  },
  'POST /api/v1/production-orders/{id}/withdrawals': async (world) => {
    const { order, part } = await recordPart(world, 'clearances', clearanceOf());
    return { who: world.mine.owner, url: `/api/v1/production-orders/${order}/withdrawals`, body: { part, reason: '登记错了指令' } };
  },
  'POST /api/v1/production-orders/{id}/reviews': async (world) => ({ who: world.head, url: `/api/v1/production-orders/${await newOrder(world)}/reviews`, body: {} }),
  'POST /api/v1/batch-codes': forms('/batch-codes', () => ({ count: 2 })),
};

/** Routes whose case waits for a job, and so for a product with workers. */
export const NEED_WORKERS: ReadonlySet<string> = new Set(['POST /api/v1/operator/dead-jobs/{queue}/{id}/replay']);

/** Routes that cannot be walked twice in one installation; the set-up has tests of its own and made this world. */
export const WALKED_BY_SETTING_UP: ReadonlySet<string> = new Set(['POST /setup']);

/** Nobody: a request without credentials. */
export const NOBODY: Credential = { token: '' };

const newPicker = (world: World): Promise<string> => thing(world, '/pickers', { kind: 'household', name: `农户 ${next()}` });

/** A day no slip counts to yet, so that each case has a heap of its own. */
const nextDay = (): string => new Date(Date.UTC(2000, 0, next())).toISOString().slice(0, 10);

const slipOf = ({ mine, crop }: World, picker: string, day: string) => ({ eventTime: at, day, site: mine.site, picker, crop, grade: '青翘', unit: '斤', gross: '86.4', tare: '1.4', price: '3.20' });

const heapOf = ({ mine, crop }: World, day: string) => ({ eventTime: at, site: mine.site, crop, grade: '青翘', day });

async function closedSlip(world: World, picker: string, day: string): Promise<{ readonly id: string }> {
  const slip = await world.product.post(world.mine, '/slips', slipOf(world, picker, day));
  world.codes.add((await world.product.post(world.mine, '/heaps', heapOf(world, day))).batches[0].code);
  return slip;
}

const eventUrl = (eventId: string, act: string): string => `/api/v1/events/${encodeURIComponent(eventId)}/${act}`;

async function newPerson(world: World): Promise<Person> {
  return world.product.person(world.mine, `someone-${next()}`, ['warehouse']);
}

/** One operation of the OpenAPI document the product serves. */
export interface Operation {
  readonly method: Method;
  readonly path: string;
  /** As it stands in the tables here. */
  readonly route: string;
  readonly roles: 'public' | readonly string[] | undefined;
  readonly entries: readonly { readonly kind: string; readonly type: string; readonly count: '1' | '0..1' | '0..n' | '1..n' }[] | undefined;
  readonly query: readonly string[];
}

export async function operationsOf(product: Product): Promise<Operation[]> {
  const document = (await product.send(undefined, 'GET', '/api/openapi.json')).body;
  return Object.entries<Record<string, any>>(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([verb, operation]) => {
      const method = verb.toUpperCase() as Method;
      const parameters: { name: string; in: string }[] = operation.parameters ?? [];
      return {
        method, path, route: `${method} ${path}`, roles: operation['x-daodi-roles'], entries: operation['x-daodi-entries'],
        query: parameters.filter((one) => one.in === 'query').map(({ name }) => name),
      };
    }),
  );
}

export const isMutating = ({ method }: Operation): boolean => !['GET', 'HEAD', 'OPTIONS'].includes(method);
