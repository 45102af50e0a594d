/** Bodies arrive as bytes, are kept as bytes, and are read so strictly that any two parsers agree on them. */
import { readJson } from '@daodi/epcis';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Config } from '../config';
import type { Bilingual } from '../start-failure';
import { Problem, unreadable } from './problem';

declare module 'fastify' {
  interface FastifyRequest {
    /** The body as it was sent; absent where there was none. */
    rawBody?: Buffer;
  }
}

/** `application/json`, and every other type whose syntax is JSON (RFC 6839, 3.1), such as `application/ld+json`. */
const JSON_TYPES = /^application\/(?:[\w.-]+\+)?json(?:\s*;|$)/i;
const FORM_TYPE = 'application/x-www-form-urlencoded';
/** Word and Excel files, with and without macros: only where templates are sent, which refuse the latter with a reason. */
const OFFICE_TYPES = /^application\/vnd\.(openxmlformats-officedocument\.|ms-word\.|ms-excel)/i;
const OFFICE_ROUTE = /^\/api\/v1\/paper-templates\//;
/** A template with a letterhead; it says so itself, in words of templates, where one is larger than it takes. */
const OFFICE_BYTES_MAX = 6 * 1024 * 1024;
/** Scans, photographs and tables: only where files are handed in, which looks at the bytes and not at the name. */
const FILE_TYPES = /^(application\/pdf|application\/octet-stream|image\/(jpeg|png|webp|heic|heif)|text\/csv|text\/plain)\s*(;|$)/i;
const FILE_ROUTE = /^\/api\/v1\/files\//;
/** Only captured documents and files may be large. */
const CAPTURE_ROUTE = /^\/epcis\/(?:capture|events)\b/;

/** Teaches Fastify the bodies we read; every other kind is answered 415. */
export function registerBodyParsers(fastify: FastifyInstance, limits: Pick<Config, 'captureBytesMax' | 'bodyBytesMax' | 'fileBytesMax'>): void {
  fastify.removeAllContentTypeParsers();
  fastify.addHook('onRoute', (route) => {
    route.bodyLimit ??= CAPTURE_ROUTE.test(route.url) ? limits.captureBytesMax : FILE_ROUTE.test(route.url) ? limits.fileBytesMax : limits.bodyBytesMax;
  });
  fastify.addContentTypeParser(JSON_TYPES, { parseAs: 'buffer', bodyLimit: limits.captureBytesMax }, async (request: FastifyRequest, body: Buffer) => {
    refuseEncodings(request);
    request.rawBody = body;
    const reading = readJson(body);
    if (!reading.ok) throw unreadable(reading.faults);
    return reading.value;
  });
  fastify.addContentTypeParser(FORM_TYPE, { parseAs: 'buffer', bodyLimit: limits.bodyBytesMax }, async (request: FastifyRequest, body: Buffer) => {
    refuseEncodings(request);
    request.rawBody = body;
    return Object.fromEntries(new URLSearchParams(body.toString('utf8')));
  });
  fastify.addContentTypeParser(FILE_TYPES, { parseAs: 'buffer', bodyLimit: limits.fileBytesMax }, async (request: FastifyRequest, body: Buffer) => {
    if (!FILE_ROUTE.test(request.url)) throw unsupported({ zh: '此处不接受文件', en: 'No file is taken here' });
    refuseEncodings(request);
    request.rawBody = body;
    return body;
  });
  fastify.addContentTypeParser(OFFICE_TYPES, { parseAs: 'buffer', bodyLimit: Math.max(OFFICE_BYTES_MAX, limits.fileBytesMax) }, async (request: FastifyRequest, body: Buffer) => {
    if (!OFFICE_ROUTE.test(request.url) && !FILE_ROUTE.test(request.url)) throw unsupported({ zh: '此处不接受 Word 或 Excel 文件', en: 'No Word or Excel file is taken here' });
    refuseEncodings(request);
    request.rawBody = body;
    return body;
  });
}

/** A compressed body, or one in another character set than UTF-8, would be read as something it does not say. */
function refuseEncodings(request: FastifyRequest): void {
  const encoding = request.headers['content-encoding'];
  const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(request.headers['content-type'] ?? '')?.[1];
  const isPlain = encoding === undefined || encoding.toLowerCase() === 'identity';
  if (isPlain && (charset === undefined || /^utf-?8$/i.test(charset))) return;
  throw unsupported({ zh: '请求内容须为未压缩的 UTF-8', en: 'The body must be uncompressed UTF-8' });
}

const unsupported = (detail: Bilingual): Problem => new Problem(415, 'unsupported-media-type', { zh: '不支持的内容类型', en: 'Unsupported media type' }, { detail });
