/** Cheats of identity: it is not what it is called. */
import assert from 'node:assert/strict';
import { cheat, crop, dried, form, harvest, of, on, plot, shipped, standing, type Story, takenIn, worked } from '../story';

export const OF_IDENTITY: readonly Story[] = [
  cheat('ginseng-of-codonopsis', '人参 made of 党参, as in the sample data of a state platform (FACTS §7.1)', { org: 'JINSHI', acts: ['slice'], atLeast: 'blocking' }, [
    takenIn('roots', 'JINSHI', on('10-10', '10:00'), 'purchase', 'dangshen', 80, { form: 'dried' }),
    worked('slice', 'JINSHI', 'slicing', on('10-12', '10:00'), [['roots', 80]], [['ginseng', 78, { herb: 'renshen', form: 'slices' }]], { lost: [['slicing', 2]] }),
  ]),
  cheat('ginseng-in-two-steps', 'the name changes by way of a mixture with a made-up name (FACTS §7.1)', { org: 'JINSHI', acts: ['mix', 'sort'] }, [
    takenIn('a', 'JINSHI', on('10-11', '10:00'), 'purchase', 'dangshen', 30, { form: 'dried' }),
    takenIn('b', 'JINSHI', on('10-11', '11:00'), 'purchase', 'jiegeng', 30, { form: 'dried' }),
    form('mix', 'JINSHI', '/mixtures', on('10-12', '11:00'), { inputs: [of('a', 30), of('b', 30)], formula: '土党参统货', code: '@batch/blend' }),
    worked('sort', 'JINSHI', 'sorting', on('10-14', '10:00'), [['blend', 60]], [['ginseng', 59, { herb: 'renshen', form: 'slices' }]], { lost: [['sorting', 1]] }),
  ]),
  cheat('packed-as-another', 'the product on the pack is 人参, the bulk that went in 桔梗 (FACTS §7.1)', { org: 'JINSHI', acts: ['pack'], atLeast: 'blocking' }, [
    takenIn('bulk', 'JINSHI', on('10-15', '10:00'), 'purchase', 'jiegeng', 20, { form: 'slices' }),
    standing('product', 'JINSHI', '/products', { name: '人参片 100 克', herbs: ['renshen'], form: 'decoction-piece', netContent: { value: '100', unit: 'GRM' } }),
    form('pack', 'JINSHI', '/packing', on('10-16', '10:00'), { inputs: [of('bulk', 20)], pieces: 200, product: '@id/product', lotNumber: '20261016', code: '@batch/packs' }),
  ]),
  cheat('twigs-among-the-fruit', 'what was sieved out as twigs and entered as waste is blended in again', { org: 'WUJIA', acts: ['blend'] }, [
    takenIn('fruit', 'WUJIA', on('08-28', '10:00'), 'purchase', 'lianqiao', 500, { grade: '青翘', form: 'dried' }),
    worked('sieve', 'WUJIA', 'sorting', on('08-30', '10:00'), [['fruit', 500]], [['clean', 420, { form: 'dried' }], ['twigs', 80, { form: 'twigs', role: 'waste' }]]),
    worked('blend', 'WUJIA', 'blending', on('09-15', '10:00'), [['clean', 420], ['twigs', 80]], [['again', 500, { form: 'dried', grade: '青翘' }]]),
  ]),
  cheat('boiled-out-and-sold', '提过的药渣 dried again and sold as slices', { org: 'YAOCHANG', acts: ['dry'] }, [
    takenIn('slices', 'YAOCHANG', on('09-01', '10:00'), 'purchase', 'huangqin', 300, { form: 'slices' }),
    worked('extract', 'YAOCHANG', 'extraction', on('09-08', '20:00'), [['slices', 300]], [['liquid', 2_100, { form: 'extract-liquid' }], ['residue', 560, { form: 'residue', role: 'waste' }]], { added: [['水', 2_400, true]], lost: [['evaporation', 40]] }),
    worked('dry', 'YAOCHANG', 'drying', on('09-10', '17:00'), [['residue', 560]], [['as-slices', 190, { form: 'slices', lotNumber: 'HQ-260910' }]], { lost: [['drying', 370]] }),
    shipped('ship', 'YAOCHANG', 'TONGDA', on('09-14', '07:30'), [['as-slices', 190]]),
  ]),
  cheat('leaves-of-the-waste', 'the waste of cleaning is given the name of the product: 饮片 made of 灰渣', { org: 'JINSHI', acts: ['rename'] }, [
    takenIn('raw', 'JINSHI', on('09-20', '10:00'), 'purchase', 'chaihu', 400, { form: 'dried' }),
    worked('clean', 'JINSHI', 'cleaning', on('09-21', '10:00'), [['raw', 400]], [['pieces', 352, { form: 'pieces' }], ['dust', 48, { form: 'fines', role: 'waste' }]]),
    worked('rename', 'JINSHI', 'crushing', on('09-25', '10:00'), [['dust', 48]], [['powder', 47.5, { form: 'powder', lotNumber: 'CH-260925' }]], { lost: [['crushing', 0.5]] }),
  ]),
  cheat('other-herb-unsaid', '酸枣仁 are sieved from 理枣仁: 山楂 kernels here, entered as 山楂 and let out as 酸枣仁 (FACTS §7.7)', { org: 'WUJIA', acts: ['crack'], atLeast: 'blocking' }, [
    takenIn('stones', 'WUJIA', on('10-01', '10:00'), 'purchase', 'shanzha', 600, { form: 'dried' }),
    worked('crack', 'WUJIA', 'crushing', on('10-03', '10:00'), [['stones', 600]], [['kernels', 110, { herb: 'suanzaoren', form: 'kernels' }], ['shells', 490, { role: 'waste', form: 'shells' }]]),
  ]),
  cheat('gansu-sold-as-hengshan', 'five tonnes of 定西 黄芪 mixed with 400 kg of their own and sold under the county’s name: its page says how much is only declared (FACTS §7.10, DESIGN §4)', {
    org: 'SANCHA', acts: ['from-gansu', 'mix'], atLeast: 'note',
  }, [
    plot('p', 'SANCHA', 10),
    crop('c', 'SANCHA', 'huangqi', 'p', '2020-04-18', 'wild-imitated'),
    harvest('f', 'SANCHA', 'c', on('10-12', '17:00'), 1_080),
    dried('d', 'SANCHA', on('10-24', '17:00'), ['f', 1_080], 400),
    takenIn('from-gansu', 'SANCHA', on('10-20', '10:00'), 'other-province', 'huangqi', 5_000, { form: 'dried', origin: { regionCode: '620000', text: '甘肃定西' }, year: 2026 }),
    form('mix', 'SANCHA', '/mixtures', on('10-28', '10:00'), { inputs: [of('d', 400), of('from-gansu', 5_000)], lotNumber: '本地黄芪-2026', code: '@batch/mixture' }),
  ], async ({ send, code }) => {
    const { body } = await send('SANCHA', 'GET', `/api/v1/batches/${code('mixture')}/composition`);
    assert.match(JSON.stringify(body), /declared/, 'the composition says what is only declared');
  }),
  cheat('more-of-their-own', '2,400 kg shipped of an own harvest of 400 kg: the rest never had a harvest (FACTS §7.6)', { org: 'DABA', acts: ['ship'], atLeast: 'blocking' }, [
    plot('p', 'DABA', 10),
    crop('c', 'DABA', 'huangqi', 'p', '2020-04-18', 'wild-imitated'),
    harvest('f', 'DABA', 'c', on('10-12', '17:00'), 1_080),
    dried('d', 'DABA', on('10-24', '17:00'), ['f', 1_080], 400),
    shipped('ship', 'DABA', 'TONGDA', on('10-30', '07:30'), [['d', 2_400]]),
  ]),
];
