import { leastCultureDays } from './culture-days';

it.each<[string, string | undefined, number | undefined]>([
  ['微生物限度', '需氧菌总数', 3], ['需氧菌总数', undefined, 3], ['微生物限度', '霉菌和酵母菌总数', 5], ['Total yeasts and moulds count', undefined, 5],
  ['需氧菌总数、霉菌和酵母菌总数', undefined, 5], ['水分', undefined, undefined], ['微生物限度', undefined, undefined], ['黄曲霉毒素', 'B1', undefined],
])('%s %s is cultured for %s days at least', (test, analyte, days) => expect(leastCultureDays(test, analyte)).toBe(days));
