import { createHash, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config, getFile, invalid, notFound, Problem, putFile, type StoredFile } from '@daodi/platform';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { ActAnswer } from '../acts/act-answer.interceptor';
import { Acts } from '../acts/acts.service';
import { record } from '../acts/draft';
import { type Page, type PageQuery, readPage } from '../input/page';
import type { Caller } from '../sign-in/caller';
import { FileRights, hasHandedIn } from './file-rights.service';
import { FILE_MEDIA_TYPES, mediaTypeOf } from './media-type-of';

/** A file somebody handed in, without its bytes. */
export interface UploadedFile {
  readonly sha256: string;
  readonly mediaType: string;
  readonly byteSize: number;
}

/** Scans and photographs that records name by their SHA-256: handed in once, kept for good, read by whom they concern. */
@Injectable()
export class Files {
  constructor(
    private readonly acts: Acts,
    private readonly dataSource: DataSource,
    private readonly rights: FileRights,
    private readonly config: Config,
  ) {}

  /**
   * Takes a file whose bytes have the digest of the address. Handing in what is there already writes nothing.
   *
   * @throws Problem 422 where it has another digest, or is of a kind that is not taken; 429 where the day's allowance is used up
   */
  async take(caller: Caller, request: FastifyRequest, digest: string, bytes: Buffer): Promise<ActAnswer> {
    const sha256 = digestOf(digest);
    const found = createHash('sha256').update(bytes).digest('hex');
    if (found !== sha256) {
      throw invalid([{ pointer: '', rule: 'other-digest', detail: { zh: `文件内容的 SHA-256 是 ${found}，与地址不符：可能没有传完`, en: `The file’s SHA-256 is ${found}, not that of the address: it may not have arrived whole` } }]);
    }
    const mediaType = mediaTypeOf(bytes);
    if (mediaType === undefined) throw invalid([{ pointer: '', rule: 'file-type', detail: NOT_TAKEN }]);
    const body: UploadedFile = { sha256, mediaType, byteSize: bytes.length };
    const location = `/api/v1/files/${sha256}`;
    // With a key, a repeat is answered as the first was; that is looked up under it.
    const isThere = await hasHandedIn(this.dataSource, caller.organisationId, sha256);
    if (isThere && request.headers['idempotency-key'] === undefined) return new ActAnswer(200, body, location, true);
    return this.acts.perform(caller, request, {
      boundBody: { sha256 },
      decide: async (tx) => {
        if (isThere) return [];
        const [{ used }] = await tx.query(
          `SELECT COALESCE(sum(byte_size), 0) AS used FROM uploaded_file WHERE organisation_id = $1 AND record_time > clock_timestamp() - interval '1 day'`,
          [caller.organisationId],
        );
        if (Number(used) + bytes.length > this.config.fileBytesPerDay) throw tooMuch(this.config.fileBytesPerDay);
        return [record('file', randomUUID(), 'created', { new: { ...body } })];
      },
      confirm: async (tx) => void (await putFile(tx, { mediaType, bytes })),
      respond: () => ({ status: isThere ? 200 : 201, location, body }),
    });
  }

  /** A file with its bytes. @throws Problem 404 where there is none, or the caller may not read it: the two are told alike */
  async get(caller: Caller, digest: string): Promise<StoredFile & { readonly bytes: Buffer }> {
    const sha256 = digestOf(digest);
    const file = (await this.rights.mayRead(this.dataSource, caller.organisationId, sha256)) ? await getFile(this.dataSource, sha256) : undefined;
    if (file === undefined) throw notFound();
    return file;
  }

  /** What the caller's organisation handed in, oldest first. */
  list(caller: Caller, page: PageQuery): Promise<Page<UploadedFile>> {
    return readPage<{ digest: string; media_type: string; byte_size: string; since_position: string }, UploadedFile>(
      this.dataSource,
      'SELECT digest, media_type, byte_size, since_position FROM uploaded_file WHERE organisation_id = $1',
      [caller.organisationId],
      page,
      ({ digest, media_type, byte_size }) => ({ sha256: digest, mediaType: media_type, byteSize: Number(byte_size) }),
    );
  }
}

function digestOf(text: string): string {
  if (!/^[0-9a-f]{64}$/i.test(text)) throw notFound();
  return text.toLowerCase();
}

const NOT_TAKEN = {
  zh: `不是可接收的文件。可接收：${FILE_MEDIA_TYPES.join('、')}；不接收网页、SVG、带宏的文件和程序`,
  en: `No file that is taken. Taken are ${FILE_MEDIA_TYPES.join(', ')}; not pages, SVG, files with macros or programs`,
};

const tooMuch = (most: number): Problem =>
  new Problem(429, 'file-allowance-used', { zh: '本组织一天内上传的文件已达上限', en: 'Your organisation has handed in as much as it may in a day' }, {
    detail: { zh: `一天最多 ${most} 字节，明天再传，或请运营者提高 DAODI_FILE_BYTES_PER_DAY。`, en: `At most ${most} bytes a day: send it tomorrow, or ask the operator to raise DAODI_FILE_BYTES_PER_DAY.` },
  });
