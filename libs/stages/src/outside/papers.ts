import type { Work } from '../form/work';
import { withoutAbsent } from '../form/work';
import type { IntakePaperDto } from './intake.dto';

/** Papers as the event names them: kind, number, and the digest of a file that is kept here. Notes a fault for each file that is not. */
export async function checkFiles(work: Work, papers: readonly IntakePaperDto[] | undefined) {
  if (papers === undefined) return undefined;
  const digests = papers.flatMap(({ file }) => file ?? []);
  const rows: { digest: string }[] = digests.length === 0 ? [] : await work.tx.query(
    `SELECT encode(digest, 'hex') AS digest FROM file WHERE expires_at IS NULL AND digest IN (SELECT decode(d, 'hex') FROM unnest($1::text[]) AS d)`,
    [digests],
  );
  const kept = new Set(rows.map(({ digest }) => digest));
  papers.forEach(({ file }, i) => {
    if (file !== undefined && !kept.has(file)) work.fault(`/papers/${i}/file`, 'unknown-file', '没有保存过这个文件', 'no file of this digest is kept here');
  });
  return papers.map(({ kind, number, file }) => withoutAbsent({ kind, number, file }));
}
