/**
 * Why data is no valid GS1 data. `rule` is the name the GS1 Syntax Dictionary gives to what its linters find
 * (`INCORRECT_CHECK_DIGIT`), and one of {@link SYNTAX_RULES} for what is wrong before or beyond that.
 */
export interface Gs1Fault {
  readonly rule: string;
  /** The application identifier it is about, where there is one. */
  readonly ai?: string;
  /** Its value, with the first wrong character and how many are wrong, where some are. */
  readonly value?: string;
  readonly at?: number;
  readonly length?: number;
  /** AIs it conflicts with, or of which some are missing, as the dictionary writes them. */
  readonly others?: string;
  readonly message: { readonly zh: string; readonly en: string };
}

type Words = readonly [zh: string, en: string];

/** What is wrong with the form of the data, with how AIs are combined, or with a Digital Link. */
export const SYNTAX_RULES = {
  MISSING_FNC1: ['元素串须以 FNC1（^）开头', 'an element string begins with FNC1 (^)'],
  NO_DATA: ['没有应用标识符数据', 'there is no AI data'],
  MALFORMED_BRACKETS: ['括号格式不对，应为 (AI)值', 'the brackets are not of the form (AI)value'],
  UNKNOWN_AI: ['未知的应用标识符', 'no such application identifier'],
  EMPTY_VALUE: ['应用标识符没有值', 'the AI has no value'],
  VALUE_TOO_SHORT: ['值太短', 'the value is too short'],
  VALUE_TOO_LONG: ['值太长', 'the value is too long'],
  INCORRECT_LENGTH: ['值的长度不对', 'the value has not the length it must have'],
  ILLEGAL_CHARACTER: ['值中含有不允许的字符', 'the value holds a character that is not allowed'],
  REPEATED_AI_DIFFERS: ['同一应用标识符出现多次而值不同', 'the same AI stands there more than once, with different values'],
  INVALID_PAIR: ['这两个应用标识符不能同时出现', 'these AIs must not be paired'],
  REQUIRED_AIS_MISSING: ['缺少须同时出现的应用标识符', 'AIs that must accompany it are missing'],
  DIGITAL_SIGNATURE_WITHOUT_SERIAL: ['数字签名须用于带序列号的标识', 'a digital signature needs a key with its serial component'],
  NO_URI: ['不是网址', 'this is no web URI'],
  URI_CHARACTERS: ['网址中含有不允许的字符', 'the URI holds characters that no URI may hold'],
  URI_DOMAIN: ['网址没有有效的域名和路径', 'the URI has no valid domain and path'],
  NO_PRIMARY_KEY: ['路径中没有 GS1 主标识', 'no GS1 primary key in the path'],
  INVALID_PATH_SEQUENCE: ['路径中的限定符未知、重复或顺序不对', 'the AIs in the path are no key with its qualifiers in order'],
  ILLEGAL_NULL: ['值中含有空字符', 'the value holds a null character'],
  UNKNOWN_AI_IN_QUERY: ['查询串中有未知的应用标识符', 'an unknown AI in the query'],
  DUPLICATE_AI: ['应用标识符重复', 'the AI is there twice'],
  NO_LINK_ATTRIBUTE: ['该应用标识符不能作为数字链接的属性', 'the AI may not be an attribute of a Digital Link'],
  BELONGS_IN_PATH: ['该应用标识符应写在路径中', 'the AI belongs in the path'],
  MISSING_SYMBOLOGY_IDENTIFIER: ['缺少码制标识符（如 ]Q1）', 'the symbology identifier (as ]Q1) is missing'],
  UNSUPPORTED_SYMBOLOGY: ['不支持的码制', 'the symbology is not supported'],
  PRIMARY_LENGTH: ['主码位数不对', 'the primary number has the wrong number of digits'],
  PRIMARY_DIGITS: ['主码只能是数字', 'the primary number must be digits'],
  PRIMARY_CHECK_DIGIT: ['主码校验位不符', 'the check digit of the primary number does not match'],
} satisfies Record<string, Words>;

/** Name of a rule on syntax. */
export type SyntaxRule = keyof typeof SYNTAX_RULES;

const CONTENT: Readonly<Record<string, Words>> = {
  NON_DIGIT_CHARACTER: ['应为数字', 'a digit is expected here'],
  INVALID_CSET82_CHARACTER: ['不属于 GS1 字符集 82 的字符', 'not a character of GS1 character set 82'],
  INVALID_CSET39_CHARACTER: ['不属于 GS1 字符集 39 的字符', 'not a character of GS1 character set 39'],
  INVALID_CSET64_CHARACTER: ['不属于 base64url 的字符', 'not a character of base64url'],
  INVALID_CSET64_PADDING: ['base64url 的填充不对', 'the base64url padding is wrong'],
  INCORRECT_CHECK_DIGIT: ['校验位不符', 'the check digit does not match'],
  INCORRECT_CHECK_PAIR: ['校验字符对不符', 'the check character pair does not match'],
  INVALID_CSET32_CHARACTER: ['校验字符不对', 'not a check character'],
  TOO_SHORT_FOR_GCP: ['太短，不含厂商识别代码', 'too short to begin with a GS1 company prefix'],
  INVALID_GCP_PREFIX: ['不是厂商识别代码', 'does not begin with a GS1 company prefix'],
  ILLEGAL_MONTH: ['月份不对', 'no such month'],
  ILLEGAL_DAY: ['日期不对', 'no such day'],
  ILLEGAL_HOUR: ['小时不对', 'no such hour'],
  ILLEGAL_MINUTE: ['分钟不对', 'no such minute'],
  ILLEGAL_SECOND: ['秒不对', 'no such second'],
  NOT_ISO3166: ['不是 ISO 3166 国家数字代码', 'not a numeric country code of ISO 3166'],
  NOT_ISO3166_OR_999: ['不是 ISO 3166 国家数字代码，也不是 999', 'neither a numeric country code of ISO 3166 nor 999'],
  NOT_ISO3166_ALPHA2: ['不是 ISO 3166 二字母国家代码', 'not an alpha-2 country code of ISO 3166'],
  NOT_ISO4217: ['不是 ISO 4217 货币数字代码', 'not a numeric currency code of ISO 4217'],
  INVALID_PERCENT_SEQUENCE: ['百分号编码不完整', 'a percent sign without two hexadecimal digits'],
  ILLEGAL_ZERO_PREFIX: ['不能以 0 开头', 'must not begin with 0'],
  ILLEGAL_ZERO_VALUE: ['不能为 0', 'must not be zero'],
  NOT_ZERO: ['应为 0', 'must be 0'],
  NOT_ZERO_OR_ONE: ['应为 0 或 1', 'must be 0 or 1'],
  NOT_HYPHEN: ['应为连字符', 'must be a hyphen'],
  REQUIRES_NON_DIGIT_CHARACTER: ['至少要有一个非数字字符', 'at least one character must be no digit'],
  PIECE_NUMBER_EXCEEDS_TOTAL: ['件序号超过总件数', 'the piece number exceeds the total'],
  ZERO_PIECE_NUMBER: ['件序号不能为 0', 'the piece number must not be zero'],
  ZERO_TOTAL_PIECES: ['总件数不能为 0', 'the total must not be zero'],
  INVALID_PACKAGE_TYPE: ['不是包装类型代码', 'no code of a package type'],
};

/** A fault of form, combination or link. */
export function syntaxFault(rule: SyntaxRule, about: Omit<Gs1Fault, 'rule' | 'message'> = {}): Gs1Fault {
  return { rule, ...about, message: messageOf(SYNTAX_RULES[rule], about) };
}

/** A fault of the content of a value, as a linter names it. */
export function contentFault(rule: string, about: Omit<Gs1Fault, 'rule' | 'message'>): Gs1Fault {
  const named = rule.toLowerCase().replaceAll('_', ' ');
  return { rule, ...about, message: messageOf(CONTENT[rule] ?? [`不符合规则 ${rule}`, named], about) };
}

function messageOf([zh, en]: Words, { ai, others }: Omit<Gs1Fault, 'rule' | 'message'>): Gs1Fault['message'] {
  const [before, behind] = [ai === undefined ? '' : `(${ai}) `, others === undefined ? '' : `: ${others}`];
  return { zh: `${before}${zh}${behind}`, en: `${before}${en}${behind}` };
}
