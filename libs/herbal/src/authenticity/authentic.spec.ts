import { WHOLE } from '../composition/apportion';
import { areaAnswer, type AuthenticArea, speciesAnswer, type StatedPlant } from './authentic';

const FORSYTHIA = ['Forsythia suspensa (Thunb.) Vahl'];
const plant = (stated: string, more: Partial<StatedPlant> = {}): StatedPlant => ({ stated, accepted: FORSYTHIA, verified: true, ...more });

it.each<[string, readonly (readonly StatedPlant[])[], boolean, string, boolean]>([
  ['every harvest from the plant', [[plant('Forsythia suspensa')], [plant('Forsythia suspensa (Thunb.) Vahl')]], true, 'yes', true],
  ['one harvest of which nothing says', [[plant('Forsythia suspensa')], []], true, 'not-shown', true],
  ['a part from outside', [[plant('Forsythia suspensa')]], false, 'not-shown', true],
  ['one plant that is another', [[plant('Forsythia suspensa')], [plant('Forsythia viridissima Lindl.')]], false, 'no', true],
  ['a Chinese name, which says too little', [[plant('连翘')]], true, 'not-shown', true],
  ['a list nobody verified', [[plant('Forsythia suspensa', { verified: false })]], true, 'yes', false],
  ['nothing harvested', [], true, 'not-shown', false],
])('品种道地: %s', (_, harvests, isAllProven, answer, verified) => {
  expect(speciesAnswer(harvests, isAllProven)).toMatchObject({ answer, verified });
});

const SHANXI: AuthenticArea = { name: '山西省', region: '140000', verified: false, source: '测试' };
const ANZE: AuthenticArea = { name: '安泽县', region: '141026', verified: true, source: '测试' };
const HALF = WHOLE / 2n;
const part = (places: readonly string[], share = WHOLE, proof: 'proven' | 'declared' | 'unknown' | 'undetermined' = 'proven') => ({ proof, places, share });

it.each<[string, ReturnType<typeof part>[], AuthenticArea[], string, number]>([
  ['all of it from the county', [part(['141026'])], [ANZE], 'yes', 1000],
  ['from a county of the province', [part(['140424'])], [SHANXI], 'yes', 1000],
  ['from one or other county of the province', [part(['140424', '141026'])], [SHANXI], 'yes', 1000],
  ['from one or other, one of them outside', [part(['141026', '411282'])], [SHANXI], 'not-shown', 0],
  ['from elsewhere', [part(['411282'])], [SHANXI, ANZE], 'no', 0],
  ['half and half', [part(['141026'], HALF), part(['411282'], HALF)], [ANZE], 'partly', 500],
  ['half of it only declared to be from there', [part(['141026'], HALF), part(['141026'], HALF, 'declared')], [ANZE], 'not-shown', 500],
  ['from no place on record', [part([])], [ANZE], 'not-shown', 0],
  ['nothing that can be told', [part([], WHOLE, 'undetermined')], [ANZE], 'not-shown', 0],
  ['no list', [part(['141026'])], [], 'no-list', 0],
])('产区道地: %s', (_, parts, areas, answer, permilleInside) => {
  expect(areaAnswer(parts, areas)).toMatchObject({ answer, permilleInside });
});

it('says that an answer rests on a list nobody verified', () => {
  expect([areaAnswer([part(['141026'])], [ANZE]).verified, areaAnswer([part(['141026'])], [ANZE, SHANXI]).verified]).toEqual([true, false]);
});
