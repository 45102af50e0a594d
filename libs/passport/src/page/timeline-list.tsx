import type { Attestation, Correction, Passport, PassportStep, Words } from '../domain/passport';
import { Day, dayText, type PageSetting, sayer } from './layout';
import { organisationText, quantityText } from './said';
import { ATTESTED, ATTESTED_MEANS, PROCESS, STEP } from './words';

/** Steps at which material comes to be or is judged: filled dots. */
const KEY_STEPS = new Set(['harvest', 'packing', 'report', 'release', 'declared-origin']);

/** What happened, from the field to where it is now, and who says so. */
export function Timeline({ passport, setting }: { passport: Passport; setting: PageSetting }) {
  const say = sayer(setting);
  if (passport.steps.length === 0 && passport.withdrawn.length === 0) return null;
  const places = firstPlaces(passport.steps);
  const used = new Set(passport.steps.flatMap(({ attested }) => attested));
  return (
    <section aria-labelledby="story">
      <h2 id="story">{say({ zh: '经过', en: 'What happened' })}</h2>
      <ol class="time">{passport.steps.map((step, i) => <Step step={step} place={places[i]} setting={setting} />)}</ol>
      {passport.withdrawn.map((one) => (
        <p class="fix">
          {say({
            zh: `${dayText(one.happened, 'zh')}的一条记录于 ${dayText(one.on, 'zh')} 声明有误，原因：${one.reason.zh}。`,
            en: `A record of ${dayText(one.happened, 'en')} was declared in error on ${dayText(one.on, 'en')}: ${one.reason.en}.`,
          })}
        </p>
      ))}
      <details>
        <summary>{say({ zh: '「自述」「他证」「核对」是什么意思', en: 'What the marks mean' })}</summary>
        {(Object.keys(ATTESTED) as Attestation[]).filter((mark) => used.has(mark)).map((mark) => (
          <p><Mark mark={mark} setting={setting} />{say(ATTESTED_MEANS[mark])}</p>
        ))}
        <p><span class="mark late">{say(LATER)}</span>{say({ zh: '事情发生一天以后才写下来，或由旧资料导入。', en: 'Written down more than a day after it happened, or imported from older files.' })}</p>
      </details>
    </section>
  );
}

/** Where an organisation is, said at its first step only. */
function firstPlaces(steps: readonly PassportStep[]): (Words | undefined)[] {
  const seen = new Set<string>();
  return steps.map(({ by: { name, place } }) => {
    if (name === undefined || seen.has(name.zh)) return undefined;
    seen.add(name.zh);
    return place;
  });
}

const LATER = { zh: '事后补记', en: 'written later' };

function Mark({ mark, setting }: { mark: Attestation; setting: PageSetting }) {
  return <span class={`mark ${mark}`}>{sayer(setting)(ATTESTED[mark])}</span>;
}

function Step({ step, place, setting }: { step: PassportStep; place?: Words; setting: PageSetting }) {
  const say = sayer(setting);
  const { language } = setting;
  const title = say((step.process === undefined ? undefined : PROCESS[step.process]) ?? STEP[step.kind]);
  const times = step.count > 1 ? say({ zh: ` × ${step.count} 次`, en: ` × ${step.count}` }) : '';
  const classes = [KEY_STEPS.has(step.kind) && 'key', step.writtenLater !== undefined && 'late'].filter(Boolean).join(' ');
  return (
    <li class={classes || undefined}>
      <p class="when">
        <Day day={step.from} language={language} />
        {step.to !== step.from && <>{' – '}<Day day={step.to} language={language} /></>}
      </p>
      <h3>{title}{times}</h3>
      {step.attested.map((mark) => <Mark mark={mark} setting={setting} />)}
      {step.unconfirmed && <span class="mark note">{say({ zh: '收货方未确认', en: 'not confirmed by the receiver' })}</span>}
      {step.erased && <span class="mark note">{say({ zh: '文字已删除', en: 'text erased' })}</span>}
      <p>{organisationText(step.by, say)}{place !== undefined && <span class="soft"> {say(place)}</span>}</p>
      <Amounts step={step} setting={setting} />
      {step.writtenLater !== undefined && (
        <p><span class="mark late">{say({ zh: `${LATER.zh}：${dayText(step.writtenLater, 'zh')}`, en: `${LATER.en}: ${dayText(step.writtenLater, 'en')}` })}</span></p>
      )}
      {step.corrections.map((correction) => <Corrected correction={correction} setting={setting} />)}
    </li>
  );
}

function Amounts({ step, setting }: { step: PassportStep; setting: PageSetting }) {
  const say = sayer(setting);
  const text = (quantity: NonNullable<PassportStep['in']>) => quantityText(quantity, setting.language);
  const parts: string[] = [];
  if (step.in !== undefined && step.out !== undefined) parts.push(`${text(step.in)} → ${text(step.out)}`);
  else if (step.out !== undefined) parts.push(text(step.out));
  if (step.otherOut !== undefined) parts.push(say({ zh: `其他产出 ${text(step.otherOut)}`, en: `other output ${text(step.otherOut)}` }));
  if (step.lost !== undefined) parts.push(say({ zh: `损耗 ${text(step.lost)}`, en: `lost ${text(step.lost)}` }));
  return parts.length === 0 ? null : <p class="soft">{parts.join(' · ')}</p>;
}

function Corrected({ correction, setting }: { correction: Correction; setting: PageSetting }) {
  const say = sayer(setting);
  const was = correction.was === undefined ? undefined : { zh: `，原记 ${quantityText(correction.was, 'zh')}`, en: `; it had said ${quantityText(correction.was, 'en')}` };
  return (
    <p class="fix">
      {say({
        zh: `更正于 ${dayText(correction.on, 'zh')}，原因：${correction.reason.zh}${was?.zh ?? ''}。`,
        en: `Corrected on ${dayText(correction.on, 'en')}: ${correction.reason.en}${was?.en ?? ''}.`,
      })}
    </p>
  );
}
