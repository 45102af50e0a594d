import { isPickingGrade } from './picking-grades';
import { isAcceptedSpecies, readSpeciesName } from './species-name';

const CHAIHU = ['Bupleurum chinense DC.', 'Bupleurum scorzonerifolium Willd.'];
const SUANZAO = ['Ziziphus jujuba Mill. var. spinosa (Bunge) Hu ex H. F. Chou'];
const HUANGQI = ['Astragalus membranaceus (Fisch.) Bge. var. mongholicus (Bge.) Hsiao', 'Astragalus membranaceus (Fisch.) Bge.'];

it.each([
  ['Forsythia suspensa (Thunb.) Vahl', { genus: 'Forsythia', epithet: 'suspensa' }],
  ['Forsythia suspensa', { genus: 'Forsythia', epithet: 'suspensa' }],
  ['Ｆorsythia  suspensa', { genus: 'Forsythia', epithet: 'suspensa' }],
  ['Ziziphus jujuba Mill. var. spinosa (Bunge) Hu ex H. F. Chou', { genus: 'Ziziphus', epithet: 'jujuba', below: 'var. spinosa' }],
  ['Paeonia veitchii Lynch ssp. altaica', { genus: 'Paeonia', epithet: 'veitchii', below: 'subsp. altaica' }],
  ['Linum usitatissimum L. f.', { genus: 'Linum', epithet: 'usitatissimum' }],
  ['Bupleurum krylovianum L. f. ex Krylov', { genus: 'Bupleurum', epithet: 'krylovianum' }],
  ['连翘', undefined], ['Bupleurum', undefined], ['Bupleurum sp.', undefined], ['bupleurum chinense', undefined], ['', undefined],
])('reads %s', (text, name) => {
  expect(readSpeciesName(text)).toEqual(name);
});

it.each<[string, readonly string[], boolean | undefined]>([
  ['Bupleurum chinense DC.', CHAIHU, true],
  ['Bupleurum scorzonerifolium', CHAIHU, true],
  ['Bupleurum longiradiatum Turcz.', CHAIHU, false],
  ['Ziziphus jujuba Mill. var. spinosa', SUANZAO, true],
  ['Ziziphus jujuba Mill.', SUANZAO, false],
  ['Ziziphus mauritiana Lam.', SUANZAO, false],
  ['Astragalus membranaceus var. mongholicus', HUANGQI, true],
  ['Astragalus membranaceus', HUANGQI, true],
  ['Astragalus complanatus Bunge', HUANGQI, false],
  ['柴胡', CHAIHU, undefined],
  ['Bupleurum chinense DC.', [], undefined],
  ['Bupleurum longiradiatum', ['Bupleurum chinense DC.', '狭叶柴胡'], undefined],
])('%s among %j: %s', (stated, accepted, verdict) => {
  expect(isAcceptedSpecies(stated, accepted)).toBe(verdict);
});

it('knows which grades come from picking', () => {
  expect([isPickingGrade('lianqiao', '青翘'), isPickingGrade('lianqiao', '一等'), isPickingGrade('huangqi', '一等'), isPickingGrade(undefined, '青翘')]).toEqual([true, false, false, false]);
});
