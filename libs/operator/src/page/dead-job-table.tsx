import type { DeadJob } from '@daodi/platform';
import { type PageSetting, sayer } from './layout';
import { Table } from './state-tables';
import { momentText, nameOf } from './words';

/** Jobs that ran out of attempts, each with the button that runs it again. @param dead null where the queues do not answer */
export function DeadJobTable({ setting, dead }: { setting: PageSetting; dead: readonly DeadJob[] | null }) {
  const say = sayer(setting);
  if (dead === null) return null;
  const labels = { job: say({ zh: '任务', en: 'Job' }), when: say({ zh: '失败于', en: 'Failed' }), tried: say({ zh: '尝试', en: 'Attempts' }), reason: say({ zh: '原因', en: 'Reason' }), act: say({ zh: '处理', en: 'What to do' }) };
  return (
    <section>
      <h2>
        {say({ zh: '死任务', en: 'Dead jobs' })}
        {dead.length > 0 && <small>{say({ zh: '先排除原因，再重新运行', en: 'Mend the cause, then run them again' })}</small>}
      </h2>
      {dead.length === 0 ? (
        <p class="none">{say({ zh: '没有死任务。', en: 'None.' })}</p>
      ) : (
        <Table heads={[{ label: labels.job }, { label: labels.when }, { label: labels.tried, isNumber: true }, { label: labels.reason }, { label: labels.act }]}>
          {dead.map((job) => (
            <tr key={`${job.queue}/${job.id}`}>
              <td>{nameOf(job.queue, setting.language)}<small><code>{`${job.queue} ${job.id}`}</code>{job.about && job.about !== job.id && <code>{job.about}</code>}</small></td>
              <td data-l={labels.when}>{momentText(job.failedAt)}</td>
              <td class="n" data-l={labels.tried}>{job.times > 1 ? `${job.attempts} × ${job.times}` : job.attempts}</td>
              <td data-l={labels.reason}><span class="word bad">{job.reason}</span></td>
              <td class="act">
                <form method="post" action={`/operator/dead-jobs/${encodeURIComponent(job.queue)}/${encodeURIComponent(job.id)}/replay?lang=${setting.language}`}>
                  <button class="do">{say({ zh: '重新运行', en: 'Run again' })}</button>
                </form>
              </td>
            </tr>
          ))}
        </Table>
      )}
    </section>
  );
}
