import { API_KEY_PREFIX, hashPassword, hashToken, isPassword, newToken } from './secrets';

describe('passwords', () => {
  it('are known again and nothing else is taken for them', async () => {
    const stored = await hashPassword('正确的 horse battery');
    expect(await isPassword('正确的 horse battery', stored)).toBe(true);
    for (const other of ['正确的 horse batterY', '', '正确的 horse battery ']) expect(await isPassword(other, stored)).toBe(false);
  });
  it('are salted, and written the same on every keyboard', async () => {
    expect(await hashPassword('same')).not.toBe(await hashPassword('same'));
    expect(await isPassword('cafe\u0301', await hashPassword('café'))).toBe(true);
  });
  it('fit no person without one', async () => {
    expect(await isPassword('', undefined)).toBe(false);
    expect(await isPassword('anything', undefined)).toBe(false);
  });
});

describe('tokens', () => {
  it('have 256 random bits behind their prefix, and a hash of 32 bytes', () => {
    const tokens = new Set(Array.from({ length: 1000 }, () => newToken(API_KEY_PREFIX)));
    expect(tokens.size).toBe(1000);
    for (const token of tokens) expect(token).toMatch(/^dk_[A-Za-z0-9_-]{43}$/);
    expect(hashToken('dk_x')).toHaveLength(32);
  });
});
