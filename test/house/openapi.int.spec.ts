/** A newcomer reads the forms' description without the code: the rules are in `form-rules.ts`. */
import { Product } from '../prove/bench/product';
import { formRoutes, leftToGuess } from './form-rules';

let product: Product;
let document: any; // looked into freely
beforeAll(async () => {
  product = await Product.open({ workers: false });
  document = await product.done(undefined, 'GET', '/api/openapi.json');
});
afterAll(() => product.close());

it('sees the forms', () => {
  expect(formRoutes(document).map(({ name }) => name)).toEqual(expect.arrayContaining(['POST /api/v1/harvests', 'POST /api/v1/shipments', 'PATCH /api/v1/sites/{id}']));
});

it('leaves nothing in them to guess', () => {
  expect(leftToGuess(document)).toEqual([]);
});

it('notices what is left to guess', () => {
  const poor = structuredClone(document);
  const { HarvestForm, BatchLineDto } = poor.components.schemas;
  delete HarvestForm.properties.grade.example;
  HarvestForm.properties.crop.description = 'The crop';
  delete HarvestForm.properties.unit['x-enumDescriptions'].斤;
  delete BatchLineDto.properties.unit;
  const { post } = poor.paths['/api/v1/harvests'];
  post.summary = 'Record a harvest';
  post.requestBody.content['application/json'].examples.example.value.kwantity = '1';
  delete post.responses['422'];
  const found = leftToGuess(poor).join('\n');
  for (const fault of [
    'HarvestForm.grade: an example', 'HarvestForm.crop: description', 'HarvestForm.unit: what these mean: 斤', 'BatchLineDto.quantity: a unit',
    'POST /api/v1/harvests: summary', 'POST /api/v1/harvests: its example is not valid', 'POST /api/v1/harvests: 422',
  ]) expect(found).toContain(fault);
});
