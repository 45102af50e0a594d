import type { Passport, PassportCertificate, PassportReport } from '../domain/passport';
import { Day, dayText, type PageSetting, sayer } from './layout';
import { SAMPLE_HOW, VALIDITY, VERDICT } from './words';

interface Part {
  readonly passport: Passport;
  readonly setting: PageSetting;
}

/** Test reports, the latest first; that there is none is said too. */
export function Reports({ passport, setting }: Part) {
  const say = sayer(setting);
  if (passport.state !== 'known') return null;
  return (
    <section aria-labelledby="reports">
      <h2 id="reports">{say({ zh: '检验', en: 'Tests' })}</h2>
      {passport.reports.length === 0 && <p>{say({ zh: '没有检验报告的记录。', en: 'There is no test report on record.' })}</p>}
      {passport.reports.map((report) => <Report report={report} setting={setting} />)}
    </section>
  );
}

function Report({ report, setting }: { report: PassportReport; setting: PageSetting }) {
  const say = sayer(setting);
  return (
    <div class="card">
      <span class={`verdict ${report.verdict}`}>{say(VERDICT[report.verdict])}</span>
      <h3>{say(report.laboratory)}</h3>
      <p class="soft">
        {say({ zh: '报告编号 ', en: 'Report ' })}<span class="code">{report.number}</span>{' · '}<Day day={report.on} language={setting.language} />
        {report.standard !== undefined && <span lang="zh-CN"> · {report.standard}</span>}
      </p>
      <p>
        <span class={`mark ${report.isIndependent ? 'other' : 'self'}`}>
          {say(report.isIndependent ? { zh: '他证 独立检验机构', en: 'independent laboratory' } : { zh: '自述 企业自检', en: 'tested by the maker itself' })}
        </span>
        {report.sampleHow !== undefined && <span class={`mark ${report.sampleHow === 'submitted' ? 'note' : ''}`}>{say(SAMPLE_HOW[report.sampleHow])}</span>}
        {report.speaksFor !== undefined && <span class="mark">{say({ zh: `代表数量 ${report.speaksFor}`, en: `speaks for ${report.speaksFor}` })}</span>}
        {report.isOfMaterial && <span class="mark">{say({ zh: '检验的是原料', en: 'of the material it was made of' })}</span>}
      </p>
      {report.items.length > 0 && (
        <table>
          <thead>
            <tr><th scope="col">{say({ zh: '项目', en: 'Item' })}</th><th scope="col">{say({ zh: '限度', en: 'Limit' })}</th><th scope="col">{say({ zh: '结果', en: 'Result' })}</th></tr>
          </thead>
          <tbody>
            {report.items.slice(0, ITEMS_MAX).map((item) => (
              <tr>
                <td lang="zh-CN">{item.name}</td>
                <td>{item.limit ?? '—'}</td>
                <td class={item.verdict === 'fail' ? 'fail' : undefined}>
                  {item.result}{item.verdict !== undefined && item.verdict !== 'pass' && ` · ${say(VERDICT[item.verdict])}`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {report.items.length > ITEMS_MAX && (
        <p class="soft">{say({ zh: `另有 ${report.items.length - ITEMS_MAX} 项没有列出。`, en: `${report.items.length - ITEMS_MAX} more items are not shown.` })}</p>
      )}
    </div>
  );
}

/** Items of one report shown at most; the others are counted. */
const ITEMS_MAX = 20;

/** Certificates as their holders state them. */
export function Certificates({ passport, setting }: Part) {
  const say = sayer(setting);
  if (passport.certificates.length === 0) return null;
  return (
    <section aria-labelledby="certificates">
      <h2 id="certificates">{say({ zh: '证书', en: 'Certificates' })}</h2>
      <ul>{passport.certificates.slice(0, CERTIFICATES_MAX).map((one) => <Certificate certificate={one} setting={setting} />)}</ul>
      {passport.certificates.length > CERTIFICATES_MAX && (
        <p class="soft">{say({ zh: `另有 ${passport.certificates.length - CERTIFICATES_MAX} 份没有列出。`, en: `${passport.certificates.length - CERTIFICATES_MAX} more are not shown.` })}</p>
      )}
    </section>
  );
}

const CERTIFICATES_MAX = 12;

function Certificate({ certificate, setting }: { certificate: PassportCertificate; setting: PageSetting }) {
  const say = sayer(setting);
  const { language } = setting;
  const { validFrom, validTo, validity } = certificate;
  return (
    <li class="card">
      <h3 lang="zh-CN">{certificate.kind}</h3>
      <p>{say(certificate.holder)}</p>
      <p class="soft"><span lang="zh-CN">{certificate.issuer}</span>{' · '}<span class="code">{certificate.number}</span></p>
      <p class="soft">
        {validTo === undefined
          ? say({ zh: `自 ${dayText(validFrom, 'zh')} 起`, en: `from ${dayText(validFrom, 'en')}` })
          : <><Day day={validFrom} language={language} />{' – '}<Day day={validTo} language={language} /></>}
      </p>
      <p>
        <span class={`mark ${validity === 'valid' ? '' : 'note'}`}>{say(VALIDITY[validity])}</span>
        {!certificate.verified && <span class="mark note">{say({ zh: '持有人自填，未经核实', en: 'as stated by its holder, unverified' })}</span>}
      </p>
    </li>
  );
}
