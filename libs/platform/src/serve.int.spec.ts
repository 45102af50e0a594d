import { connect } from 'node:net';
import { Body, Controller, Get, HttpCode, Module, Param, Post, Query, Req, type INestApplication } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, MaxLength, ValidateNested } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import { pino } from 'pino';
import { Problem } from './http/problem';
import { currentRequest } from './http/request-context';
import { bilingual } from './http/validation.pipe';
import { createApp } from './serve';

class Weighing {
  @IsInt({ message: bilingual('千克数应为整数', 'kilograms must be whole') })
  kilograms!: number;
}

class HarvestDto {
  @IsString()
  @MaxLength(5)
  herb!: string;

  @ValidateNested({ each: true })
  @Type(() => Weighing)
  weighings!: Weighing[];

  @IsOptional()
  @IsString()
  note?: string;
}

class SearchDto {
  @IsString()
  @MaxLength(3)
  q!: string;
}

@Controller()
class TinyController {
  @Post('api/v1/harvest')
  @HttpCode(201)
  harvest(@Body() dto: HarvestDto, @Req() request: FastifyRequest) {
    return { herb: dto.herb, bytes: request.rawBody?.length, isDto: dto.weighings.every((w) => w instanceof Weighing) };
  }

  @Post('epcis/capture')
  capture(@Body() body: object) {
    return { members: Object.keys(body).length };
  }

  @Get('api/v1/search')
  search(@Query() query: SearchDto) {
    return { q: query.q };
  }

  @Get('b/:code')
  code(@Param('code') code: string) {
    return { code, requestId: currentRequest()?.requestId };
  }

  @Get('refused')
  refused() {
    throw new Problem(409, 'overdrawn', { zh: '超出库存', en: 'More than is held' }, { members: { held: '812' }, headers: { 'Retry-After': '1' } });
  }

  @Get('broken')
  broken() {
    throw new Error('password=secret of 13800000000');
  }

  @Get('lost')
  lost(@Query('code') code?: string) {
    throw Object.assign(new Error(code === undefined ? 'Connection terminated unexpectedly' : 'lost'), { code });
  }
}

@Module({ controllers: [TinyController] })
class TinyModule {}

describe('an application', () => {
  let app: NestFastifyApplication;
  const lines: string[] = [];
  beforeAll(async () => {
    const logger = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
    app = await createApp({ captureBytesMax: 100_000, fileBytesMax: 10_000, bodyBytesMax: 2_000, logLevel: 'info' }, TinyModule, logger);
  });
  afterAll(() => app.close());

  const json = { 'content-type': 'application/json' };
  const post = (payload: string | Buffer, headers: Record<string, string> = json, url = '/api/v1/harvest') => app.inject({ method: 'POST', url, payload, headers });
  const good = JSON.stringify({ herb: '连翘', weighings: [{ kilograms: 812 }] });

  it('reads a good body, makes the DTO and keeps the bytes', async () => {
    const answer = await post(good);
    expect(answer.statusCode).toBe(201);
    expect(answer.json()).toEqual({ herb: '连翘', bytes: Buffer.byteLength(good), isDto: true });
    expect((await post(good, { 'content-type': 'application/ld+json; charset=UTF-8' })).statusCode).toBe(201);
  });

  it('names every fault of a DTO at once, with its pointer, in the language asked for', async () => {
    const bad = JSON.stringify({ herb: '很长很长的名字', weighings: [{ kilograms: 1 }, { kilograms: 1.5 }], wieght: 3 });
    const answer = await post(bad, { ...json, 'accept-language': 'en' });
    expect(answer.statusCode).toBe(422);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    const problem = answer.json();
    expect(problem).toMatchObject({ type: 'urn:daodi:problem:invalid', title: 'The content is not valid', status: 422 });
    expect(problem.errors.map((error: { pointer: string; rule: string }) => `${error.pointer} ${error.rule}`).sort()).toEqual([
      '/herb maxLength',
      '/weighings/1/kilograms isInt',
      '/wieght whitelistValidation',
    ]);
    const chinese = (await post(bad)).json();
    expect(chinese.errors.find((error: { rule: string }) => error.rule === 'isInt').detail).toBe('千克数应为整数');
    expect(chinese.title).toBe('内容有误');
  });

  it.each([
    ['not JSON', '{"a":', 400],
    ['duplicate keys', '{"herb":"a","herb":"b"}', 400],
    ['not UTF-8', Buffer.from([0x22, 0xff, 0x22]), 400],
    ['half a surrogate pair', '{"herb":"\\ud842"}', 400],
    ['a prototype', '{"__proto__":{"herb":"x"}}', 400],
    ['an empty body', '', 400],
    ['a list', '[]', 422],
    ['null', 'null', 422],
    ['a text', '"x"', 422],
    ['members named like methods', '{"constructor":1,"toString":2,"hasOwnProperty":3,"valueOf":null,"then":4}', 422],
    ['null where a list of objects should be', '{"herb":"a","weighings":[null,1,"x",[[]]]}', 422],
    ['an object where a text should be', '{"herb":{"a":{"b":[]}},"weighings":{"length":9}}', 422],
    ['too much', `{"note":"${'x'.repeat(3000)}"}`, 413],
  ])('refuses %s', async (_name, payload, status) => {
    const answer = await post(payload);
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toMatch('application/problem+json');
    if (status !== 413) expect(answer.json().errors.length).toBeGreaterThan(0);
  });

  it('lets a captured document be larger than a form', async () => {
    const large = JSON.stringify({ note: 'x'.repeat(3000) });
    expect((await post(large, json, '/epcis/capture')).statusCode).toBe(201);
    const tooLarge = await post(JSON.stringify({ note: 'x'.repeat(200_000) }), json, '/epcis/capture');
    expect(tooLarge.statusCode).toBe(413);
    expect(tooLarge.json().type).toBe('epcisException:CaptureLimitExceededException');
  });

  it.each([
    [{ 'content-type': 'text/xml' }],
    [{ 'content-type': 'application/json; charset=gbk' }],
    [{ 'content-type': 'application/json', 'content-encoding': 'gzip' }],
    [{ 'content-type': 'nonsense' }],
  ])('answers 415 to %j', async (headers) => {
    expect((await post(good, headers)).statusCode).toBe(415);
  });

  it('tells an unknown path from a wrong method', async () => {
    const unknown = await app.inject({ method: 'GET', url: '/nowhere' });
    expect([unknown.statusCode, unknown.json().type]).toEqual([404, 'urn:daodi:problem:not-found']);
    const wrong = await app.inject({ method: 'DELETE', url: '/b/ABC' });
    expect([wrong.statusCode, wrong.headers.allow, wrong.json().type]).toEqual([405, 'GET, HEAD', 'urn:daodi:problem:method-not-allowed']);
    const epcis = await app.inject({ method: 'GET', url: '/epcis/nowhere' });
    expect(epcis.json().type).toBe('epcisException:NoSuchResourceException');
  });

  it('takes slashes and Chinese inside a path parameter, long ones too, and a slash at the end', async () => {
    const code = 'a/b连翘'.repeat(40);
    for (const end of ['', '/']) {
      const answer = await app.inject({ method: 'GET', url: `/b/${encodeURIComponent(code)}${end}` });
      expect(answer.json().code).toBe(code);
    }
  });

  it('answers a path nobody can decode, and one that is too long', async () => {
    const undecodable = await app.inject({ method: 'GET', url: '/b/%ff%zz' });
    expect([undecodable.statusCode, undecodable.json().type]).toEqual([400, 'urn:daodi:problem:bad-request']);
    const long = await app.inject({ method: 'GET', url: `/b/${'x'.repeat(3000)}` });
    expect([long.statusCode, long.json().type]).toEqual([414, 'urn:daodi:problem:uri-too-long']);
  });

  it('checks query parameters like a body', async () => {
    const answer = await app.inject({ method: 'GET', url: '/api/v1/search?q=long&x=1' });
    expect(answer.json().errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual(['/q', '/x']);
  });

  it('carries the members and headers of a problem', async () => {
    const answer = await app.inject({ method: 'GET', url: '/refused' });
    expect(answer.json()).toMatchObject({ type: 'urn:daodi:problem:overdrawn', held: '812', status: 409 });
    expect(answer.headers['retry-after']).toBe('1');
  });

  it('gives every request an id of ours, alike in header, handler, problem and log', async () => {
    const answer = await app.inject({ method: 'GET', url: '/b/X', headers: { 'x-request-id': 'forged', 'request-id': 'forged' } });
    const id = answer.headers['x-request-id'];
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(answer.json().requestId).toBe(id);
    expect(lines.some((line) => line.includes(String(id)))).toBe(true);
    const problem = await app.inject({ method: 'GET', url: '/nowhere' });
    expect(problem.json().instance).toBe(`urn:uuid:${problem.headers['x-request-id']}`);
  });

  it.each(['', '?code=57P03', '?code=ECONNREFUSED', '?code=08006'])('asks to come again where the database cannot be asked%s', async (query) => {
    const answer = await app.inject({ method: 'GET', url: `/lost${query}` });
    expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '2']);
    expect(answer.json()).toMatchObject({ type: 'urn:daodi:problem:unavailable' });
  });

  it('answers a question the database refused as what it is: our fault', async () => {
    expect((await app.inject({ method: 'GET', url: '/lost?code=23505' })).statusCode).toBe(500);
  });

  it('says and logs nothing of what an unforeseen error held', async () => {
    const answer = await app.inject({ method: 'GET', url: '/broken?phone=13800000000' });
    expect(answer.statusCode).toBe(500);
    expect(answer.json().type).toBe('urn:daodi:problem:internal');
    expect(answer.body + lines.join('')).not.toMatch(/secret|13800000000/);
    expect(lines.some((line) => line.includes('serve.int.spec'))).toBe(true);
  });

  it('logs the route, never the address', async () => {
    await app.inject({ method: 'GET', url: '/b/SECRETCODE?token=abc' });
    const line = lines.at(-1)!;
    expect(JSON.parse(line)).toMatchObject({ method: 'GET', route: '/b/:code', status: 200 });
    expect(line).not.toMatch(/SECRETCODE|abc/);
  });

  it('shows its doors without leaving the house', async () => {
    const start = await app.inject({ method: 'GET', url: '/' });
    expect([start.statusCode, start.headers.location]).toEqual([302, '/api/docs']);
    const document = (await app.inject({ method: 'GET', url: '/api/openapi.json' })).json();
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toEqual(expect.arrayContaining(['/api/v1/harvest', '/b/{code}']));
    const page = await app.inject({ method: 'GET', url: '/api/docs' });
    expect(page.statusCode).toBe(200);
    const assets = [...page.body.matchAll(/(?:src|href)=["']([^"']+)["']/g)].map((match) => match[1]!);
    expect(assets.length).toBeGreaterThan(3);
    for (const asset of assets) {
      const url = new URL(asset, 'http://daodi/api/docs');
      expect(url.host).toBe('daodi');
      expect([url.pathname, (await app.inject({ method: 'GET', url: url.pathname })).statusCode]).toEqual([url.pathname, 200]);
    }
  });

  it('puts security headers on every answer', async () => {
    for (const url of ['/b/X', '/nowhere', '/broken', '/api/docs', '/b/%zz']) {
      const { headers } = await app.inject({ method: 'GET', url });
      expect([url, headers['x-content-type-options']]).toEqual([url, 'nosniff']);
      expect(headers['content-security-policy']).toMatch("default-src 'none'");
    }
  });

  it('answers what is not even HTTP', async () => {
    const answer = await speak(app, 'NONSENSE\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toMatch('urn:daodi:problem:bad-request');
    expect(await speak(app, `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /);
  });
});

async function speak(app: INestApplication, text: string): Promise<string> {
  if (!app.getHttpServer().listening) await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address();
  return new Promise((resolve, reject) => {
    let said = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    socket.on('data', (chunk) => (said += chunk));
    socket.on('close', () => resolve(said));
    socket.on('error', reject);
  });
}
