/** The description of our doors: JSON for programs, a page for people, both from this server alone. */
import type { FastifyRequest } from 'fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { completeForms } from './openapi-forms';
import { CHAPTERS, INTRODUCTION } from './openapi-page';
import { isPlainFromElsewhere, PLAIN_HTTP_WORK } from './plain-http';

/** Where the page lies. */
export const DOCS_PATH = '/api/docs';
/** Where the document lies. */
export const OPENAPI_PATH = '/api/openapi.json';

/** Serves both. Must be called when every route is known and before the application listens. */
export function serveOpenApi(app: NestFastifyApplication): void {
  const document = describe(app);
  SwaggerModule.setup(DOCS_PATH.slice(1), app, document, {
    jsonDocumentUrl: OPENAPI_PATH.slice(1),
    raw: ['json'],
    customSiteTitle: '道地 Daodi API',
    // Closed chapters, because there are more routes than anybody reads; a form opens to what its fields mean.
    swaggerOptions: { persistAuthorization: false, tryItOutEnabled: false, validatorUrl: null, docExpansion: 'none', deepLinking: true, filter: true, defaultModelRendering: 'model', defaultModelExpandDepth: 3, defaultModelsExpandDepth: 0 },
    patchDocumentOnRequest: withNotice as never,
  });
}

/** The page, and only the page, says that it came unencrypted: one signs in on it. */
function withNotice(request: FastifyRequest, _reply: unknown, document: OpenAPIObject): OpenAPIObject {
  if (!request.url.includes('swagger-ui-init.js') || !isPlainFromElsewhere(request)) return document;
  const { zh, en } = PLAIN_HTTP_WORK;
  return { ...document, info: { ...document.info, description: `**⚠ ${zh}**\n\n**${en}**\n\n${document.info.description ?? ''}` } };
}

/** The OpenAPI document itself. */
export function describe(app: NestFastifyApplication): OpenAPIObject {
  const settings = new DocumentBuilder()
    .setTitle('道地 Daodi')
    .setDescription(INTRODUCTION)
    .setVersion('0.1.0')
    .setOpenAPIVersion('3.1.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'API 密钥或登录令牌 / API key or session token' })
    .build();
  const document = SwaggerModule.createDocument(app, settings, { operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}` });
  const used = new Set(Object.values(document.paths).flatMap((methods) => Object.values(methods as Record<string, { tags?: string[] }>).flatMap(({ tags }) => tags ?? [])));
  // In this order: what people do with goods first, what keeps the house last.
  document.tags = Object.entries(CHAPTERS).filter(([name]) => used.has(name)).map(([name, description]) => ({ name, description }));
  return completeForms(document);
}
