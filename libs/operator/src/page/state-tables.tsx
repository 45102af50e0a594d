import type { CaptureBacklog } from '@daodi/capture';
import type { QueueState, RunningProcess } from '@daodi/platform';
import type { FollowerLine } from '../state/operator-state';
import { type PageSetting, sayer } from './layout';
import { durationText, momentText, nameOf, numberText } from './words';

/** A table that becomes a list of cards on a phone: each cell carries its heading. @param layout `five`: short figures side by side there */
export function Table({ heads, layout, children }: { heads: readonly { label: string; isNumber?: boolean }[]; layout?: 'five'; children: preact.ComponentChildren }) {
  return (
    <table class={layout}>
      <thead>
        <tr>{heads.map(({ label, isNumber }) => <th key={label} scope="col" class={isNumber ? 'n' : undefined}>{label}</th>)}</tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}

/** The name in words, and below it the one the log files and metrics use. */
export function Name({ name, setting }: { name: string; setting: PageSetting }) {
  const word = nameOf(name, setting.language);
  return <td>{word}{word !== name && <small><code>{name}</code></small>}</td>;
}

export function FollowerTable({ setting, followers }: { setting: PageSetting; followers: readonly FollowerLine[] }) {
  const say = sayer(setting);
  const [name, state, behind, lag, position] = [say({ zh: '跟随者', en: 'Follower' }), say({ zh: '状态', en: 'State' }), say({ zh: '落后条目', en: 'Behind' }), say({ zh: '落后时间', en: 'Lag' }), say({ zh: '位置', en: 'Position' })];
  return (
    <section>
      <h2>{say({ zh: '跟随者', en: 'Followers' })}</h2>
      <Table heads={[{ label: name }, { label: state }, { label: behind, isNumber: true }, { label: lag, isNumber: true }, { label: position, isNumber: true }]}>
        {followers.map((follower) => (
          <tr key={follower.name}>
            <Name name={follower.name} setting={setting} />
            <td data-l={state}><FollowerWord setting={setting} follower={follower} /></td>
            <td class="n" data-l={behind}>{numberText(follower.behind)}</td>
            <td class="n" data-l={lag}>{durationText(follower.lagSeconds, setting.language)}</td>
            <td class="n" data-l={position}>{numberText(follower.position)}</td>
          </tr>
        ))}
      </Table>
    </section>
  );
}

function FollowerWord({ setting, follower: { failure, lagSeconds, behind } }: { setting: PageSetting; follower: FollowerLine }) {
  const say = sayer(setting);
  if (failure !== undefined) {
    return (
      <div>
        <span class="word bad">{say({ zh: '反复失败', en: 'Failing' })}</span>
        <small>{say({ zh: `${failure.reason}，${failure.times} 次，最近 ${momentText(failure.failedAt)}`, en: `${failure.reason}, ${failure.times} times, last ${momentText(failure.failedAt)}` })}</small>
      </div>
    );
  }
  if (behind === '0') return <span class="word">{say({ zh: '已跟上', en: 'Up to date' })}</span>;
  if (lagSeconds <= 60) return <span class="word">{say({ zh: '正在跟进', en: 'Catching up' })}</span>;
  return <span class="word look">{say({ zh: '落后', en: 'Behind' })}</span>;
}

export function QueueTable({ setting, queues }: { setting: PageSetting; queues: readonly QueueState[] | null }) {
  const say = sayer(setting);
  const title = <h2>{say({ zh: '队列', en: 'Queues' })}</h2>;
  if (queues === null) return <section>{title}<p class="none"><span class="word bad">{say({ zh: '无应答', en: 'No answer' })}</span></p></section>;
  const labels = {
    name: say({ zh: '队列', en: 'Queue' }), waiting: say({ zh: '等待', en: 'Waiting' }), active: say({ zh: '运行', en: 'Running' }),
    delayed: say({ zh: '定时', en: 'Scheduled' }), failed: say({ zh: '死任务', en: 'Dead' }), oldest: say({ zh: '最久', en: 'Oldest' }),
  };
  return (
    <section>
      {title}
      <Table layout="five" heads={[{ label: labels.name }, ...[labels.waiting, labels.active, labels.delayed, labels.failed, labels.oldest].map((label) => ({ label, isNumber: true }))]}>
        {queues.map(({ queue, waiting, active, delayed, failed, oldestAgeSeconds }) => (
          <tr key={queue}>
            <Name name={queue} setting={setting} />
            <td class="n" data-l={labels.waiting}>{numberText(waiting)}</td>
            <td class="n" data-l={labels.active}>{numberText(active)}</td>
            <td class="n" data-l={labels.delayed}>{numberText(delayed)}</td>
            <td class="n" data-l={labels.failed}>{failed === 0 ? '0' : <span class="word look">{numberText(failed)}</span>}</td>
            <td class="n" data-l={labels.oldest}>{waiting + active === 0 ? '—' : durationText(oldestAgeSeconds, setting.language)}</td>
          </tr>
        ))}
      </Table>
    </section>
  );
}

export function CaptureList({ setting, captures }: { setting: PageSetting; captures: CaptureBacklog }) {
  const say = sayer(setting);
  const labels = { id: say({ zh: '文件', en: 'Document' }), received: say({ zh: '收到', en: 'Received' }), parts: say({ zh: '已入库部分', en: 'Parts done' }) };
  return (
    <section>
      <h2>
        {say({ zh: '采集文件', en: 'Captured documents' })}
        <small>{say({ zh: `待入库 ${numberText(captures.waiting)}`, en: `${numberText(captures.waiting)} waiting` })}</small>
      </h2>
      {captures.stuck.length === 0 ? (
        <p class="none">{say({ zh: '没有卡住的文件。', en: 'None is stuck.' })}</p>
      ) : (
        <Table heads={[{ label: labels.id }, { label: labels.received }, { label: labels.parts, isNumber: true }]}>
          {captures.stuck.map(({ id, receivedAt, chunksDone, chunks }) => (
            <tr key={id}>
              <td><code>{id}</code></td>
              <td data-l={labels.received}>{momentText(receivedAt)}</td>
              <td class="n" data-l={labels.parts}>{`${chunksDone} / ${chunks}`}</td>
            </tr>
          ))}
        </Table>
      )}
    </section>
  );
}

export function ProcessTable({ setting, processes }: { setting: PageSetting; processes: readonly RunningProcess[] }) {
  const say = sayer(setting);
  const labels = { role: say({ zh: '进程', en: 'Process' }), up: say({ zh: '已运行', en: 'Up' }), heard: say({ zh: '最近应答', en: 'Heard of' }), version: say({ zh: '版本', en: 'Version' }) };
  return (
    <section>
      <h2>{say({ zh: '进程', en: 'Processes' })}</h2>
      <Table heads={[{ label: labels.role }, { label: labels.up, isNumber: true }, { label: labels.heard, isNumber: true }, { label: labels.version, isNumber: true }]}>
        {processes.map(({ role, version, node, startedAt, upSeconds, silentSeconds }) => (
          <tr key={`${role} ${startedAt}`}>
            <td>{role}</td>
            <td class="n" data-l={labels.up}>{durationText(upSeconds, setting.language)}</td>
            <td class="n" data-l={labels.heard}>{silentSeconds <= 30 ? say({ zh: '刚刚', en: 'just now' }) : durationText(silentSeconds, setting.language)}</td>
            <td class="n" data-l={labels.version}>{`${version} · Node ${node}`}</td>
          </tr>
        ))}
      </Table>
    </section>
  );
}
