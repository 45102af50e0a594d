import type { Bilingual, Language } from '@daodi/platform';
import type { Attention } from '../state/attention';

/** What followers and queues are for, in a word; one without a word shows under its own name. */
const NAMES: Readonly<Record<string, Bilingual>> = {
  'reader-history': { zh: '来历可读范围', en: 'Who may read ancestors' },
  findings: { zh: '问题', en: 'Findings' },
  notify: { zh: '通知', en: 'Notices' },
  follow: { zh: '唤醒跟随者', en: 'Wake followers' },
  'capture-document': { zh: '入库采集文件', en: 'Capture documents' },
  deliver: { zh: '对外投递', en: 'Deliveries' },
  'render-label': { zh: '生成标签', en: 'Render labels' },
};

/** What a follower or queue is for. */
export const nameOf = (name: string, language: Language): string => NAMES[name]?.[language] ?? name;

/** One thing to look at, as a sentence. */
export function attentionText(attention: Attention, language: Language): string {
  const say = ({ zh, en }: Bilingual) => (language === 'zh' ? zh : en);
  const name = 'name' in attention ? nameOf(attention.name, language) : '';
  switch (attention.what) {
    case 'queues-away': return say({ zh: '任务队列没有应答：记录照常写入，但跟随和投递会变迟', en: 'The queues do not answer: records are kept as ever, what follows them is late' });
    case 'follower-failing': return say({ zh: `跟随者“${name}”停在一条记录上，反复失败`, en: `The follower “${name}” stands at one entry and keeps failing` });
    case 'follower-behind': return say({ zh: `跟随者“${name}”落后超过一分钟`, en: `The follower “${name}” is more than a minute behind` });
    case 'captures-stuck': return say({ zh: `${attention.count} 份采集文件超过五分钟仍未入库`, en: `${attention.count} captured ${plural(attention.count, 'document has', 'documents have')} waited more than five minutes` });
    case 'jobs-old': return say({ zh: `队列“${name}”有任务超过五分钟未完成`, en: `A job of “${name}” has waited more than five minutes` });
    case 'jobs-dead': return say({ zh: `队列“${name}”有 ${attention.count} 个死任务`, en: `${attention.count} dead ${plural(attention.count ?? 0, 'job', 'jobs')} in “${name}”` });
    default: return attention satisfies never;
  }
}

const plural = (count: number, one: string, many: string): string => (count === 1 ? one : many);

/** A length of time in its two largest units: `3 分 12 秒`, `3 min 12 s`. */
export function durationText(seconds: number, language: Language): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [day, hour, minute, second] = language === 'zh' ? ['天', '小时', '分', '秒'] : ['d', 'h', 'min', 's'];
  const parts: [number, string][] = [[Math.floor(whole / 86_400), day!], [Math.floor(whole / 3600) % 24, hour!], [Math.floor(whole / 60) % 60, minute!], [whole % 60, second!]];
  const first = parts.findIndex(([count]) => count > 0);
  if (first === -1) return `0 ${second}`;
  return parts.slice(first, first + 2).filter(([count], i) => i === 0 || count > 0).map(([count, unit]) => `${count} ${unit}`).join(' ');
}

/** A moment in China's time: `2026-09-01 16:00:00`. */
export function momentText(at: string): string {
  return new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}

/** `12,840`; both languages write thousands alike here. */
export const numberText = (value: string | number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ',');

/** Entries a second from those of a minute, with as many digits as say something. */
export function rateText(perMinute: number): string {
  const rate = perMinute / 60;
  return rate === 0 ? '0' : rate < 10 ? rate.toFixed(rate < 0.1 ? 2 : 1) : numberText(Math.round(rate));
}
