import type { OpenAPIObject } from '@nestjs/swagger';

/**
 * What every form shares is said here, once, instead of at each route: the refusals any of them may answer, and a
 * whole example of the body where the route gives none.
 */

type Operation = NonNullable<OpenAPIObject['paths'][string]['post']>;
type Schema = { readonly $ref?: string; readonly [key: string]: any }; // a schema is looked into freely
type Schemas = Readonly<Record<string, Schema>>;

/** Refusals by status: the problem types, and when. A route's own come before them. */
const REFUSALS: Readonly<Record<string, string>> = {
  400: '`unreadable`: 请求内容无法读取 the body is not JSON that has one meaning. `bad-header`: 请求头有误 a header cannot be read',
  401: '`sign-in-needed`: 请先登录或提供密钥 sign in, or send a key. `sign-in-failed`: 登录名或密码错误 wrong login or password',
  403: '`not-permitted`: 您的角色不能执行此操作 your role may not do this. `cross-site-request`: 来自其他网站的请求 sent from another site',
  409: '`idempotency-key-in-flight`: 同一幂等键的请求仍在处理 a request under this Idempotency-Key is still at work; see Retry-After',
  422: '`invalid`: 内容有误，逐项指出 every fault with its pointer, in Chinese and English. `idempotency-key-bound`: 幂等键已用于其他内容 the Idempotency-Key stands for another body',
};
const OF_ONE_THING = '`not-found`: 不存在，或不属于您的单位 no such thing of your organisation';

/** The schema of `application/problem+json` (RFC 9457), as this product answers it. */
const PROBLEM: Schema = {
  type: 'object',
  required: ['type', 'title', 'status'],
  properties: {
    type: { type: 'string', description: '问题类型，固定不变 What sort of problem, stable', example: 'urn:daodi:problem:invalid' },
    title: { type: 'string', description: '标题，按 Accept-Language In the language asked for', example: '内容有误' },
    status: { type: 'integer', description: 'HTTP 状态码 HTTP status', example: 422 },
    detail: { type: 'string', description: '具体说明 What is particular about this occurrence' },
    errors: {
      type: 'array',
      description: '全部错误，一次列出 Every fault at once',
      items: {
        type: 'object',
        properties: {
          pointer: { type: 'string', description: '错误位置（JSON 指针） JSON pointer of the field', example: '/lines/0/quantity' },
          rule: { type: 'string', description: '规则 Which rule', example: 'amount' },
          detail: { type: 'string', description: '说明 What is wrong' },
        },
      },
    },
  },
};

/** Adds to a document what all its forms share. */
export function completeForms(document: OpenAPIObject): OpenAPIObject {
  const schemas = (document.components ??= {}).schemas ??= {};
  schemas['Problem'] = PROBLEM as typeof schemas[string];
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const operation of [methods.post, methods.put, methods.patch]) {
      if (!path.startsWith('/api/v1/') || operation === undefined) continue;
      describeRefusals(operation, path.includes('{'));
      giveExample(operation, schemas as Schemas);
    }
  }
  return document;
}

function describeRefusals(operation: Operation, isOfOneThing: boolean): void {
  const shared = { ...REFUSALS, ...(isOfOneThing && { 404: OF_ONE_THING }) };
  for (const [status, said] of Object.entries(shared)) {
    const own = operation.responses[status] as { description?: string } | undefined;
    operation.responses[status] = {
      description: [own?.description, said].filter(Boolean).join('. '),
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    };
  }
}

function giveExample(operation: Operation, schemas: Schemas): void {
  const content = (operation.requestBody as { content?: Record<string, { schema?: Schema; example?: unknown; examples?: object }> } | undefined)?.content?.['application/json'];
  if (content?.schema === undefined || content.example !== undefined || content.examples !== undefined) return;
  content.example = exampleOf(content.schema, schemas);
}

/** The examples of the fields that must be there; where none must, of the first that may. */
function exampleOf(schema: Schema, schemas: Schemas): unknown {
  const named = schema.$ref ?? (schema['allOf']?.[0]?.$ref as string | undefined);
  if (named !== undefined) return exampleOf(schemas[named.split('/').at(-1) as string] ?? {}, schemas);
  if (schema['example'] !== undefined) return schema['example'];
  if (schema['type'] === 'array') return [exampleOf(schema['items'] as Schema, schemas)];
  const fields = Object.entries((schema['properties'] ?? {}) as Schemas);
  const required = new Set((schema['required'] ?? []) as string[]);
  const shown = required.size > 0 ? fields.filter(([name]) => required.has(name)) : fields.slice(0, 1);
  return Object.fromEntries(shown.map(([name, field]) => [name, exampleOf(field, schemas)]));
}
