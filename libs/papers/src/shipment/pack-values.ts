import { kilogramText, type Milligrams } from '@daodi/epcis';
import { placeName } from '@daodi/passport';
import { ORGANISATION_TYPE_MEANINGS } from '@daodi/registry';
import { plainValue } from '../template/picture-mark';
import type { PaperValues } from '../template/paper-fields';
import { type BatchFacts, batchValues, warningsOf } from './batch-values';
import { NONE, NOT_GIVEN, NOT_RECORDED } from './missing-words';

/** An organisation as papers name it. */
export interface PartyFacts {
  readonly name: string;
  readonly code?: string;
  readonly creditCode?: string;
  readonly type?: string;
  readonly region?: string;
  readonly contact?: string;
}

export interface CertificateFacts {
  readonly kind: string;
  readonly number: string;
  readonly issuer: string;
  readonly validFrom: string;
  readonly validTo?: string;
  readonly verified: boolean;
}

/** Everything a pack is made of, but for its number, issue and templates. */
export interface PackFacts {
  readonly isDemo: boolean;
  readonly eventId: string;
  /** Local day and time of sending. */
  readonly shippedAt: string;
  readonly shipper: PartyFacts;
  readonly receiver: PartyFacts;
  /** What the sender alone may hand out; absent in a pack the receiver fetches. */
  readonly own?: { readonly carrier?: string; readonly shipFrom?: string };
  readonly containers: readonly string[];
  readonly batches: readonly BatchFacts[];
  readonly certificates: readonly CertificateFacts[];
  /** Papers of test reports that go with it, each once. */
  readonly reportPapers: readonly ReportPaperFacts[];
}

/** The paper of a report, as it was handed in. */
export interface ReportPaperFacts {
  readonly number: string;
  /** SHA-256, hexadecimal. */
  readonly digest: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
  /** Pages of the PDF; a file of the ZIP alone; too large for a pack, to be fetched by itself, without its bytes here. */
  readonly place: 'pdf' | 'zip' | 'apart';
}

/** What a template may name, filled in. */
export function packValues(facts: PackFacts): PaperValues {
  const { shipper, receiver, own, batches } = facts;
  const ofSender = (value: string | undefined): string => (own === undefined ? NOT_GIVEN : (value ?? NOT_RECORDED));
  return cleaned({
    warnings: packWarnings(facts).join('；') || NONE,
    shipper: shipper.name, shipperCode: shipper.code ?? '', creditCode: shipper.creditCode ?? NOT_RECORDED,
    shipperType: (ORGANISATION_TYPE_MEANINGS as Readonly<Record<string, string>>)[shipper.type ?? '']?.split(' ')[0] ?? NOT_RECORDED,
    shipperPlace: placeOf(shipper), contact: ofSender(shipper.contact),
    receiver: receiver.name, receiverCode: receiver.code ?? '', receiverPlace: placeOf(receiver),
    shippedOn: facts.shippedAt.slice(0, 10), shippedAt: facts.shippedAt, shipFrom: ofSender(own?.shipFrom), carrier: ofSender(own?.carrier),
    eventID: facts.eventId,
    batchCount: String(batches.length),
    ...totals(batches),
    containers: facts.containers.length === 0 ? NONE : facts.containers.join('、'),
    batches: batches.map((one, i) => batchValues(one, i + 1)),
    certificateNote: facts.certificates.length === 0 ? '未登记任何证书' : '',
    certificates: facts.certificates.map((one) => ({
      certificate: one.kind, certificateNumber: one.number, issuer: one.issuer, validFrom: one.validFrom, validTo: one.validTo ?? '未载明', checked: one.verified ? '已核验' : '未核验（持证单位自述）',
    })),
  });
}

/** What stands on top of every page. */
export function packWarnings({ isDemo, batches }: Pick<PackFacts, 'isDemo' | 'batches'>): string[] {
  const ofBatches = batches.flatMap((facts) => {
    const words = warningsOf(facts);
    return words.length === 0 ? [] : [`注意：批次 ${facts.batch.code ?? facts.batch.uri}：${words.join('；')}`];
  });
  return [...(isDemo ? ['演示 DEMO · 非真实货物 NOT REAL GOODS'] : []), ...ofBatches];
}

/** What the foot of a page explains. */
export const packNotes = ({ batches }: Pick<PackFacts, 'batches'>): string[] => (batches.some(({ passport }) => passport?.herb?.verified === false) ? ['* 名称未与药典核对'] : []);

const placeOf = ({ region }: PartyFacts): string => (region === undefined ? NOT_RECORDED : placeName(region).zh);

/** Sums are exact, and there are none where an amount is missing: a total that leaves something out is no total. */
function totals(batches: readonly BatchFacts[]): { readonly totalKg: string; readonly totalJin: string; readonly totalPieces: string } {
  if (batches.some(({ batch }) => batch.amount === undefined)) return { totalKg: NOT_RECORDED, totalJin: NOT_RECORDED, totalPieces: NOT_RECORDED };
  const sum = (unit: 'mg' | 'pcs'): bigint => batches.reduce((all, { batch }) => (batch.unit === unit ? all + (batch.amount as bigint) : all), 0n);
  const [mass, pieces] = [sum('mg'), sum('pcs')];
  return {
    totalKg: mass === 0n ? '' : kilogramText(mass as Milligrams), totalJin: mass === 0n ? '' : kilogramText((mass * 2n) as Milligrams), totalPieces: pieces === 0n ? '' : `${pieces} 件`,
  };
}

function cleaned(values: PaperValues): PaperValues {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? plainValue(value) : value.map(cleaned)]));
}
