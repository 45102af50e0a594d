/** What the product tells of itself, and that board and alerts ask only for what it tells. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FIRST_METRICS } from '@daodi/platform';
import { parse } from 'yaml';
import { Product } from '../prove/bench/product';

const DOCS = join(__dirname, '..', '..', 'docs');
const board = JSON.parse(readFileSync(join(DOCS, 'grafana', 'daodi.json'), 'utf8')) as { panels: { id: number; type: string; gridPos: object; targets?: { expr: string }[] }[] };
const alerts = parse(readFileSync(join(DOCS, 'prometheus', 'alerts.yml'), 'utf8')) as { groups: { rules: { alert: string; expr: string; annotations: { summary: string } }[] }[] };
const scrape = parse(readFileSync(join(DOCS, 'prometheus', 'prometheus.yml'), 'utf8'));

/** Names in an expression that could be a metric's: not a function, a label or a keyword of PromQL. */
const metricsIn = (expr: string): string[] => [...expr.replace(/\{[^}]*\}|\bby \([^)]*\)/g, '').matchAll(/\b(daodi|nodejs|process)_[a-z0-9_]+/g)].map(([name]) => name);
/** A histogram is asked for by what it is written as. */
const baseOf = (name: string): string => name.replace(/_(bucket|sum|count)$/, '');

describe('seeing inside', () => {
  let product: Product;
  let text: string;
  const scraped = async () => (await product.app.inject('/metrics')).body;
  beforeAll(async () => {
    product = await Product.open();
    await product.send(undefined, 'GET', '/p/b/7K2QZ0ABCD4');
    text = await scraped();
  });
  afterAll(() => product.close());
  const names = () => [...text.matchAll(/^# TYPE (\S+) /gm)].map(([, name]) => name as string);

  it('tells the five that matter first', () => {
    expect(names().slice(0, 5)).toEqual([...FIRST_METRICS]);
  });

  it('says how far each follower is, what each queue holds, and that the database answers', () => {
    for (const { name } of product.followers) expect(text).toMatch(new RegExp(`^daodi_follower_lag_seconds\\{follower="${name}"\\} [0-9.]+$`, 'm'));
    for (const line of ['daodi_database_up 1', 'daodi_queues_up 1', 'daodi_jobs{queue="follow",state="failed"} 0', 'daodi_job_oldest_age_seconds{queue="capture-document"} 0', 'daodi_database_connections{state="idle"}']) expect(text).toContain(line);
    expect(text).toMatch(/^daodi_page_seconds_count\{page="passport",status="4xx"\} 1$/m);
  });

  it('names no organisation, no code and no person in a label', () => {
    const labels = [...text.matchAll(/^daodi_\S*\{([^}]*)\}/gm)].flatMap(([, inside]) => [...(inside as string).matchAll(/([a-z_]+)="([^"]*)"/g)].map(([, label]) => label));
    expect(new Set(labels)).toEqual(new Set(['kind', 'provenance', 'le', 'follower', 'queue', 'state', 'page', 'status', 'method', 'route']));
    expect(text).not.toContain('7K2QZ0ABCD4');
  });

  it('is asked by the board for nothing it does not tell, the five first', () => {
    const asked = board.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
    expect(asked.length).toBeGreaterThan(15);
    expect(asked.slice(0, 5).map((expr) => baseOf(metricsIn(expr)[0]!))).toEqual([...FIRST_METRICS]);
    for (const expr of asked) expect(metricsIn(expr)).not.toEqual([]);
    expect(asked.flatMap(metricsIn).filter((name) => !names().includes(baseOf(name)) && !names().includes(name))).toEqual([]);
    expect(new Set(board.panels.map(({ id }) => id)).size).toBe(board.panels.length);
  });

  it('is asked by the alerts for nothing it does not tell', () => {
    const rules = alerts.groups.flatMap((group) => group.rules);
    expect(rules.length).toBeGreaterThan(5);
    for (const { expr, annotations } of rules) {
      expect(annotations.summary).toMatch(/[\u4e00-\u9fff].* \/ /);
      // `up` is Prometheus' own.
      if (!/^up\{/.test(expr)) expect(metricsIn(expr)).not.toEqual([]);
    }
    expect(rules.flatMap(({ expr }) => metricsIn(expr)).filter((name) => !names().includes(baseOf(name)) && !names().includes(name))).toEqual([]);
    expect(scrape.rule_files).toEqual(['alerts.yml']);
    expect(scrape.scrape_configs[0].metrics_path).toBe('/metrics');
  });

  it('still answers when the database is gone, and shows no figure it could not read', async () => {
    await product.database.drop();
    // What was read a moment ago is still shown until it is stale.
    let gone = await scraped();
    for (const until = Date.now() + 20_000; /_up 1$/m.test(gone) && Date.now() < until; gone = await scraped()) await new Promise((resolve) => setTimeout(resolve, 200));
    expect(gone).toContain('daodi_database_up 0');
    expect(gone).toContain('daodi_queues_up 0');
    expect(gone).not.toMatch(/^daodi_(follower_lag_seconds|log_size|jobs)[ {]/m);
    expect(gone).toContain('nodejs_eventloop_lag_p99_seconds');
  });
});
