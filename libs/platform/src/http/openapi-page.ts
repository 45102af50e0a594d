/** What the page of the API says before its routes: how to begin, and what each chapter is about. */

/** The beginning, for somebody who has never seen the product. */
export const INTRODUCTION = `道地药材全程溯源 / Traceability for authentic-origin Chinese herbal medicine

**开始 Begin.** 用 \`POST /api/v1/sessions\` 登录，或由管理员生成接口密钥；点右侧 Authorize 填入。
Sign in with \`POST /api/v1/sessions\`, or have a key made; give it under Authorize.

**表单 Forms.** 每个 \`POST\` 都有完整示例，每个字段都有中英文说明、示例和单位。点「Try it out」即可试填。
Every \`POST\` has a whole example, every field a description, an example and its unit.

**数量 Quantities.** 可写数字或十进制文本，精确到毫克，不四舍五入；单位写在旁边的 \`unit\`，斤、两、公斤、吨都可以。
As numbers or decimal text, exact to the milligram; the unit stands in \`unit\` beside it.

**不重复 Once.** 带 \`Idempotency-Key\` 或 \`eventID\` 的同一内容再发一次，只记一次。
The same content sent again under an \`Idempotency-Key\` or \`eventID\` is recorded once.

**出错 Refusals.** \`application/problem+json\`，\`errors\` 一次列出全部错误及其位置；库存不足先提示（409），写明原因后可照实登记。
Every fault at once with its pointer; what exceeds the book is asked about first (409) and taken with a reason.`;

/** Chapters by tag, in Chinese and English. */
export const CHAPTERS: Readonly<Record<string, string>> = {
  stages: '表单：种植、采收、加工、包装、出入库、交易 What happens to goods: forms that become events',
  delivery: '交售：过磅单、收购批、结算单 Many hands deliver: slips, heaps, statements',
  stock: '库存：货位卡、待验与合格、留样、养护 Stock: cards, states, retained samples, upkeep',
  batches: '批次、库存与预发编码 Batches, holdings, codes issued before',
  trace: '溯源 Where from, where to',
  'test reports': '检验报告 Test reports',
  quality: '质量概览 Quality at a glance',
  findings: '问题：提示、预警、拦截 What checks found',
  releases: '放行与冻结 Releases and holds',
  labels: '二维码与标签 Codes and labels',
  papers: '随货资料与模板 Papers of a shipment, and their templates',
  organisations: '单位 Organisations',
  people: '人员、交售人、密钥 People, pickers, keys',
  places: '场所、库区、衡器 Sites, zones, scales',
  land: '基地、地块、抚育区、合同 Land',
  herbs: '药材目录 Herbs',
  catalogue: '目录 Catalogue',
  products: '产品 Products',
  certificates: '证书 Certificates',
  standards: '标准与限度 Standards and limits',
  jurisdictions: '监管范围 Jurisdictions',
  notices: '通知 Notices',
  'import-grants': '补录授权 Grants to import',
  log: '日志 The log',
  EPCIS: 'EPCIS 2.0 采集与查询 Capture and query',
  'sign-in': '登录 Signing in',
  setup: '安装设置 Setting up',
  public: '公开页与解析 The public page and resolver',
  operator: '运营者 The operator',
  health: '运行状况 Whether it runs',
};
