import type { DeadJob } from '@daodi/platform';
import type { OperatorState } from '../state/operator-state';
import { DeadJobTable } from './dead-job-table';
import { CaptureList, FollowerTable, ProcessTable, QueueTable } from './state-tables';
import { type PageSetting, renderDocument, sayer } from './layout';
import { attentionText, durationText, momentText, numberText, rateText } from './words';

/** What just came of a button: shown once. */
export type Note = 'replayed' | 'gone' | undefined;

/** The page that says how the installation is doing: first whether anything needs somebody, then the figures. */
export function statePage(setting: PageSetting, state: OperatorState, dead: readonly DeadJob[] | null, note: Note): string {
  const say = sayer(setting);
  return renderDocument(
    setting,
    say({ zh: '运行状态', en: 'Operations' }),
    true,
    <>
      <Verdict setting={setting} state={state} />
      {note && <p class={note === 'gone' ? 'status look' : 'status'} role="status">{say(NOTES[note])}</p>}
      <Figures setting={setting} state={state} />
      <DeadJobTable setting={setting} dead={dead} />
      <FollowerTable setting={setting} followers={state.followers} />
      <QueueTable setting={setting} queues={state.queues} />
      <CaptureList setting={setting} captures={state.captures} />
      <ProcessTable setting={setting} processes={state.processes} />
    </>,
  );
}

const NOTES = {
  replayed: { zh: '任务已重新进入队列，这一决定已记入日志。', en: 'The job is in its queue again; the decision stands in the log.' },
  gone: { zh: '没有这个死任务：它可能已经运行完成，或已被重新运行。', en: 'There is no such dead job: it may have run since, or somebody ran it again.' },
};

/** The worst first, in words; colour only underlines them. */
function Verdict({ setting, state: { attention, at } }: { setting: PageSetting; state: OperatorState }) {
  const say = sayer(setting);
  const isBad = attention.some(({ what }) => what === 'queues-away' || what === 'follower-failing');
  const count = attention.length;
  return (
    <section class={`status ${count === 0 ? '' : isBad ? 'bad' : 'look'}`}>
      <h1>{count === 0 ? say({ zh: '一切正常', en: 'All is well' }) : say({ zh: `有 ${count} 件事需要处理`, en: count === 1 ? 'One thing needs somebody' : `${count} things need somebody` })}</h1>
      {count > 0 && <ul>{attention.map((one) => <li key={attentionText(one, 'en')}>{attentionText(one, setting.language)}</li>)}</ul>}
      <p class="soft">{`${momentText(at)} ${say({ zh: '北京时间', en: 'Beijing time' })}`}</p>
    </section>
  );
}

function Figures({ setting, state: { log } }: { setting: PageSetting; state: OperatorState }) {
  const say = sayer(setting);
  const last = log.lastEntryAgeSeconds;
  return (
    <dl class="figures">
      <div>
        <dt>{say({ zh: '日志条目', en: 'Entries in the log' })}</dt>
        <dd>{numberText(log.size)}</dd>
      </div>
      <div>
        <dt>{say({ zh: '每秒写入', en: 'Entries a second' })}</dt>
        <dd>{rateText(log.entriesLastMinute)}<small>{say({ zh: `过去一分钟 ${numberText(log.entriesLastMinute)} 条`, en: `${numberText(log.entriesLastMinute)} in the past minute` })}</small></dd>
      </div>
      <div>
        <dt>{say({ zh: '最近写入', en: 'Last entry' })}</dt>
        <dd>
          {last === undefined ? '—' : durationText(last, setting.language)}
          {log.lastEntryAt !== undefined && <small>{`${say({ zh: '之前', en: 'ago' })} · ${momentText(log.lastEntryAt)}`}</small>}
        </dd>
      </div>
    </dl>
  );
}
