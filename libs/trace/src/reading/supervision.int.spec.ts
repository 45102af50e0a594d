import { randomUUID } from 'node:crypto';
import { readableNodes } from './readable-nodes';
import { TraceBench } from '../testing';

const kg = (epcClass: string, quantity: number) => ({ epcClass, quantity, uom: 'KGM' });

it('lets a supervisor read what organisations of its area did, by herb and stage, and nothing else', async () => {
  const bench = await TraceBench.open();
  try {
    const [coop, away, supervisor] = [await bench.organisation('HERE', '9521234'), await bench.organisation('AWAY'), await bench.organisation('JG')];
    await bench.dataSource.query(`UPDATE organisation SET region = '410100' WHERE id = $1`, [away]);
    const make = (lot: string) => ({ type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', eventTime: '2026-08-01T00:00:00Z', quantityList: [kg(lot, 1)] });
    const lot = 'urn:epc:class:lgtin:9521234.100001.L1';
    await bench.say(coop, make(lot));
    await bench.say(away, make('urn:away:lot'));
    const nodes: { id: string }[] = await bench.dataSource.query('SELECT id FROM node ORDER BY id');
    const readable = async () => readableNodes(bench.dataSource, supervisor, nodes.map((n) => n.id));
    const give = (prefix: string, stage: string, herb: string) => bench.dataSource.query(
      `INSERT INTO jurisdiction (id, organisation_id, region_prefix, stage, herb, status, state, since_position) VALUES ($1, $2, $3, $4, $5, 'active', '{}', 0)`,
      [randomUUID(), supervisor, prefix, stage, herb],
    );
    expect((await readable()).size).toBe(0);
    await give('1410', 'trade', 'all');
    await give('1410', 'all', 'lianqiao');
    await give('4201', 'all', 'all');
    expect((await readable()).size).toBe(0);
    await give('1410', 'planting', 'all');
    expect((await readable()).size).toBe(1);
    expect(await bench.trace(supervisor, lot)).toMatchObject({ complete: true, nodes: [{ kind: 'batch' }] });
  } finally {
    await bench.close();
  }
});
