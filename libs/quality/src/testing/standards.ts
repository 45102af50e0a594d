import { type Account, type Firm, HERB, PAGE, PAGE_FILE, type QualityBench } from './quality-bench';

/** A limit for a test: item, text, unit and direction; the rest as a test needs it. */
export const limited = (item: string, limitText: string, unit: string | undefined, direction: string, more: object = {}) => ({ item, limitText, ...(unit !== undefined && { unit }), direction, page: '1', ...more });

/** Made-up limits that the reports of the test season pass. */
export const WATER_LIMIT = limited('水分', '10.0', '%', 'max');

/** Puts the herb of the test season into the catalogue; does nothing where it is there. */
export async function addHerb(bench: QualityBench): Promise<void> {
  await bench.send(bench.operator, 'POST', '/api/v1/herbs', HERB);
}

/** Publishes a standard as an organisation of its own; it binds nobody else. Answers the id of the version. */
export async function publishStandard(bench: QualityBench, firm: Firm, limits: readonly object[], more: object = {}): Promise<string> {
  const response = await bench.send(firm.as['quality-head'], 'POST', '/api/v1/standards', {
    family: 'pharmacopoeia', name: '测试标准 连翘', edition: '一版', herb: 'lianqiao', form: 'herb', effectiveFrom: '2020-01-01', source: '测试', limits, ...more,
  });
  if (response.statusCode !== 201) throw new Error(response.body);
  return response.json().id;
}

/** One person confirms every limit of a version as the library holds it; answers the confirmation's id. */
export async function confirmStandard(bench: QualityBench, who: Account | undefined, version: string): Promise<string> {
  const { limits } = (await bench.send(who, 'GET', `/api/v1/standards/${version}`)).json();
  const readings = limits.map(({ id, limitText, unit, direction }: Record<string, string>) => ({ limit: id, limitText, ...(unit !== undefined && { unit }), direction }));
  await bench.send(who, 'PUT', `/api/v1/files/${PAGE_FILE}`, { file: PAGE.toString('base64') });
  const response = await bench.send(who, 'POST', '/api/v1/standard-confirmations', { version, page: { number: '1', file: PAGE_FILE }, readings, complete: true });
  if (response.statusCode !== 201) throw new Error(response.body);
  return response.json().id;
}

/** Publishes a standard and has two people of the organisation confirm it. */
export async function confirmedStandard(bench: QualityBench, firm: Firm, limits: readonly object[], more: object = {}): Promise<string> {
  const version = await publishStandard(bench, firm, limits, more);
  for (const role of ['quality-head', 'lab-tester']) await confirmStandard(bench, firm.as[role], version);
  return version;
}
