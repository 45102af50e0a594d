import { createHash } from 'node:crypto';
import { UNIFIED } from '@daodi/herbal';
import { type Act, at, type Body, form, kg } from '../act';
import { FACTORY } from './green-heaps';
import { greenForsythia, standardOf, tested } from './tested';
import { delivered, worked } from './worked';

const COOP = { by: 'anze-manager', code: 'ANZE-LQ', site: 'lingshang-store' };
/** Of the honest ridge, in grams. */
const [FRESH, STEAMED, DRIED] = [42_000, 41_600, 14_100];

/**
 * 青翘 of two ridges that were sprayed. On one a product registered for it, harvested when its interval was over, the
 * stock counted and given back, evaluated by its buyer: nothing is found. On the other a banned product, written down by
 * the worker who used it: found, held and never released. Products, labels and registrations are made up.
 */
export function sprayedForsythia(y: number): Act[] {
  return [
    ...stock(y),
    ...ridge(y, 'west'),
    spray(y, 'west', '06-10', { lot: '@input-lot/matrine', quantity: '1.5', unit: 'L', dose: '每亩 300 mL，兑水 45 kg', purpose: '食心虫' }),
    form('ridge harvest west', 'anze-field', 'harvests', {
      eventTime: at(y, '08-12', '16:30'), site: '@site/lingshang-store', crop: '@batch/ridge-west', plots: ['@land/ridge-west'], quantity: '42', unit: 'kg', growthYears: 3,
    }, { makes: ['ridge-fresh'] }),
    worked(y, {
      name: 'ridge steaming', ...COOP, on: ['08-12', '20:30'], step: 'steaming', method: '蒸制 8 分钟', inputs: [{ batch: 'ridge-fresh', grams: FRESH }],
      outputs: [{ batch: 'ridge-steamed', grams: STEAMED, form: 'steamed' }, { batch: 'ridge-twigs', grams: FRESH - STEAMED, form: 'twigs', role: 'waste' }],
    }),
    worked(y, {
      name: 'ridge drying', ...COOP, on: ['08-15', '17:00'], step: 'drying', method: '热风 60 ℃', inputs: [{ batch: 'ridge-steamed', grams: STEAMED }],
      outputs: [{ batch: 'ridge-dried', grams: DRIED, form: 'dried', lotNumber: `LJ-${y}-0815` }], lost: [['drying', STEAMED - DRIED]],
    }),
    ...tested(y, {
      batch: 'ridge-dried', by: 'anze-quality', code: 'ANZE-LQ', site: 'lingshang-store', drawn: kg('0.3'), day: '08-16', number: `YD-${y}-0431`, standard: standardOf('连翘'),
      found: greenForsythia('2', '8.3', '3.2', '32.4', '0.20', '4.1'),
    }),
    ...breach(y),
    form('count matrine', 'anze-station', 'input-counts', { lot: '@input-lot/matrine', kind: 'left', on: `${y}-09-30`, quantity: '2.5', unit: 'L', note: '季末盘点' }, { writtenAt: at(y, '09-30', '17:00') }),
    form('return matrine', 'anze-station', 'input-counts', { lot: '@input-lot/matrine', kind: 'returned', on: `${y}-09-30`, quantity: '1', unit: 'L', note: '整瓶退回' }, { writtenAt: at(y, '09-30', '17:10') }),
    ...conformity(y),
    ...delivered(y, { name: 'ridge lot', from: COOP, to: FACTORY, day: '10-20', goods: [{ batch: 'ridge-dried', grams: DRIED - 300 }], carrier: '岭上农用车队（演示）', lotNumber: `YL-${y}-1021` }),
  ];
}

/** What is bought, and by which procedure it is used. */
function stock(y: number): Act[] {
  return [
    form('label of matrine', COOP.by, 'input-products', {
      name: '0.3%苦参碱水剂（演示）', kind: 'pesticide', registrationNumber: 'YANSHI-PD-0001', formulation: '水剂', ingredients: [{ name: '苦参碱', content: '0.3%' }],
      crops: [{ crop: '连翘', herb: 'lianqiao', target: '食心虫', safetyIntervalDays: 14 }], papers: [paper('标签与登记证（演示）')],
    }, { registers: ['input', 'matrine'], writtenAt: at(y, '05-18', '09:00') }),
    form('buy matrine', COOP.by, 'input-lots', {
      product: '@input/matrine', supplier: '某农资店（演示）', boughtOn: `${y}-05-20`, quantity: '5', unit: 'L', lotNumber: `${y}0312`,
      tests: [{ test: '苦参碱含量', value: '0.31', unit: '%', limitText: '≥0.30%', report: '某检测中心 NY-演示-031' }], papers: [paper('购货发票（演示）')],
    }, { registers: ['input-lot', 'matrine'], writtenAt: at(y, '05-20', '17:00') }),
    form('procedure of spraying', 'anze-quality', 'sops', { code: 'YS-LQ-05', version: '1', title: '连翘病虫害防治规程（演示）', scope: 'field', herb: 'lianqiao', from: `${y}-03-01`, paper: paper('规程文本（演示）') }, { registers: ['sop', 'spraying'], writtenAt: at(y, '03-01', '09:00') }),
    form('soil of the ridges', 'anze-quality', 'environment-tests', {
      land: ['@land/ridge-west', '@land/ridge-east'], medium: 'soil', sampledOn: `${y}-03-12`, laboratory: '某环境检测有限公司（演示）', reportNumber: 'HJ-演示-0311',
      items: [{ test: '镉', value: '0.12', unit: 'mg/kg', verdict: 'pass' }, { test: '铅', value: '18', unit: 'mg/kg', verdict: 'pass' }], paper: paper('土壤检测报告（演示）'),
    }, { writtenAt: at(y, '03-25', '10:00') }),
  ];
}

const ridge = (y: number, side: string): Act[] => [
  form(`ridge crop ${side}`, COOP.by, 'crops', { eventTime: at(y - 4, '03-22', '09:00'), herb: 'lianqiao', grade: '青翘', mode: 'wild-tended', since: `${y - 4}-03-22`, plots: [`@land/ridge-${side}`] }, { makes: [`ridge-${side}`] }),
];

const spray = (y: number, side: string, day: string, input: Body): Act =>
  form(`ridge spraying ${side}`, 'anze-field', 'field-work', {
    eventTime: at(y, day, '07:00'), crop: `@batch/ridge-${side}`, work: 'plant-protection', plots: [`@land/ridge-${side}`], areaMu: '5', operator: '@person/anze-field', sop: '@sop/spraying',
    weather: { sky: '晴', temperatureCelsius: '21', wind: '东南风 2 级' }, inputsUsed: [input],
  });

/** A worker took what was lying about, and wrote it down. */
function breach(y: number): Act[] {
  return [
    ...ridge(y, 'east'),
    spray(y, 'east', '06-12', { product: '3%克百威颗粒剂（演示）', quantity: '2', unit: 'kg', ingredients: ['克百威'], purpose: '地下害虫' }),
    form('ridge harvest east', 'anze-field', 'harvests', { eventTime: at(y, '08-13', '16:30'), site: '@site/lingshang-store', crop: '@batch/ridge-east', plots: ['@land/ridge-east'], quantity: '38', unit: 'kg' }, { makes: ['ridge-banned'] }),
    form('hold ridge-banned', 'anze-quality', 'holds', { batch: '@batch/ridge-banned', reason: '采收前使用禁用农药克百威，不得放行' }, { writtenAt: at(y, '08-14', '08:30') }),
  ];
}

/** Unified with evidence, audited and evaluated by the buyer. */
function conformity(y: number): Act[] {
  const about = { baseId: '@base/lingshang', herb: 'lianqiao' };
  return [
    form('six unified', 'anze-owner', 'unified-seasons', { ...about, year: y, scheme: 'six', ticks: UNIFIED.six.map(({ code, zh }) => ({ point: code, evidence: [paper(`${zh}：规程与记录（演示）`)] })) }, { writtenAt: at(y, '07-20', '09:00') }),
    form('seven unified', 'anze-owner', 'unified-seasons', {
      ...about, year: y, scheme: 'seven', ticks: UNIFIED.seven.filter(({ code }) => code !== 'brand').map(({ code, zh }) => ({ point: code, evidence: [paper(`${zh}：协议或凭证（演示）`)] })),
    }, { writtenAt: at(y, '07-20', '09:20') }),
    form('audit of the ridges', 'yinpian-quality', 'supplier-audits', {
      supplier: 'ANZE-LQ', scope: '岭上基地连翘：投入品、采收、加工、仓储', plannedOn: `${y}-06-20`, auditedOn: `${y}-06-25`,
      findings: [{ severity: 'major', found: '投入品库缺少盘点记录', correction: '建立季末盘点制度并培训', correctedOn: `${y}-07-08` }], papers: [paper('供应商审计报告（演示）')],
    }, { registers: ['audit', 'ridges'], writtenAt: at(y, '07-08', '15:00') }),
    form('evaluation of the ridges', 'yinpian-quality', 'gap-evaluations', {
      supplier: 'ANZE-LQ', ...about, years: [String(y)], conclusion: 'conforms', on: `${y}-07-25`, audit: '@audit/ridges', papers: [paper('GAP 符合性评估报告（演示）')],
    }, { writtenAt: at(y, '07-25', '15:00') }),
  ];
}

/** A paper made up for the demonstration: the digest is that of its name. */
const paper = (name: string): Body => ({ name, sha256: createHash('sha256').update(name, 'utf8').digest('hex') });
