import { behindCrops } from './behind-crops';
import type { Words } from './passport';
import type { NodeFact, OrganisationFact, PassportFacts } from './passport-facts';
import { nameOf } from './public-words';
import { quantityOf } from './quantity';

/** Of a code under which nothing was recorded: an empty list would read as if nothing were missing. */
const NOTHING: Words = {
  zh: '什么都没有记录：是什么货、从哪里来、检验过没有，都不知道。',
  en: 'Nothing is on record: not what it is, nor where it came from, nor whether it was tested.',
};

/** What the records do not say, in plain words. Nothing is left out because it looks bad. */
export function unknownOf(facts: PassportFacts, organisations: ReadonlyMap<string, OrganisationFact>, leftOut: number): Words[] {
  const { lineage } = facts;
  if (lineage === undefined) return [NOTHING];
  const made = new Set(lineage.ends.map(({ near }) => near));
  const claimed = new Set(lineage.claimedInto);
  const words: Words[] = [];
  for (const node of facts.nodes) {
    if (!made.has(node.id) && !claimed.has(node.id)) words.push(...originUnknown(node, facts, organisations));
    words.push(...takenInWords(node, facts, organisations), ...blemishes(node));
  }
  if (claimed.size > 0) {
    words.push({
      zh: '有一部分原料，使用它的单位说是从别处得来，但给出方没有记录证实。',
      en: 'Part of the material is said to have come from elsewhere by whoever used it; no record of the giver confirms this.',
    });
  }
  words.push(...balances(facts));
  if (facts.lines.some(({ isErased }) => isErased)) {
    words.push({
      zh: '有一条或几条记录的文字内容已依法删除，数量仍保留。',
      en: 'The text of one or more records was erased as the law may ask for; the amounts remain.',
    });
  }
  if (leftOut > 0) {
    words.push({ zh: `另有 ${leftOut} 类记录因篇幅没有在本页列出。`, en: `${leftOut} more kinds of records are not shown for want of space.` });
  }
  return unique(words);
}

/** A thing that nothing on record went into: a crop with its land, a stated origin, or nothing at all. */
function originUnknown(node: NodeFact, facts: PassportFacts, organisations: ReadonlyMap<string, OrganisationFact>): Words[] {
  const isStated = facts.lines.some((line) => line.node === node.id && line.role === 'origin');
  if (node.kind === 'crop') {
    const words: Words[] = [];
    if (!isStated) words.push({ zh: '没有种植登记：只知道采自这一种植批。', en: 'There is no record of planting: only that it was harvested from this crop.' });
    if (node.regions.length === 0 && !behindCrops(facts).has(node.id)) words.push({ zh: '没有记录种在哪一块地上。', en: 'It is not on record on which land it grew.' });
    return words;
  }
  if (facts.lines.some((line) => line.node === node.id && line.role === 'take-in')) return [];
  const owner = organisations.get(node.owner);
  const name = owner === undefined ? { zh: '持有单位', en: 'its holder' } : nameOf(owner);
  if (isStated) {
    return [{
      zh: `有一部分原料的来历由${name.zh}自行申报，没有种植和采收的记录。`,
      en: `Part of the material has an origin that ${name.en} stated itself; there is no record of its growing and harvest.`,
    }];
  }
  return [{ zh: '有一部分原料从哪里来，没有任何记录。', en: 'It is not on record where part of the material came from.' }];
}

/** Goods from outside: who says where they came from, and how much that is. */
function takenInWords({ id, owner, unit }: NodeFact, { lines }: PassportFacts, organisations: ReadonlyMap<string, OrganisationFact>): Words[] {
  const takenIn = lines.filter((line) => line.node === id && line.role === 'take-in');
  const quantity = quantityOf(takenIn.reduce((sum, { amount }) => sum + (amount ?? 0n), 0n), unit);
  if (takenIn.length === 0 || quantity === undefined) return [];
  const { value } = quantity;
  const known = organisations.get(owner);
  const name = known === undefined ? { zh: '持有单位', en: 'its holder' } : nameOf(known);
  return [unit === 'pcs'
    ? { zh: `${name.zh}从外部收进的 ${value} 件，来历由其申报，未经证实。`, en: `${value} pieces were taken in from outside by ${name.en}: where they came from is declared, not proven.` }
    : { zh: `${name.zh}从外部收进的 ${value} 千克原料，来历由其申报，未经证实。`, en: `${value} kg of material were taken in from outside by ${name.en}: where it came from is declared, not proven.` }];
}

function blemishes(node: NodeFact): Words[] {
  const words: Words[] = [];
  if (node.overdrawn > 0n) {
    const owed = quantityOf(node.overdrawn, node.unit);
    const amount = owed === undefined ? { zh: '一些', en: 'some' } : owed.unit === 'kg' ? { zh: `${owed.value} 千克`, en: `${owed.value} kg` } : { zh: `${owed.value} 件`, en: `${owed.value} pieces` };
    words.push({
      zh: `账面上少 ${amount.zh}：用出或发出的比收进来的多，可能有记录还没有送到。`,
      en: `The books lack ${amount.en}: more was used or sent than had come in; records may still be on their way.`,
    });
  }
  if (node.unmeasured || node.mixed) {
    words.push({ zh: '有的出入库没有可以读懂的重量，无法核对总量。', en: 'Some movements state no weight that can be read, so the total cannot be checked.' });
  }
  if (node.ambiguous) {
    words.push({ zh: '同名的货来自不止一家，收货方没有说明这是哪一家的。', en: 'Goods of this name came from more than one sender, and the receiver did not say from whom these are.' });
  }
  return words;
}

function balances({ balances }: PassportFacts): Words[] {
  const words: Words[] = [];
  let isUnweighed = false;
  for (const { isUnknown, in: input, out, added, lost } of balances) {
    if (input === undefined && !isUnknown) continue;
    if (isUnknown || input === undefined || out === undefined) {
      isUnweighed = true;
      continue;
    }
    const missing = input + added - out - lost;
    if (missing === 0n) continue;
    const { value } = quantityOf(missing < 0n ? -missing : missing, 'mg') as { value: string };
    words.push(
      missing > 0n
        ? { zh: `有一道工序投入比产出多 ${value} 千克，去向没有说明。`, en: `In one step ${value} kg more went in than came out, and it is not said what became of it.` }
        : { zh: `有一道工序产出比投入多 ${value} 千克，来历没有说明。`, en: `In one step ${value} kg more came out than went in, and it is not said where it came from.` },
    );
  }
  if (isUnweighed) words.push({ zh: '有的工序投入或产出没有称重，无法核对。', en: 'In some steps what went in or came out was not weighed and cannot be checked.' });
  return words;
}

const unique = (words: readonly Words[]): Words[] => [...new Map(words.map((one) => [one.zh, one])).values()];
