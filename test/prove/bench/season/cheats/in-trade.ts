/** Cheats in trade: whose it is, where it lay, what a code says. */
import assert from 'node:assert/strict';
import { EPCIS_CONTEXT } from '../../field';
import { cheat, crop, delivered, dried, form, harvest, type Json, of, on, plot, received, record, shipped, standing, type Story, takenIn, worked } from '../story';

/** An event as a partner’s system tells it. */
const told = (type: string, eventID: string, eventTime: string, more: Json): Json => ({ '@context': EPCIS_CONTEXT, type, eventID, eventTime, eventTimeZoneOffset: '+08:00', ...more });
const kgs = (batch: string, quantity: number) => ({ epcClass: `@uri/${batch}`, quantity, uom: 'KGM' });

/** An honest batch of 黄芩. */
const scutellaria = [plot('p', 'YUANSHANG', 20), crop('c', 'YUANSHANG', 'huangqin', 'p', '2023-04-06', 'seed'), harvest('f', 'YUANSHANG', 'c', on('09-22', '17:00'), 900), dried('d', 'YUANSHANG', on('10-02', '17:00'), ['f', 900], 310)];

export const IN_TRADE: readonly Story[] = [
  cheat('claimed-and-never-had', 'a stranger tells of slicing another’s batch that it never had (DESIGN §1.6)', {
    org: 'TONGDA', acts: ['claim'], inPlaceOfAFinding: 'saying is not having: nothing of the victim’s moves, and nothing is found against it',
  }, [
    scutellaria,
    record('claim', 'TONGDA', '/epcis/events', on('10-05'), told('TransformationEvent', 'urn:example:season:claim', on('10-05'), { bizStep: 'creating_class_instance', inputQuantityList: [kgs('d', 310)], outputQuantityList: [{ epcClass: 'urn:epc:class:lgtin:9529999.011111.X1', quantity: 300, uom: 'KGM' }] })),
  ], async ({ holdings }) => assert.deepEqual(await holdings('d'), ['YUANSHANG available 310 0'])),
  cheat('shipped-by-a-stranger', 'an event says that the victim’s goods were shipped to whom tells it (DESIGN §1.6)', {
    org: 'TONGDA', acts: ['claim'], inPlaceOfAFinding: 'one organisation’s words never move another’s goods',
  }, [
    scutellaria,
    record('claim', 'TONGDA', '/epcis/events', on('10-06'), told('ObjectEvent', 'urn:example:season:forged-shipment', on('10-06'), {
      action: 'OBSERVE', bizStep: 'shipping', quantityList: [kgs('d', 310)], sourceList: [{ type: 'possessing_party', source: 'urn:daodi:org:YUANSHANG' }], destinationList: [{ type: 'possessing_party', destination: 'urn:daodi:org:TONGDA' }],
    })),
  ], async ({ holdings }) => assert.deepEqual(await holdings('d'), ['YUANSHANG available 310 0'])),
  cheat('received-what-nobody-sent', 'a receipt of another’s goods that were never shipped (DESIGN §1.6)', { org: 'TONGDA', acts: ['receive'], inPlaceOfAFinding: 'what was never sent is never received: it moves nothing' }, [
    scutellaria,
    record('receive', 'TONGDA', '/epcis/events', on('10-07'), told('ObjectEvent', 'urn:example:season:forged-receipt', on('10-07'), {
      action: 'OBSERVE', bizStep: 'receiving', quantityList: [kgs('d', 310)], sourceList: [{ type: 'possessing_party', source: 'urn:daodi:org:YUANSHANG' }], destinationList: [{ type: 'possessing_party', destination: 'urn:daodi:org:TONGDA' }],
    })),
  ], async ({ holdings }) => assert.deepEqual(await holdings('d'), ['YUANSHANG available 310 0'])),
  cheat('anothers-record-declared-wrong', 'a rival "corrects" the harvest of its neighbour (DESIGN §1.6)', { org: 'TONGDA', acts: [], inPlaceOfAFinding: 'only who said an event may declare it in error: it is as if it did not exist' }, [
    scutellaria,
  ], async ({ send, id, holdings }) => {
    const { status } = await send('TONGDA', 'POST', `/api/v1/events/${encodeURIComponent(id('d'))}/correction`, { reason: '不是他们的' });
    assert.equal(status, 404);
    assert.deepEqual(await holdings('d'), ['YUANSHANG available 310 0']);
  }),
  cheat('code-copied-onto-rubbish', 'the code of honest packs printed on others: whoever scans it learns what a code can say and what not (FACTS §7.9)', {
    org: 'TONGDA', acts: [], inPlaceOfAFinding: 'a code is no proof: the page says so and calls nothing genuine (DESIGN §9)',
  }, [
    takenIn('pieces', 'HUIPAN', on('09-20', '10:00'), 'opening-stock', 'huangqin', 60, { form: 'slices' }),
    form('pack', 'HUIPAN', '/packing', on('09-22', '10:00'), { inputs: [of('pieces', 50)], pieces: 500, netContent: { quantity: '100', unit: 'g' }, lotNumber: '20260922', code: '@batch/packs' }),
  ], async ({ send, code }) => {
    for (const _ of [1, 2, 3]) {
      const { status, text } = await send('nobody', 'GET', `/p/b/${code('packs')}`);
      assert.equal(status, 200);
      assert.doesNotMatch(text, /正品|genuine product|保证为真/);
    }
  }),
  cheat('out-and-in-again', 'sold to a buyer without codes and bought back as "the same": the gap is in every trace (FACTS §7.10)', { org: 'TONGDA', acts: ['back'], atLeast: 'note' }, [
    scutellaria,
    delivered('good', 'YUANSHANG', 'TONGDA', '10-08', [['d', 300]]),
    form('sale', 'TONGDA', '/credit-sales', on('10-12', '10:00'), { buyer: 'K-099', lines: [of('d', 300)], amount: '21000.00', dueOn: '2026-12-31' }),
    takenIn('back', 'TONGDA', on('10-20', '10:00'), 'purchase', 'huangqin', 300, { form: 'dried', supplierLot: '@batch/d', seller: { organisationName: '某散户市场' } }),
    shipped('on', 'TONGDA', 'JINSHI', on('10-25', '07:30'), [['back', 300]]),
  ], async ({ send, uri }) => {
    const { body } = await send('JINSHI', 'GET', `/api/v1/trace?epc=${encodeURIComponent(uri('back'))}&direction=back`);
    assert.equal(body.complete, false, 'what came back from outside is declared, not proven');
  }),
  cheat('out-of-the-rejected-zone', 'goods that were rejected leave by the back door', { org: 'JINSHI', acts: ['ship'], atLeast: 'warning' }, [
    standing('quarantine', 'JINSHI', '/zones', { site: '@site', zone: 'quarantine', name: '待验区' }),
    standing('rejected', 'JINSHI', '/zones', { site: '@site', zone: 'rejected', name: '不合格区' }),
    takenIn('goods', 'JINSHI', on('09-04', '10:00'), 'purchase', 'baizhu', 250, { form: 'dried' }),
    form('put', 'JINSHI', '/storage', on('09-04', '11:00'), { site: '@id/quarantine', lines: [of('goods', 250)] }),
    form('decide', 'JINSHI', '/zone-decisions', on('09-10', '10:00'), { from: '@id/quarantine', to: '@id/rejected', lines: [of('goods', 250)], basis: '霉变' }, { by: 'head' }),
    form('ship', 'JINSHI', '/shipments', on('09-18', '05:30'), { site: '@id/rejected', to: { organisation: 'TONGDA' }, lines: [of('goods', 250)], acceptUndecided: true, reason: '客户急需' }),
  ]),
  cheat('undecided-and-used', 'goods nobody has decided on go into the kettle', { org: 'YAOCHANG', acts: ['boil'] }, [
    standing('quarantine', 'YAOCHANG', '/zones', { site: '@site', zone: 'quarantine', name: '待验区' }),
    takenIn('goods', 'YAOCHANG', on('09-05', '10:00'), 'purchase', 'huangqin', 150, { form: 'slices' }),
    form('put', 'YAOCHANG', '/storage', on('09-05', '11:00'), { site: '@id/quarantine', lines: [of('goods', 150)] }),
    worked('boil', 'YAOCHANG', 'extraction', on('09-06', '20:00'), [['goods', 150]], [['liquid', 1_050, { form: 'extract-liquid' }], ['residue', 290, { form: 'residue', role: 'waste' }]], {
      added: [['水', 1_200, true]], lost: [['evaporation', 10]], body: { site: '@id/quarantine', acceptUndecided: true, reason: '赶工' },
    }),
  ]),
  cheat('shipment-made-smaller-afterwards', 'a hundred were sent and received; a month later the sender "corrects" the shipment to sixty and sells forty again: the buyer is not accused', { org: 'DABA', acts: ['correct', 'ship again', 'ship'] }, [
    plot('p', 'DABA', 10),
    crop('c', 'DABA', 'huangqin', 'p', '2023-04-06', 'seed'),
    harvest('f', 'DABA', 'c', on('09-16', '17:00'), 290),
    dried('d', 'DABA', on('09-26', '17:00'), ['f', 290], 100),
    shipped('ship', 'DABA', 'HUIPAN', on('09-28', '07:30'), [['d', 100]]),
    received('receive', 'HUIPAN', 'DABA', on('09-28', '15:00'), [['d', 100]]),
    record('correct', 'DABA', '/events/@id/ship/correction', on('10-28', '20:00'), { reason: '发货单写错', replacement: { eventTime: on('09-28', '07:30'), to: { organisation: 'HUIPAN' }, lines: [of('d', 60)] } }),
    shipped('ship again', 'DABA', 'TONGDA', on('10-30', '07:30'), [['d', 40]]),
  ]),
  cheat('held-and-shipped', 'its own head of quality holds the lot; it is sent off in the night', { org: 'JINSHI', acts: ['ship'] }, [
    takenIn('goods', 'JINSHI', on('06-04', '10:00'), 'purchase', 'baizhu', 150, { form: 'dried' }),
    record('hold', 'JINSHI', '/holds', on('06-10', '10:00'), { batch: '@batch/goods', reason: '疑似霉变' }, { by: 'head' }),
    shipped('ship', 'JINSHI', 'TONGDA', on('06-12', '03:30'), [['goods', 150]]),
  ]),
  cheat('rejected-and-shipped', 'the head of quality rejects the lot; a week later it is on its way', { org: 'JINSHI', acts: ['ship'] }, [
    takenIn('goods', 'JINSHI', on('06-05', '10:00'), 'purchase', 'baizhu', 130, { form: 'dried' }),
    record('reject', 'JINSHI', '/releases', on('06-11', '10:00'), { batch: '@batch/goods', decision: 'rejected', reason: '性状不符合规定' }, { by: 'head' }),
    shipped('ship', 'JINSHI', 'TONGDA', on('06-18', '07:30'), [['goods', 130]]),
  ]),
  cheat('sold-after-its-date', 'packs that were good until May are sold in September', { org: 'JINSHI', acts: ['sale'] }, [
    takenIn('pieces', 'JINSHI', on('2024-05-10', '10:00'), 'purchase', 'huangqi', 10, { form: 'slices' }),
    form('pack', 'JINSHI', '/packing', on('2024-05-12', '10:00'), { inputs: [of('pieces', 10)], pieces: 100, netContent: { quantity: '100', unit: 'g' }, lotNumber: '20240512', expiryDate: '2026-05-11', code: '@batch/packs' }),
    form('sale', 'JINSHI', '/sales', on('09-01', '10:00'), { lines: [{ batch: '@batch/packs', quantity: 40, unit: '袋' }], price: '900.00' }),
  ]),
  cheat('harvest-that-never-was', 'after goods were shipped the harvest they came from is declared an error: nothing stands below them any more', { org: 'DABA', acts: ['correct', 'ship', 'd'], atLeast: 'blocking' }, [
    plot('p', 'DABA', 10),
    crop('c', 'DABA', 'huangqin', 'p', '2023-04-06', 'seed'),
    harvest('f', 'DABA', 'c', on('09-17', '17:00'), 580),
    dried('d', 'DABA', on('09-27', '17:00'), ['f', 580], 200),
    shipped('ship', 'DABA', 'HUIPAN', on('09-29', '07:30'), [['d', 200]]),
    received('receive', 'HUIPAN', 'DABA', on('09-29', '15:00'), [['d', 200]]),
    record('correct', 'DABA', '/events/@id/f/correction', on('11-02', '20:00'), { reason: '没有这次采收' }),
  ]),
];
