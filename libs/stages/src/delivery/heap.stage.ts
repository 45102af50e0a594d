import { randomUUID } from 'node:crypto';
import { Problem } from '@daodi/platform';
import { Day, Id, record, Text } from '@daodi/registry';
import { Reference, Word } from '../form/fields';
import { FormBody } from '../form/form-body';
import type { Form } from '../form/forms.service';
import { issue } from '../form/issue';
import { findDeclaration } from '../form/own-event';
import { atSite, checkHerb } from '../form/places';
import { findThings, type Thing } from '../form/things';
import { quantityElement } from '../form/units';
import { withoutAbsent, type Work } from '../form/work';
import { checkArea, siteOf } from './compose-slip';
import { weighingOfHeap } from './heap-weighing';
import { findClosedHeap, findHeapOfEvent, findOpenSlips, findSlipsOfHeap, type Heap, sumOf } from './delivery-store';
import { type HeapKey, type HeapState, isSameHeap, type Slip } from './slip-state';

/** 收堆、封堆: a station's slips of one place, herb, grade and day become one batch. */
export class HeapForm extends FormBody {
  @Day({ description: 'The day of the slips. 日期' })
  day: string;

  @Id({ optional: true, description: 'Tending area or plot of the slips. 抚育区或地块' })
  area?: string;

  @Reference({ optional: true, description: 'The crop: that of the slips, or, beside an area, which of the crops that stand there. 种植批' })
  crop?: string;

  @Word(60, { optional: true, description: 'Herb of the slips; that of the crop where no area is named. 品种', example: 'lianqiao' })
  herb?: string;

  @Word(60, { optional: true, description: 'Grade of the slips. 规格等级', example: '青翘' })
  grade?: string;

  @Text(100, { optional: true, description: 'Your own lot number, as printed. 批号', example: '2026-LQ-0820' })
  lotNumber?: string;

  @Reference({ optional: true, description: 'A code issued before. 预发编码' })
  code?: string;
}

/**
 * Closing becomes a `batch` and a `heap` record and one TransformationEvent like a harvest's: the crop goes in without
 * quantity, the fresh batch comes out with what physically arrived. Of the slips the event tells how many there are and
 * a digest: no picker, no price.
 *
 * @param slipsAfter of a heap that is told anew: its slips as they are after the act under way
 */
export const heapForm = (slipsAfter?: readonly Slip[]): Form<HeapForm> => ({
  name: 'heap',
  body: HeapForm,
  async compose(work, body) {
    const crop = await cropOf(work, body);
    const key = await keyOf(work, body, crop);
    if (key === undefined || crop === undefined) return;
    const old = work.replaced === undefined ? await neverClosed(work, key) : await findHeapOfEvent(work.tx, work.caller.organisationId, work.replaced.entry.eventId as string);
    const slips = slipsAfter ?? (await slipsOf(work, key, old));
    if (slips.length === 0) work.fault('', 'no-open-slips', '没有可封堆的过磅单：请核对站点、地块、品种、等级和日期', 'no slips are open there: look at station, place, herb, grade and day');
    if (slips.length > 0) await compose(work, body, { crop, key, slips, old });
  },
  async declared(tx, caller, entry, corrective) {
    const heap = await findHeapOfEvent(tx, caller.organisationId, entry.eventId as string);
    if (heap === undefined) return [];
    const old = stateOf(heap);
    // Told by another event, it stays closed; if it was never closed, its slips are open again.
    if (corrective[0] !== undefined) return [record('heap', heap.id, 'changed', { old, new: { ...old, eventID: corrective[0] } })];
    return [record('heap', heap.id, 'ended', { old, new: { ...old, status: 'dissolved' } })];
  },
});

interface Closing {
  readonly crop: Thing;
  readonly key: HeapKey;
  readonly slips: readonly Slip[];
  readonly old?: Heap;
}

async function compose(work: Work, body: HeapForm, { crop, key, slips, old }: Closing): Promise<void> {
  const sum = sumOf(slips);
  const { herb } = key;
  const grade = key.grade ?? crop.facts?.grade;
  const { lotNumber } = body;
  const { code, uri } = await issue(work, {
    kind: 'batch', code: body.code, pointer: '/code', facts: { herb, grade, lotNumber, role: 'product', form: 'fresh', crop: crop.facts?.code, plots: key.area === undefined ? undefined : [key.area] },
  });
  const id = old?.id ?? randomUUID();
  const eventID = work.event('TransformationEvent', {
    bizStep: 'creating_class_instance',
    disposition: 'active',
    ...(await atSite(work, body.site)),
    inputEPCList: [crop.uri],
    outputQuantityList: [quantityElement(uri, { amount: BigInt(sum.arrivedMg), unit: 'mg' })],
    ilmd: withoutAbsent({ ...pickedOf(slips, key.day), 'cbvmda:lotNumber': lotNumber, 'daodi:herb': herb, 'daodi:grade': grade }),
    'daodi:step': 'harvest',
    ...(await weighingOfHeap(work, uri, slips, sum.arrivedMg)),
    'daodi:delivery': { heap: id, slips: slips.length, pickers: sum.pickers, sacks: sum.sacks, slipsDigest: sum.slipsDigest },
  });
  const now: HeapState = { ...key, status: 'closed', batch: code, batchUri: uri, eventID, ...sum };
  work.records.push(record('heap', id, old === undefined ? 'created' : 'changed', { old: old && stateOf(old), new: { ...now } }));
}

/** A heap's state without its id. */
export const stateOf = ({ id: _, ...state }: Heap): Record<string, unknown> => ({ ...state });

/** First and last day of picking, as far as slips tell; else the day of the slips. */
function pickedOf(slips: readonly Slip[], day: string): Record<string, string> {
  const from = slips.map(({ pickedFrom, pickedTo }) => pickedFrom ?? pickedTo ?? day).sort()[0] as string;
  const to = slips.map(({ pickedFrom, pickedTo }) => pickedTo ?? pickedFrom ?? day).sort().at(-1) as string;
  return { 'cbvmda:harvestStartDate': from, 'cbvmda:harvestEndDate': to };
}

/** The heap of a key whose closing another system declared in error, putting nothing in its place: it is closed anew, with its slips. */
async function neverClosed(work: Work, key: HeapKey): Promise<Heap | undefined> {
  const closed = await findClosedHeap(work.tx, work.caller.organisationId, key);
  const declaration = closed && (await findDeclaration(work.tx, work.caller, closed.eventID));
  const { correctiveEventIDs = [] } = (declaration?.body['errorDeclaration'] ?? {}) as { readonly correctiveEventIDs?: readonly string[] };
  return declaration === undefined || correctiveEventIDs.length > 0 ? undefined : closed;
}

async function slipsOf(work: Work, key: HeapKey, old: Heap | undefined): Promise<Slip[]> {
  if (old !== undefined) {
    if (!isSameHeap(old, key)) work.fault('', 'heap-key', '站点、地块、品种、等级和日期由过磅单决定：请更正过磅单', 'station, place, herb, grade and day are those of the slips: correct the slips');
    const own = await findSlipsOfHeap(work.tx, old.id);
    return work.replaced === undefined ? [...own, ...(await findOpenSlips(work.tx, work.caller.organisationId, key))] : own;
  }
  const closed = await findClosedHeap(work.tx, work.caller.organisationId, key);
  if (closed === undefined) return findOpenSlips(work.tx, work.caller.organisationId, key);
  work.refuseFaults();
  throw new Problem(409, 'heap-closed', { zh: '这一堆已经封堆', en: 'This heap is closed already' }, {
    detail: { zh: '迟到的过磅单请加入该堆：POST /api/v1/heaps/{id}/slips。', en: 'Add late slips to it: POST /api/v1/heaps/{id}/slips.' },
    members: { heap: closed.id, batch: closed.batch },
  });
}

async function keyOf(work: Work, body: HeapForm, crop: Thing | undefined): Promise<HeapKey | undefined> {
  const site = await siteOf(work, body.site);
  const { day, grade } = body;
  const herb = body.herb ?? crop?.facts?.herb;
  if (herb === undefined) return undefined;
  return body.area === undefined ? { site, crop: crop?.facts?.code, herb, grade, day } : { site, area: body.area.toLowerCase(), herb, grade, day };
}

/** The crop that is named, or the one crop of that herb which stands on the area. */
async function cropOf(work: Work, { area, crop, herb }: HeapForm): Promise<Thing | undefined> {
  await checkHerb(work, herb, '/herb');
  if (area !== undefined) await checkArea(work, area, '/area');
  if (crop !== undefined) {
    const thing = (await findThings(work, [{ text: crop, pointer: '/crop' }])).get(crop);
    if (thing !== undefined && (thing.facts?.kind !== 'crop' || thing.facts.attributes['growth'] === 'accession')) work.fault('/crop', 'no-crop', '这不是种植批', 'this is no crop');
    else if (thing !== undefined && herb !== undefined && herb !== thing.facts?.herb) work.fault('/herb', 'herb-of-crop', '与种植批的品种不同', 'the crop is of another herb');
    return thing;
  }
  if (area === undefined || herb === undefined) {
    work.fault('', 'area-or-crop', '请填写抚育区（地块）和品种，或种植批', 'name the tending area or plot with the herb, or the crop');
    return undefined;
  }
  const standing: { code: string }[] = await work.tx.query(
    `SELECT code FROM batch WHERE organisation_id = $1 AND kind = 'crop' AND herb = $2 AND lower(attributes ->> 'plots')::jsonb ? lower($3)
        AND attributes ->> 'growth' IS DISTINCT FROM 'accession' ORDER BY code`,
    [work.caller.organisationId, herb, area],
  );
  const [only, ...others] = standing.map(({ code }) => code);
  if (only === undefined) work.fault('/area', 'no-crop', '该地块上没有登记这个品种的种植批：请先登记种植批，或填写 crop', 'no crop of this herb is registered there: register the crop first, or name it in crop');
  else if (others.length > 0) work.fault('/crop', 'several-crops', `该地块上有多个种植批（${[only, ...others].join('、')}）：请填写 crop`, `several crops stand there (${[only, ...others].join(', ')}): name one in crop`);
  else return (await findThings(work, [{ text: only, pointer: '/area' }])).get(only);
  return undefined;
}
