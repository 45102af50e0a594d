import { Id, OneOf, Text } from '@daodi/registry';
import { QuantityDto } from '../form/form-body';
import { quantityOf } from '../form/units';
import { withoutAbsent, type Work } from '../form/work';

/** How goods are destroyed. */
export const DESTRUCTION_METHODS: Readonly<Record<string, string>> = {
  burning: '焚烧 burnt', burying: '填埋 buried', crushing: '粉碎毁形 crushed', composting: '堆肥 composted', 'licensed-firm': '交有资质单位处置 handed to a licensed firm', other: '其他 otherwise',
};

/** Where what nobody wants goes to. */
export const DESTINATIONS: Readonly<Record<string, string>> = {
  compost: '堆肥还田 composted', 'licensed-firm': '有资质单位 a licensed firm', feed: '饲料 feed', fuel: '燃料 fuel', landfill: '填埋 landfill', recycler: '回收利用 recycled', other: '其他 elsewhere',
};

/** 残余: what is left of what was destroyed. */
export class ResidueDto extends QuantityDto {
  @Text(100, { description: 'What it is: ash, dregs. 残余物', example: '灰渣' })
  what: string;

  @OneOf(Object.keys(DESTINATIONS), { description: 'Where it went. 去向', meanings: DESTINATIONS, example: 'landfill' })
  destination: string;
}

/** What may be told of a destruction beside amount, reason and witness. */
export interface DestructionDetails {
  readonly method?: string;
  readonly place?: string;
  readonly certificate?: string;
  readonly executor?: string;
  readonly residues?: readonly ResidueDto[];
}

/** Documents the members of {@link DestructionDetails}. */
export const MethodOfDestruction = (): PropertyDecorator => OneOf(Object.keys(DESTRUCTION_METHODS), { optional: true, description: 'How it was destroyed. 销毁方式', meanings: DESTRUCTION_METHODS, example: 'burning' });
export const PlaceOfDestruction = (): PropertyDecorator => Text(200, { optional: true, description: 'Where it was destroyed. 销毁地点', example: '县固废处置中心' });
export const CertificateOfDestruction = (): PropertyDecorator => Text(100, { optional: true, description: 'Number of the paper that says so. 销毁证明编号', example: 'XH-2026-0910' });
export const ExecutorOfDestruction = (): PropertyDecorator => Id({ optional: true, description: 'Who destroyed it: id of a person of your organisation, not the witness. 销毁人' });

/** The same as the event carries it; nothing where nothing was told. */
export function destructionDetails(work: Work, { method, place, certificate, executor, residues }: DestructionDetails) {
  const left = residues?.flatMap((residue, i) => {
    const measured = work.measured(residue, `/residues/${i}`);
    return measured === undefined ? [] : [{ what: residue.what, ...quantityOf(measured), destination: residue.destination }];
  });
  const details = withoutAbsent({ method, place, certificate, executor: executor?.toLowerCase(), residues: left });
  return Object.keys(details).length === 0 ? undefined : details;
}
