/** What units that people type are called, in both languages, so that every form explains them alike. */
const UNIT_WORDS: Readonly<Record<string, string>> = {
  kg: '千克 kilogram', 公斤: '公斤 kilogram', 千克: '千克 kilogram', g: '克 gram', 克: '克 gram', mg: '毫克 milligram', 毫克: '毫克 milligram', t: '吨 tonne', 吨: '吨 tonne',
  斤: '市斤 jin, 500 g', 两: '市两 liang, 50 g', L: '升 litre', 升: '升 litre', mL: '毫升 millilitre', 毫升: '毫升 millilitre',
  pcs: '件 pieces', 件: '件 pieces', 个: '个 pieces', 袋: '袋 bags', 盒: '盒 boxes', 瓶: '瓶 bottles', 包: '包 packets', 箱: '箱 cartons', 株: '株 plants', 粒: '粒 grains', 瓶苗: '瓶苗 plantlets in bottles',
  mu: '亩 mu, 2000/3 m²', 亩: '亩 mu, 2000/3 m²', m2: '平方米 square metre', ha: '公顷 hectare', '%': '百分之 per cent',
};

/** The meanings of a list that holds units only; undefined of any other list. */
export function unitMeanings(values: readonly string[]): Readonly<Record<string, string>> | undefined {
  if (values.some((value) => UNIT_WORDS[value] === undefined)) return undefined;
  return Object.fromEntries(values.map((value) => [value, UNIT_WORDS[value] as string]));
}
