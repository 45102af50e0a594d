import { day, type Firm, kg, type QualityBench } from './quality-bench';

/** A batch of 连翘 from crop to dried lot, with the firms that had it. */
export interface Season {
  readonly coop: Firm;
  readonly factory: Firm;
  readonly laboratory: Firm;
  readonly crop: string;
  readonly fresh: string;
  readonly dried: string;
  /** eventIDs by what happened. */
  readonly events: Readonly<Record<'planted' | 'harvested' | 'shipped' | 'received' | 'dried' | 'sampled', string>>;
}

export const to = (firm: Firm) => ({ destinationList: [{ type: 'possessing_party', destination: `urn:daodi:org:${firm.code}` }] });
export const from = (firm: Firm) => ({ sourceList: [{ type: 'possessing_party', source: `urn:daodi:org:${firm.code}` }] });

export const shipping = (lot: string, amount: number, sender: Firm, receiver: Firm, time: string) => ({
  type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'shipping', eventTime: time, quantityList: [kg(lot, amount)], ...from(sender), ...to(receiver),
});
export const receiving = (lot: string, amount: number, sender: Firm, receiver: Firm, time: string) => ({
  type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'receiving', eventTime: time, quantityList: [kg(lot, amount)], ...from(sender), ...to(receiver),
});
export const planting = (crop: string, time: string) => ({ type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', eventTime: time, epcList: [crop] });
export const harvest = (crop: string, lot: string, amount: number, time: string) => ({
  type: 'TransformationEvent', eventTime: time, inputEPCList: [crop], outputQuantityList: [kg(lot, amount)],
});
export const drying = (input: string, amount: number, output: string, out: number, lost: number, time: string) => ({
  type: 'TransformationEvent', eventTime: time, inputQuantityList: [kg(input, amount)], outputQuantityList: [kg(output, out)],
  ...(lost > 0 ? { 'daodi:losses': [{ cause: 'water', quantity: lost, uom: 'KGM' }] } : {}),
});
export const sampling = (lot: string, amount: number, time: string, laboratory?: Firm, number = 'S-1') => ({
  type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'sampling', eventTime: time, quantityList: [kg(lot, amount)],
  'daodi:sample': { number, kind: 'test' }, ...(laboratory ? to(laboratory) : {}),
});

export const LAB_ROLES = ['lab-tester', 'lab-reviewer', 'lab-approver'] as const;

/** Admits a cooperative, a factory and a laboratory. */
export async function firms(bench: QualityBench): Promise<Pick<Season, 'coop' | 'factory' | 'laboratory'>> {
  return {
    coop: await bench.firm('COOP', 'cooperative', ['quality-head']),
    factory: await bench.firm('FACTORY', 'decoction-piece-factory', ['quality-head', 'warehouse', ...LAB_ROLES]),
    laboratory: await bench.firm('LAB', 'laboratory', LAB_ROLES),
  };
}

/** Harvests 100 kg, ships it to the factory, which dries it to 30 kg and draws a sample for the laboratory. */
export async function playSeason(bench: QualityBench, { coop, factory, laboratory }: Pick<Season, 'coop' | 'factory' | 'laboratory'>): Promise<Season> {
  const crop = await bench.issue(coop, 'lianqiao', 'crop');
  const fresh = await bench.issue(coop, 'lianqiao');
  const dried = await bench.issue(factory, 'lianqiao');
  const events = {
    planted: await bench.say(coop, planting(crop, day(1))),
    harvested: await bench.say(coop, harvest(crop, fresh, 100, day(2))),
    shipped: await bench.say(coop, shipping(fresh, 100, coop, factory, day(3))),
    received: await bench.say(factory, receiving(fresh, 100, coop, factory, day(4))),
    dried: await bench.say(factory, drying(fresh, 100, dried, 30, 70, day(5))),
    sampled: await bench.say(factory, sampling(dried, 1, day(6), laboratory)),
  };
  return { coop, factory, laboratory, crop, fresh, dried, events };
}

let numbers = 0;

/** Enters, reviews and signs a report; answers its id. */
export async function report(bench: QualityBench, laboratory: Firm, batch: string, verdict: string, more: Record<string, unknown> = {}): Promise<string> {
  const entered = await bench.send(laboratory.as['lab-tester'], 'POST', '/api/v1/test-reports', {
    number: `R-${++numbers}`, batch, sampleNumber: 'S-1', standard: '《中国药典》2020 年版一部', issuedOn: '2026-08-10',
    items: [{ test: '水分', value: '8.10', unit: '%', limitText: '≤10.0%', verdict: 'pass' }], ...more,
  });
  if (entered.statusCode !== 201) throw new Error(entered.body);
  const { id } = entered.json();
  for (const [step, role, body] of [['review', 'lab-reviewer', {}], ['approval', 'lab-approver', { verdict }]] as const) {
    const signed = await bench.send(laboratory.as[role], 'POST', `/api/v1/test-reports/${id}/${step}`, body);
    if (signed.statusCode !== 200) throw new Error(signed.body);
  }
  return id;
}
