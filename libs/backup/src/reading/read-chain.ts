/** Reads a full backup and the incremental ones that go on from it, checking everything a backup lets one check. */
import { UnusableBackup, readFrames } from '../format/frames';
import type { Header, Trailer } from '../format/header';
import { type Line, linesOf } from '../format/lines';
import { EntryVerifier, type ReadEntry } from './verify-entries';

/** A backup somewhere. */
export interface BackupSource {
  /** How a person knows it: a file's name. */
  readonly name: string;
  open(): AsyncIterable<Buffer>;
}

/** What comes, in order: of each backup its header, groups of lines of one kind, its trailer with its name. */
export type Piece =
  | { readonly kind: 'header'; readonly header: Header }
  | { readonly kind: 'lines'; readonly tag: Line['tag']; readonly json: readonly string[]; readonly entries: readonly ReadEntry[] }
  | { readonly kind: 'trailer'; readonly header: Header; readonly trailer: Trailer; readonly digest: string };

/**
 * Reads backups in the order given. Every frame is checked before its content is given on, every entry's digest is
 * computed anew, positions follow without a gap, and every incremental backup must name the one before it.
 *
 * @throws UnusableBackup with the place of what is wrong
 */
export async function* readChain(sources: readonly BackupSource[]): AsyncGenerator<Piece> {
  let before: { readonly name: string; readonly digest: string } | undefined;
  let verifier: EntryVerifier | undefined;
  for (const source of sources) {
    try {
      for await (const piece of readBackup(source)) {
        if (piece.kind === 'header') {
          refuseOutOfOrder(source.name, piece.header, before);
          verifier ??= new EntryVerifier(BigInt(piece.header.from));
        }
        if (piece.kind === 'lines' && piece.tag === 'entry') yield { ...piece, entries: piece.json.map((json) => verifier!.take(json)) };
        else yield piece;
        if (piece.kind === 'trailer') {
          refuseShort(source.name, piece.header, verifier?.last?.position);
          before = { name: source.name, digest: piece.digest };
        }
      }
    } catch (error) {
      throw error instanceof UnusableBackup ? withLastGood(error, verifier?.last) : error;
    }
  }
}

/** One backup, its frames and counts checked. */
export async function* readBackup(source: BackupSource): AsyncGenerator<Piece> {
  let header: Header | undefined;
  const counts = new Map<string, number>();
  let table = '';
  for await (const { kind, payload, digest } of readFrames(source.open(), source.name)) {
    if ((kind === 'header') !== (header === undefined)) throw disordered(source.name);
    if (kind === 'header') yield { kind, header: (header = JSON.parse(payload.toString('utf8')) as Header) };
    if (kind === 'data') {
      for (const group of groupsOf(await linesOf(payload))) {
        if (group.tag === 'table') table = (JSON.parse(group.json.at(-1) as string) as { table: string }).table;
        const counted = group.tag === 'row' ? `row ${table}` : group.tag;
        counts.set(counted, (counts.get(counted) ?? 0) + group.json.length);
        yield { kind: 'lines', ...group, entries: [] };
      }
    }
    if (kind === 'trailer') {
      const trailer = JSON.parse(payload.toString('utf8')) as Trailer;
      const isWhole = counts.size === Object.keys(trailer.lines).length && [...counts].every(([name, count]) => trailer.lines[name] === count);
      if (!isWhole) throw disordered(source.name);
      yield { kind, header: header as Header, trailer, digest: digest.toString('hex') };
    }
  }
}

/** The header of a backup, without reading on. */
export async function readHeader(source: BackupSource): Promise<Header> {
  for await (const { payload } of readFrames(source.open(), source.name)) return JSON.parse(payload.toString('utf8')) as Header;
  throw disordered(source.name);
}

/** Header and name of a backup, its frames checked but not unpacked. */
export async function readName(source: BackupSource): Promise<{ readonly header: Header; readonly digest: string }> {
  let header: Header | undefined;
  let last: Buffer | undefined;
  for await (const { kind, payload, digest } of readFrames(source.open(), source.name)) {
    if (kind === 'header') header = JSON.parse(payload.toString('utf8')) as Header;
    last = digest;
  }
  return { header: header as Header, digest: (last as Buffer).toString('hex') };
}

/** Neighbours of one kind together; rows never across the beginning of a table. */
function groupsOf(lines: readonly Line[]): { readonly tag: Line['tag']; readonly json: string[] }[] {
  const groups: { tag: Line['tag']; json: string[] }[] = [];
  for (const { tag, json } of lines) {
    const last = groups.at(-1);
    if (last?.tag === tag && tag !== 'table') last.json.push(json);
    else groups.push({ tag, json: [json] });
  }
  return groups;
}

function refuseOutOfOrder(name: string, header: Header, before: { readonly name: string; readonly digest: string } | undefined): void {
  if (before === undefined && header.since !== undefined) {
    throw new UnusableBackup({
      zh: `${name} 是增量备份,从第 ${header.from} 条记录开始。请先给出它之前的完整备份,再按时间顺序给出各增量备份。`,
      en: `${name} is incremental: it begins at entry ${header.from}. Name the full backup it goes on from first, then the incremental ones in their order.`,
    });
  }
  if (before === undefined || header.since?.digest === before.digest) return;
  throw new UnusableBackup({
    zh: `${name} 不是接着 ${before.name} 的增量备份。请按顺序给出所有备份。`,
    en: `${name} does not go on from ${before.name}. Name all backups in their order.`,
  });
}

function refuseShort(name: string, { size }: Header, last: bigint | undefined): void {
  if ((last ?? -1n) + 1n === BigInt(size)) return;
  throw new UnusableBackup({ zh: `备份 ${name} 应到第 ${BigInt(size) - 1n} 条记录,却没有。`, en: `The backup ${name} should reach entry ${BigInt(size) - 1n} and does not.` });
}

function withLastGood({ sentence }: UnusableBackup, last: EntryVerifier['last']): UnusableBackup {
  if (last === undefined) return new UnusableBackup({ zh: `${sentence.zh}没有可用的记录。`, en: `${sentence.en} No entry before that.` });
  return new UnusableBackup({
    zh: `${sentence.zh}此前完好的最后一条记录:第 ${last.position} 条,${last.recordTime}。`,
    en: `${sentence.en} Good up to entry ${last.position}, recorded ${last.recordTime}.`,
  });
}

const disordered = (name: string) => new UnusableBackup({ zh: `备份 ${name} 的内容不成次序。`, en: `The content of the backup ${name} is out of order.` });
