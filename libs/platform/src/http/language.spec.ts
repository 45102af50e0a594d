import { preferredLanguage } from './language';

describe('preferredLanguage', () => {
  it.each([
    [undefined, 'zh'],
    ['', 'zh'],
    ['*', 'zh'],
    ['fr-FR', 'zh'],
    ['en', 'en'],
    ['en-GB,en;q=0.9', 'en'],
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
    ['en-US,en;q=0.9,zh;q=0.8', 'en'],
    ['zh;q=0.1, en;q=0.2', 'en'],
    ['en;q=0', 'zh'],
    ['english', 'zh'],
    ['de, EN;q=0.3', 'en'],
  ])('reads %s as %s', (header, language) => {
    expect(preferredLanguage(header)).toBe(language);
  });
});
