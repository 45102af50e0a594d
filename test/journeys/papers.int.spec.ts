/** The papers that go with a shipment, asked for over HTTP, read back from the PDF. */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { PDFDocument } from '@cantoo/pdf-lib';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { harvest, crop } from '../prove/bench/field';
import { type Credential, type Firm, HOST, Product } from '../prove/bench/product';
import { describePrinted, printed } from './printed';

const day = (date: string): string => `2026-${date}T09:00:00+08:00`;
const kg = (quantity: string) => ({ quantity, unit: 'kg' });
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

class Road {
  private constructor(
    readonly product: Product,
    readonly coop: Firm,
    readonly factory: Firm,
    readonly rival: Firm,
  ) {}

  static async open(demo: boolean): Promise<Road> {
    const product = await Product.open({ workers: false, demo });
    return new Road(product, await product.firm('ANZE-LQ'), await product.firm('HUAIHE-YP', 'decoction-piece-factory'), await product.firm('RIVAL'));
  }

  async dried(lotNumber = 'D-2026-𬶍'): Promise<string> {
    const { product, coop } = this;
    const fresh = await harvest(product, coop, await crop(product, coop), '812.5');
    return (await product.post(coop, '/processing', {
      eventTime: day('08-24'), step: 'drying', inputs: [{ batch: fresh, ...kg('812.5') }], outputs: [{ ...kg('268.25'), form: 'dried', lotNumber }], losses: [{ cause: 'drying', ...kg('544.25') }],
    })).batches[0].code;
  }

  async shipped(batch: string, quantity = '200.125'): Promise<string> {
    const answer = await this.product.post(this.coop, '/shipments', {
      eventTime: '2026-09-01T08:00:00+08:00', to: { organisation: 'HUAIHE-YP' }, lines: [{ batch, ...kg(quantity) }], site: this.coop.site, carrier: '安泽顺通物流', note: '单价保密 36 元',
    });
    return answer.eventID;
  }

  async papers(who: Credential, eventID: string, query = ''): Promise<{ status: number; bytes: Buffer; headers: Readonly<Record<string, unknown>> }> {
    const answer = await this.product.app.inject({ method: 'GET', url: `/api/v1/shipments/${encodeURIComponent(eventID)}/papers${query}`, headers: { authorization: `Bearer ${who.token}`, 'accept-language': 'en' } });
    return { status: answer.statusCode, bytes: answer.rawPayload, headers: answer.headers };
  }

  async raw(who: Credential, url: string): Promise<Buffer> {
    const answer = await this.product.app.inject({ method: 'GET', url: `/api/v1${url}`, headers: { authorization: `Bearer ${who.token}` } });
    expect(answer.statusCode).toBe(200);
    return answer.rawPayload;
  }

  upload(who: Credential, paper: string, bytes: Buffer, type = DOCX) {
    return this.product.send(who, 'PUT', `/api/v1/paper-templates/${paper}`, bytes, { 'content-type': type });
  }
}

/** A Word or Excel file with a part changed. */
function changed(file: Buffer, part: string, change: (xml: string) => string): Buffer {
  const files = unzipSync(file);
  files[part] = strToU8(change(strFromU8(files[part] as Uint8Array)));
  return Buffer.from(zipSync(files));
}

const allText = (pdf: Buffer): string => {
  const paper = printed(pdf);
  return Array.from({ length: paper.pages }, (_, i) => paper.text(i + 1)).join('\n');
};

/** A page as a scanner would write it. */
async function onePage(text: string): Promise<Buffer> {
  const document = await PDFDocument.create();
  document.addPage([595, 842]).drawText(text, { x: 60, y: 700, size: 14 });
  return Buffer.from(await document.save());
}

describePrinted('the papers of a shipment', () => {
  let road: Road;
  let batch: string;
  let eventID: string;
  beforeAll(async () => {
    road = await Road.open(true);
    batch = await road.dried();
    eventID = await road.shipped(batch);
    await road.product.settled();
  });
  afterAll(() => road.product.close());

  it('come as one PDF in one call, true to the records, in kilograms and jin', async () => {
    const { status, bytes, headers } = await road.papers(road.coop, eventID);
    expect(status).toBe(200);
    if (process.env['DAODI_KEEP_PAPERS'] !== undefined) writeFileSync(process.env['DAODI_KEEP_PAPERS'], bytes);
    const paper = printed(bytes);
    expect(paper.foreignFonts).toEqual([]);
    const text = allText(bytes);
    for (const said of [
      '随货同行单', '产地证明', '采收与加工记录', '检验报告汇总', '供货单位资料', 'ANZE-LQ社', 'HUAIHE-YP社', '连翘', '200.125', '400.25', '山西省临汾市安泽县', '有采收记录', '干燥', '812.5kg', '268.25kg', '544.25kg',
      '2026-09-0108:00', '安泽顺通物流', '一号库', 'D-2026-𬶍', batch, headers['x-pack-number'], '默认模板第1版', '第1次出具', '尚未放行',
    ]) expect(text).toContain(said);
    for (let page = 1; page <= paper.pages; page++) {
      expect(paper.text(page)).toContain('演示');
      expect(paper.codes(page)).toContain(`${HOST}/b/${batch}`);
    }
  });

  it('are the same file when asked for again, and say so when something changed', async () => {
    const first = await road.papers(road.coop, eventID);
    expect((await road.papers(road.coop, eventID)).bytes.equals(first.bytes)).toBe(true);
    const held = await road.product.post(await road.product.person(road.coop, 'qh-1', ['quality-head']), '/holds', { batch, reason: '水分复测，勿外传' });
    const later = await road.papers(road.coop, eventID);
    const text = allText(later.bytes);
    expect(later.headers['x-pack-number']).toBe(first.headers['x-pack-number']);
    expect(later.headers['x-pack-issue']).toBe('2');
    expect(text).toContain('第2次出具');
    expect(text).toContain('冻结');
    expect(text).not.toContain('勿外传');
    for (let page = 1; page <= printed(later.bytes).pages; page++) expect(printed(later.bytes).text(page)).toContain('冻结');
    expect(held.id).toBeDefined();
  });

  it('go to the receiver too, without what the sender keeps to itself; nobody else learns of the shipment', async () => {
    const { status, bytes } = await road.papers(road.factory, eventID);
    expect(status).toBe(200);
    const text = allText(bytes);
    expect(text).toContain('200.125');
    expect(text).toContain('山西省临汾市安泽县');
    for (const own of ['安泽顺通物流', '一号库', '单价保密', '36元']) expect(text).not.toContain(own);
    expect((await road.papers(road.rival, eventID)).status).toBe(404);
    expect((await road.papers(road.coop, 'urn:uuid:0193f2a4-7c1e-7d3a-9b5e-2f6c8d1e4a70')).status).toBe(404);
    expect(allText((await road.papers(road.coop, eventID)).bytes)).not.toContain('单价保密');
  });

  it('bring the papers of test reports their laboratory handed in: as pages, or in the ZIP where they cannot be; and say which are not there', async () => {
    const { product } = road;
    const lab = await product.firm('LINFEN-JC', 'laboratory');
    const [tester, reviewer, approver] = [await product.person(lab, 'pp-tester', ['lab-tester']), await product.person(lab, 'pp-reviewer', ['lab-reviewer']), await product.person(lab, 'pp-approver', ['lab-approver'])];
    const goods = await road.dried('D-2');
    await product.post(await product.person(road.coop, 'pp-head', ['quality-head']), '/test-commissions', { batch: goods, laboratory: lab.code });
    const sent = await road.shipped(goods);
    const scan = await onePage('LINFEN-JC-SCAN-1');
    const papers = { 'R-PDF': scan, 'R-HEIC': Buffer.from('\0\0\0\x18ftypheic....', 'latin1'), 'R-BROKEN': Buffer.from('%PDF-1.7\nbroken\n%%EOF'), 'R-NONE': Buffer.from('%PDF-1.7\nnever handed in') };
    for (const [number, bytes] of Object.entries(papers)) {
      const fileDigest = createHash('sha256').update(bytes).digest('hex');
      if (number !== 'R-NONE') {
        const answer = await product.app.inject({ method: 'PUT', url: `/api/v1/files/${fileDigest}`, payload: bytes, headers: { authorization: `Bearer ${tester.token}`, 'content-type': 'application/octet-stream' } });
        expect(answer.statusCode).toBe(201);
      }
      const { id } = await product.post(tester, '/test-reports', { number, batch: goods, commissioner: road.coop.code, standard: '企业标准', fileDigest, items: [{ test: '水分', value: '8.1', unit: '%', verdict: 'pass' }] });
      await product.post(reviewer, `/test-reports/${id}/review`, {});
      await product.post(approver, `/test-reports/${id}/approval`, { verdict: 'pass' });
    }
    await product.settled();
    for (const who of [road.coop, road.factory]) {
      const { bytes } = await road.papers(who, sent);
      const text = allText(bytes);
      expect(text.match(/LINFEN-JC-SCAN-1/g)).toHaveLength(1);
      for (const said of ['随附（仅ZIP）', '未存于平台', '随附']) expect(text).toContain(said);
      expect((await road.papers(who, sent)).bytes.equals(bytes)).toBe(true);
      const files = unzipSync((await road.papers(who, sent, '?format=zip')).bytes);
      const originals = Object.keys(files).filter((name) => name.startsWith('检验报告原件'));
      expect(originals).toEqual(['检验报告原件-1-R-PDF.pdf', '检验报告原件-2-R-HEIC.heic', '检验报告原件-3-R-BROKEN.pdf']);
      expect(Buffer.from(files[originals[0] as string] as Uint8Array).equals(scan)).toBe(true);
    }
    const without = allText((await road.papers(road.coop, sent, '?paper=delivery-note')).bytes);
    expect(without).not.toContain('LINFEN-JC-SCAN-1');
  });

  it('come as a ZIP of PDF and Office files, which Office programs can read', async () => {
    const { bytes } = await road.papers(road.coop, eventID, '?format=zip');
    const files = unzipSync(bytes);
    expect(Object.keys(files).sort()).toEqual([
      '1-随货同行单.pdf', '1-随货同行单.xlsx', '2-产地证明.docx', '2-产地证明.pdf', '3-采收与加工记录.docx', '3-采收与加工记录.pdf', '4-检验报告汇总.docx', '4-检验报告汇总.pdf', '5-供货单位资料.docx', '5-供货单位资料.pdf',
    ]);
    const sheet = strFromU8(unzipSync(files['1-随货同行单.xlsx'] as Uint8Array)['xl/worksheets/sheet1.xml'] as Uint8Array);
    expect(sheet).toContain('<v>200.125</v>');
    expect(sheet).toContain('演示 DEMO');
    expect(sheet).not.toMatch(/[{}]/);
  });

  it('names each county with its share where a batch is a mixture', async () => {
    const { product, coop } = road;
    const declared = (await product.post(coop, '/intakes', INTAKE)).batches[0].code;
    const other = await road.dried('D-2');
    const mixed = (await product.post(coop, '/processing', { eventTime: day('08-28'), step: 'blending', inputs: [{ batch: declared, ...kg('25') }, { batch: other, ...kg('75') }], outputs: [{ ...kg('100'), form: 'dried' }] })).batches[0].code;
    await product.settled();
    const text = allText((await road.papers(coop, await road.shipped(mixed, '100'))).bytes);
    for (const said of ['100', '75.0%', '25.0%', '供方申报，未经证实', '有采收记录']) expect(text).toContain(said);
  });

  it('has none for a shipment that was withdrawn', async () => {
    const withdrawn = await road.shipped(batch, '1');
    await road.product.post(road.coop, `/shipments/${encodeURIComponent(withdrawn)}/void`, { eventTime: day('09-02'), reason: '客户取消' });
    expect((await road.papers(road.coop, withdrawn)).status).toBe(409);
    expect((await road.papers(road.factory, withdrawn)).status).toBe(409);
  });
});

const INTAKE = { eventTime: day('08-25'), means: 'purchase', herb: 'lianqiao', quantity: '25', unit: 'kg' };

describePrinted('templates of papers', () => {
  let road: Road;
  let eventID: string;
  beforeAll(async () => {
    road = await Road.open(false);
    eventID = await road.shipped(await road.dried('LOT-𠮿-{品名}'));
  });
  afterAll(() => road.product.close());

  it('are downloaded, changed, sent back and used; versions stay, ours comes back', async () => {
    const ours = await road.raw(road.coop, '/paper-templates/certificate-of-origin/default');
    const own = changed(ours, 'word/document.xml', (xml) => xml.replace('>产地证明<', '>安泽连翘产地说明书<').replace('{品名}', '｛ herb ｝'));
    const taken = await road.upload(road.coop, 'certificate-of-origin', own);
    expect([taken.status, taken.body.version]).toEqual([201, 1]);
    const text = allText((await road.papers(road.coop, eventID, '?paper=certificate-of-origin')).bytes);
    expect(text).toContain('安泽连翘产地说明书');
    expect(text).toContain('单位模板第1版');
    expect(text).toContain('连翘');
    // Braces in a record are no placeholder, and what the font lacks is shown as lacking.
    expect(text).toContain('LOT-〓-{品名}');
    expect((await road.raw(road.coop, '/paper-templates/certificate-of-origin/versions/1')).length).toBeGreaterThan(1000);
    expect((await road.product.send(road.rival, 'GET', '/api/v1/paper-templates/certificate-of-origin/versions/1')).status).toBe(404);
    expect(allText((await road.papers(road.factory, eventID, '?paper=certificate-of-origin')).bytes)).toContain('安泽连翘产地说明书');
    await road.product.done(road.coop, 'DELETE', '/api/v1/paper-templates/certificate-of-origin');
    expect(allText((await road.papers(road.coop, eventID, '?paper=certificate-of-origin')).bytes)).toContain('默认模板第1版');
    expect((await road.upload(road.coop, 'certificate-of-origin', own)).body.version).toBe(2);
    expect((await road.product.rebuilt()).different).toEqual([]);
  });

  it('are refused with every placeholder that is unknown or broken, and where it stands', async () => {
    const ours = await road.raw(road.coop, '/paper-templates/certificate-of-origin/default');
    const broken = changed(ours, 'word/document.xml', (xml) => xml.replace('{拉丁名}', '{拉丁}').replace('{收货单位}', '{收货单位').replace('{批次网址}', '{记录}'));
    const answer = await road.upload(road.coop, 'certificate-of-origin', broken);
    expect(answer.status).toBe(422);
    const told = answer.body.errors.map(({ rule, detail }: any) => `${rule} ${detail}`).join('\n');
    expect(told).toMatch(/unknown-placeholder body, table 2, row 1, cell 2: there is no placeholder \{拉丁\}/);
    expect(told).toMatch(/brace body, paragraph 3/);
    expect(told).toMatch(/list-as-text body, table 2, row 8, cell 2/);
  });

  it('are drawn with examples before they are taken', async () => {
    const ours = await road.raw(road.coop, '/paper-templates/delivery-note/default');
    const answer = await road.product.app.inject({ method: 'POST', url: '/api/v1/paper-templates/delivery-note/preview', payload: ours, headers: { authorization: `Bearer ${road.coop.token}`, 'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' } });
    expect(answer.statusCode).toBe(200);
    expect(allText(answer.rawPayload)).toContain('示例数据');
  });

  it('refuses what could run, fetch or blow up', async () => {
    const ours = await road.raw(road.coop, '/paper-templates/certificate-of-origin/default');
    const files = (): Record<string, Uint8Array> => ({ ...unzipSync(ours) });
    const zip = (more: Record<string, Uint8Array>): Buffer => Buffer.from(zipSync({ ...files(), ...more }));
    const body = (insert: string): Buffer => changed(ours, 'word/document.xml', (xml) => xml.replace('<w:body>', `<w:body>${insert}`));
    const hostile: Record<string, Buffer> = {
      'active-content': zip({ 'word/vbaProject.bin': strToU8('macro') }),
      'outside-link': zip({ 'word/_rels/document.xml.rels': strToU8('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="x" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="http://attacker.example/p.png" TargetMode="External"/></Relationships>') }),
      field: body('<w:p><w:r><w:instrText>INCLUDETEXT "C:\\\\secret"</w:instrText></w:r></w:p>'),
      'bad-xml': changed(ours, 'word/document.xml', (xml) => xml.replace('?>', '?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>')),
      'zip-bomb': zip({ 'word/media/big.png': new Uint8Array(30 * 1024 * 1024) }),
      'no-office-file': Buffer.from('not a file'),
      'old-format': Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0]),
    };
    for (const [rule, bytes] of Object.entries(hostile)) {
      const answer = await road.upload(road.coop, 'certificate-of-origin', bytes);
      expect([rule, answer.status, answer.body.errors?.[0]?.rule]).toEqual([rule, 422, rule]);
    }
    const deep = body('<w:p>'.repeat(5000) + '</w:p>'.repeat(5000));
    expect((await road.upload(road.coop, 'certificate-of-origin', deep)).body.errors[0].rule).toBe('bad-xml');
    expect((await road.upload(road.coop, 'nonsense', ours)).status).toBe(404);
    expect((await road.upload(await road.product.person(road.coop, 'field-1', ['field-worker']), 'certificate-of-origin', ours)).status).toBe(403);
    expect((await road.product.send(road.coop, 'POST', '/api/v1/crops', ours, { 'content-type': DOCX })).status).toBe(415);
  });
});
