import { packagesToSample } from './packages-to-sample';

it.each([[1, 1], [4, 4], [5, 5], [99, 5], [100, 5], [101, 6], [120, 6], [1000, 50], [1001, 51], [1100, 51], [2000, 60]])('of %d packages %d', (packages, drawn) => {
  expect(packagesToSample(packages)).toBe(drawn);
});

it('never asks for more packages than there are, nor for fewer of more', () => {
  for (let packages = 1, before = 0; packages < 3000; packages++) {
    const drawn = packagesToSample(packages);
    expect(drawn <= packages && drawn >= before).toBe(true);
    before = drawn;
  }
});
