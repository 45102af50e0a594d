/**
 * Who plays a fraud season: made-up organisations in places that exist. Honest ones and cheats never share an organisation,
 * so that whoever is accused says by itself whether that was right.
 */
import { type Credential, creditCode, PASSWORD, type Product } from '../product';
import type { By } from './story';

interface Player {
  readonly name: string;
  readonly type: string;
  /** GB/T 2260. */
  readonly region: string;
  /** Where its land lies. */
  readonly place: readonly [longitude: number, latitude: number];
  readonly isGuilty?: true;
  /** Somebody of it decides on quality. */
  readonly hasHead?: true;
}

const ANZE = { region: '141026', place: [112.25, 36.15] } as const;
const PINGSHUN = { region: '140425', place: [113.44, 36.2] } as const;
const JIANGXIAN = { region: '140826', place: [111.57, 35.49] } as const;
const XIANGFEN = { region: '141023', place: [111.44, 35.88] } as const;
const HOUMA = { region: '141081', place: [111.37, 35.62] } as const;

export const CAST = {
  LINGSHANG: { name: '安泽岭上连翘专业合作社（虚构）', type: 'cooperative', ...ANZE },
  FENAN: { name: '襄汾汾岸地黄专业合作社（虚构）', type: 'cooperative', ...XIANGFEN },
  TITIAN: { name: '平顺梯田党参专业合作社（虚构）', type: 'cooperative', ...PINGSHUN },
  YUANSHANG: { name: '绛县塬上黄芩专业合作社（虚构）', type: 'cooperative', ...JIANGXIAN },
  LINXIA: { name: '安泽岭下药材初加工有限公司（虚构）', type: 'processor', ...ANZE },
  HUIPAN: { name: '侯马浍畔中药饮片有限公司（虚构）', type: 'decoction-piece-factory', ...HOUMA, hasHead: true },
  PINGYANG: { name: '临汾平阳里制药有限公司（虚构）', type: 'pharmaceutical-firm', ...XIANGFEN },
  GULOU: { name: '尧都鼓楼大药房（虚构）', type: 'retailer', ...XIANGFEN },
  JIANCE: { name: '临汾检测中心（虚构）', type: 'laboratory', ...XIANGFEN },
  BEIYAO: { name: '北药质量检验所（虚构）', type: 'laboratory', ...HOUMA },
  HEIGOU: { name: '安泽黑沟连翘专业合作社（虚构，造假）', type: 'cooperative', ...ANZE, isGuilty: true },
  SANCHA: { name: '平顺三岔口药材专业合作社（虚构，造假）', type: 'cooperative', ...PINGSHUN, isGuilty: true },
  DABA: { name: '绛县大坝药材专业合作社（虚构，造假）', type: 'cooperative', ...JIANGXIAN, isGuilty: true, hasHead: true },
  WUJIA: { name: '襄汾五家药材加工厂（虚构，造假）', type: 'processor', ...XIANGFEN, isGuilty: true },
  TONGDA: { name: '侯马通达药材经营部（虚构，造假）', type: 'market', ...HOUMA, isGuilty: true },
  JINSHI: { name: '侯马金石饮片有限公司（虚构，造假）', type: 'decoction-piece-factory', ...HOUMA, isGuilty: true, hasHead: true },
  YAOCHANG: { name: '襄汾回春制药有限公司（虚构，造假）', type: 'pharmaceutical-firm', ...XIANGFEN, isGuilty: true },
  KUAIJIAN: { name: '侯马快检检测有限公司（虚构，造假）', type: 'laboratory', ...HOUMA, isGuilty: true },
} as const satisfies Readonly<Record<string, Player>>;

export type Code = keyof typeof CAST;
export const CODES = Object.keys(CAST) as readonly Code[];
export const isGuilty = (code: string): boolean => (CAST as Readonly<Record<string, Player>>)[code]?.isGuilty === true;

/** An organisation on the stage. */
export interface Actor {
  readonly code: Code;
  readonly id: string;
  /** Of its system, by what each of its hands calls. */
  readonly hands: Readonly<Record<By, Credential>>;
  readonly site: string;
  readonly base: string;
  /** Somebody of it. */
  readonly person: string;
}

/** What the system of an organisation may do here: as in any demonstration, everything but sign reports. */
const EVERYTHING = ['owner', 'manager', 'machine', 'field-worker', 'station-keeper', 'warehouse', 'purchaser', 'quality-head'];

/** Admits everybody through the product's doors. */
export async function admitted(product: Product): Promise<ReadonlyMap<string, Actor>> {
  const actors = new Map<string, Actor>();
  let number = 0;
  for (const code of CODES) actors.set(code, await admit(product, code, (number += 1)));
  return actors;
}

async function admit(product: Product, code: Code, number: number): Promise<Actor> {
  const { name, type, region, hasHead }: Player = CAST[code];
  const login = `${code.toLowerCase()}-owner`;
  const owner = { name: `${code} 负责人`, login, password: PASSWORD };
  const { id } = await product.post(await product.operator(), '/organisations', { code, name, type, creditCode: creditCode(800_000 + number), region, owner });
  const session = await product.signIn(login);
  const key = { token: (await product.post(session, '/api-keys', { name: '系统', roles: EVERYTHING })).secret as string };
  const site = await product.post(session, '/sites', { kind: 'warehouse', name: '一号库', region });
  const base = await product.post(session, '/bases', { name: '基地', region });
  const person = async (role: string, isNeeded: boolean): Promise<Credential> => {
    if (!isNeeded) return key;
    const login = `${code.toLowerCase()}-${role}`;
    await product.post(session, '/people', { name: login, login, password: PASSWORD, roles: [role] });
    return product.signIn(login);
  };
  const isLaboratory = type === 'laboratory';
  const [head, tester] = [await person('quality-head', hasHead === true), await person('lab-tester', isLaboratory)];
  const hands = { key, head, tester, reviewer: await person('lab-reviewer', isLaboratory), approver: await person('lab-approver', isLaboratory) };
  return { code, id, hands, site: site.id, base: base.id, person: session.personId };
}

/** A piece of land of so many mu, a square, the nth of an organisation: none touches another. */
export function squareOf(code: Code, nth: number, mu: number): object {
  const { place, region }: Player = CAST[code];
  const [west, south] = place;
  const neighbours = CODES.filter((other) => CAST[other].region === region).indexOf(code);
  const side = Math.sqrt((mu * 2000) / 3);
  const [x, y] = [west + 0.02 * (nth % 10), south + 0.05 * neighbours + 0.02 * Math.floor(nth / 10)];
  const [dx, dy] = [side / (111_320 * Math.cos((y * Math.PI) / 180)), side / 111_320];
  const round = (n: number): number => Math.round(n * 1e7) / 1e7;
  const corner = (i: number, j: number): readonly number[] => [round(x + i * dx), round(y + j * dy)];
  return { type: 'Polygon', coordinates: [[corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1), corner(0, 0)]] };
}
