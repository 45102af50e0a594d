import type { Passport, PassportRelease, Standing, Words } from '../domain/passport';
import { organisationText, quantityText } from './said';
import { authenticRows, Composition, originRow } from './composition';
import { Certificates, Reports } from './papers';
import { Timeline } from './timeline-list';
import { Day, type PageSetting, renderDocument, sayer } from './layout';
import { PRODUCT_FORM, RELEASE_STATE, STANDING, STANDING_MEANS } from './words';

/** The public page of a thing. */
export function passportPage(passport: Passport, setting: PageSetting): string {
  const say = sayer(setting);
  const title = passport.herb?.name ?? passport.product?.name ?? say({ zh: '一批货', en: 'A batch' });
  return renderDocument(setting, title, <Body passport={passport} setting={setting} title={title} />);
}

interface Part {
  readonly passport: Passport;
  readonly setting: PageSetting;
}

function Body({ passport, setting, title }: Part & { readonly title: string }) {
  const say = sayer(setting);
  const { herb, grade } = passport;
  return (
    <article>
      <h1 lang={herb === undefined ? undefined : 'zh-CN'}>
        {title}
        {grade !== undefined && <small lang="zh-CN">{grade}</small>}
      </h1>
      {herb !== undefined && (
        <p class="names">
          <i lang="la">{herb.latin}</i>
          <span lang="zh-Latn">{herb.pinyin}</span>
          <span lang="zh-CN">{herb.part}</span>
        </p>
      )}
      <Status passport={passport} setting={setting} />
      <Facts passport={passport} setting={setting} />
      <Composition passport={passport} setting={setting} />
      <Reports passport={passport} setting={setting} />
      <Timeline passport={passport} setting={setting} />
      <Certificates passport={passport} setting={setting} />
      <section aria-labelledby="unknown">
        <h2 id="unknown">{say({ zh: '没有记录的', en: 'What is not known' })}</h2>
        {passport.unknown.length === 0 ? (
          <p>{say({ zh: '在本平台的记录范围内没有发现缺口。', en: 'Within what is recorded here, nothing is missing.' })}</p>
        ) : (
          <ul class="list">{passport.unknown.map((words) => <li>{say(words)}</li>)}</ul>
        )}
      </section>
      <section aria-labelledby="not-proven">
        <h2 id="not-proven">{say({ zh: '本页不能证明的', en: 'What this page does not prove' })}</h2>
        <ul class="list">{passport.notProven.map((words) => <li>{say(words)}</li>)}</ul>
      </section>
    </article>
  );
}

const TONE: Readonly<Record<Standing, string>> = {
  failed: 'bad', rejected: 'bad', held: 'bad', suspended: 'warn', problem: 'warn', undetermined: 'warn', 'not-released': 'plain', 'partly-released': 'warn', released: '',
};

function Status({ passport, setting }: Part) {
  const say = sayer(setting);
  if (passport.state !== 'known') return <NoRecords passport={passport} setting={setting} />;
  const { standing, release, openProblems } = passport;
  return (
    <section class={`status ${TONE[standing]}`} aria-label={say({ zh: '放行状态', en: 'Release' })}>
      <strong>{say(STANDING[standing])}</strong>
      <p>{say(STANDING_MEANS[standing])}</p>
      <Decision release={release} standing={standing} setting={setting} />
      {openProblems.blocking > 0 && standing !== 'problem' && (
        <p>{say({ zh: `另有 ${openProblems.blocking} 个必须先解决的问题。`, en: `${openProblems.blocking} problem(s) must be solved first.` })}</p>
      )}
      {openProblems.warning > 0 && (
        <p class="soft">{say({ zh: `核查另有 ${openProblems.warning} 条预警。`, en: `Checks raised ${openProblems.warning} warning(s).` })}</p>
      )}
    </section>
  );
}

function Decision({ release, standing, setting }: { release: PassportRelease; standing: Standing; setting: PageSetting }) {
  const say = sayer(setting);
  const { language } = setting;
  if (release.state === 'not-released') return null;
  return (
    <>
      <p class="soft">
        {standing !== release.state && `${say(RELEASE_STATE[release.state])} · `}
        {release.by !== undefined && `${organisationText(release.by, say)} · `}
        {release.on !== undefined && <Day day={release.on} language={language} />}
      </p>
      {(release.state === 'released' || release.state === 'partly-released') && release.isBeyondStatute === true && (
        <p>
          <span class="mark note">{say({ zh: '未按法定标准判定', en: 'not judged by a statutory standard' })}</span>
          {say({ zh: '这里没有登记适用于它的法定标准。', en: 'No statutory standard for it is on record here.' })}
        </p>
      )}
      {release.reasons.length > 0 && <ul class="list">{release.reasons.map((reason) => <li>{say(reason)}</li>)}</ul>}
      {release.unconfirmedSince !== undefined && (
        <p>
          <span class="mark note">{say({ zh: '未及确认', en: 'not confirmed' })}</span>
          {say({ zh: `这一决定自 ${clock(release.unconfirmedSince)} 起没有再次确认。`, en: `This decision has not been confirmed since ${clock(release.unconfirmedSince)}.` })}
        </p>
      )}
    </>
  );
}

/** An instant in China's time, to the second. */
const clock = (instant: string): string => `${new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')} (+08:00)`;

function NoRecords({ passport, setting }: Part) {
  const say = sayer(setting);
  const isReserved = passport.state === 'reserved';
  return (
    <section class="status plain">
      <strong>{say(isReserved ? { zh: '此码已预留，尚未启用', en: 'This code is reserved and not in use yet' } : { zh: '此码已发出，还没有记录', en: 'This code was issued; nothing is on record yet' })}</strong>
      <p>
        {say({
          zh: '如果它印在您手里的货上，而这里一直没有记录，请向卖方询问。',
          en: 'If it is printed on goods in your hand and nothing appears here, ask the seller.',
        })}
      </p>
    </section>
  );
}

function Facts({ passport, setting }: Part) {
  const say = sayer(setting);
  const { subject, maker, product, quantity } = passport;
  const rows: [Words, preact.ComponentChildren][] = [];
  if (product !== undefined) {
    const form = PRODUCT_FORM[product.form];
    rows.push([{ zh: '产品', en: 'Product' }, <><span lang="zh-CN">{[product.name, product.specification].filter(Boolean).join(' · ')}</span>{form && ` · ${say(form)}`}</>]);
  }
  const origin = originRow(passport, say);
  if (origin !== undefined) rows.push([{ zh: '产地', en: 'Grown in' }, origin]);
  for (const [term, words] of authenticRows(passport)) rows.push([term, say(words)]);
  if (maker !== undefined) {
    const place = maker.place === undefined ? '' : say(maker.place);
    rows.push([{ zh: '制成单位', en: 'Made by' }, <>{organisationText(maker, say)}{place !== '' && <span class="soft"> {place}</span>}</>]);
  }
  if (quantity !== undefined) rows.push([{ zh: '本批共', en: 'Batch size' }, quantityText(quantity, setting.language)]);
  if (subject.lotNumber !== undefined) rows.push([{ zh: '批号', en: 'Lot' }, <span class="code">{subject.lotNumber}</span>]);
  if (subject.serial !== undefined) rows.push([{ zh: '单品码', en: 'Serial' }, <span class="code">{subject.serial}</span>]);
  if (subject.code !== undefined) rows.push([{ zh: '编码', en: 'Code' }, <span class="code">{subject.code}</span>]);
  if (subject.gtin !== undefined) rows.push([{ zh: '商品条码', en: 'GTIN' }, <span class="code">{subject.gtin}</span>]);
  if (subject.sscc !== undefined) rows.push([{ zh: '物流单元码', en: 'SSCC' }, <span class="code">{subject.sscc}</span>]);
  return <dl>{rows.map(([term, value]) => [<dt>{say(term)}</dt>, <dd>{value}</dd>])}</dl>;
}
