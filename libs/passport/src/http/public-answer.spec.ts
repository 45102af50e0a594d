import { wantsJson } from './public-answer';

describe('wantsJson', () => {
  it.each([
    [undefined, false], ['*/*', false], ['application/json', true], ['text/html,application/xhtml+xml,*/*;q=0.8', false],
    ['application/json, text/html;q=0.5', true], ['text/html, application/json', false], ['application/json;q=0.4, text/html;q=0.9', false],
    ['application/json, */*;q=0.1', true], ['application/ld+json', false], ['', false],
  ])('%s → %s', (accept, expected) => {
    expect(wantsJson(accept)).toBe(expected);
  });
});
