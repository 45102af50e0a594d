import { batchCode } from '@daodi/trace';
import { readPublicPath } from './target';

const CODE = batchCode(Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
const wrong = CODE.slice(0, -1) + (CODE.endsWith('0') ? '1' : '0');

describe('readPublicPath', () => {
  it.each([
    [`/b/${CODE}`, '', { kind: 'code', code: CODE, path: `/b/${CODE}` }],
    [`/b/${CODE}/`, '', { kind: 'code', code: CODE }],
    [`/b/${CODE.toLowerCase()}`, '', { kind: 'code', code: CODE, path: `/b/${CODE}` }],
    [`/b/${CODE}/s/ab12`, '', { kind: 'serial-code', code: CODE, serial: 'AB12', path: `/b/${CODE}/s/AB12` }],
    ['/01/09521234500018', '', { kind: 'gs1', canonical: 'https://id.gs1.org/01/09521234500018', gtin: '09521234500018', lot: undefined }],
    ['/01/09521234500018/10/LQ260912/', '', { kind: 'gs1', canonical: 'https://id.gs1.org/01/09521234500018/10/LQ260912', lot: 'LQ260912' }],
    ['/01/09521234500018/10/A%2FB', 'lang=en', { kind: 'gs1', canonical: 'https://id.gs1.org/01/09521234500018/10/A%2FB', lot: 'A/B', path: '/01/09521234500018/10/A%2FB' }],
    ['/01/09521234500018/10/A/21/S1', '', { kind: 'gs1', canonical: 'https://id.gs1.org/01/09521234500018/21/S1', lotCanonical: 'https://id.gs1.org/01/09521234500018/10/A', serial: 'S1' }],
    ['/01/09521234500018/21/S1', '', { kind: 'gs1', canonical: 'https://id.gs1.org/01/09521234500018/21/S1', lotCanonical: undefined }],
    ['/00/095212345000012349', '', { kind: 'gs1', ai: '00', gtin: undefined }],
  ])('reads %s?%s', (path, query, expected) => {
    expect(readPublicPath(path, query)).toMatchObject(expected);
  });

  it.each([
    ['a wrong check character', `/b/${wrong}`, '', /校验字符/],
    ['a code too short', '/b/ABC', '', /校验字符/],
    ['broken encoding', '/b/%E0%A4', '', /校验字符/],
    ['a serial with other signs', `/b/${CODE}/s/a%20b`, '', /校验字符/],
    ['something below a code', `/b/${CODE}/x`, '', /不是本平台/],
    ['a wrong check digit', '/01/09521234500019/10/A', '', /校验位/],
    ['qualifiers out of order', '/01/09521234500018/21/S/10/A', '', /限定符/],
    ['an attribute in the path', '/01/09521234500018/17/261231', '', /限定符/],
    ['a lot in the query', '/01/09521234500018', '10=A', /查询串/],
    ['a lot in Chinese characters', '/01/09521234500018/10/%E7%94%B2', '', /字符/],
    ['another key behind ours', '/01/09521234500018/00/095212345000012349', '', /./],
    ['a key we do not serve', '/8004/952123456', '', /不是本平台/],
    ['nothing', '', '', /不是本平台/],
  ])('says what is wrong with %s', (_name, path, query, why) => {
    const name = readPublicPath(path, query);
    expect(name.kind).toBe('malformed');
    expect(name.kind === 'malformed' && name.why.zh).toMatch(why);
  });
});
