import { isExactDouble } from './exact-double';
import { type Fault, pointerOf } from './fault';

/** How much a JSON text may ask of its reader. */
export interface JsonLimits {
  /** Objects and lists inside one another. */
  readonly depthMax: number;
  /** Faults after which reading stops. */
  readonly faultsMax: number;
}

type Detail = Fault['detail'];

const enum Char {
  Quote = 0x22, Plus = 0x2b, Comma = 0x2c, Minus = 0x2d, Dot = 0x2e, Zero = 0x30, Nine = 0x39, Colon = 0x3a,
  OpenList = 0x5b, Backslash = 0x5c, CloseList = 0x5d, OpenObject = 0x7b, CloseObject = 0x7d,
}

/** Thrown inside the scanner only, where the rest of the text can no longer be understood. */
class Halt extends Error {}

/**
 * Walks a JSON text once, without recursion and without building anything, and names what two parsers could read
 * differently. Time and memory grow linearly with the text.
 */
export class JsonScanner {
  readonly faults: Fault[] = [];
  private at = 0;
  /** One entry for each open object or list: the name or index under way. */
  private readonly steps: (string | number)[] = [];
  /** Names seen in each open object; undefined for a list. Sets are reused by depth. */
  private readonly names: (Set<string> | undefined)[] = [];
  private readonly pool: Set<string>[] = [];
  private inName = false;

  constructor(private readonly text: string, private readonly limits: JsonLimits) {}

  /** Faults in the order of the text; none means `JSON.parse` will read it as everybody does. */
  scan(): Fault[] {
    try {
      this.skipSpace();
      this.values();
      if (this.at < this.text.length) this.halt('json-syntax', { zh: 'JSON 结束后还有多余内容', en: 'there is more after the end of the JSON value' });
    } catch (halt) {
      if (!(halt instanceof Halt)) throw halt;
    }
    return this.faults;
  }

  /** The grammar as a loop: each turn reads one value, then closes what ends behind it. */
  private values(): void {
    for (;;) {
      const opened = this.value();
      if (opened && !this.closesAtOnce()) {
        this.beginMember();
        continue;
      }
      for (;;) {
        if (this.steps.length === 0) return;
        this.skipSpace();
        const char = this.text.charCodeAt(this.at);
        const inObject = this.names.at(-1) !== undefined;
        if (char === Char.Comma) {
          this.at++;
          this.skipSpace();
          if (!inObject) this.steps[this.steps.length - 1] = (this.steps.at(-1) as number) + 1;
          this.beginMember();
          break;
        }
        if (char !== (inObject ? Char.CloseObject : Char.CloseList)) this.syntax();
        this.close();
      }
    }
  }

  /** Reads a scalar, or opens an object or list and says so. */
  private value(): boolean {
    const char = this.text.charCodeAt(this.at);
    if (char === Char.Quote) this.string();
    else if (char === Char.OpenObject || char === Char.OpenList) return this.open(char === Char.OpenObject);
    else if (char === Char.Minus || (char >= Char.Zero && char <= Char.Nine)) this.number();
    else if (this.text.startsWith('true', this.at) || this.text.startsWith('null', this.at)) this.at += 4;
    else if (this.text.startsWith('false', this.at)) this.at += 5;
    else this.syntax();
    if (this.steps.length === 0) this.skipSpace();
    return false;
  }

  private open(isObject: boolean): true {
    if (this.steps.length >= this.limits.depthMax) {
      this.halt('json-depth', { zh: `嵌套超过 ${this.limits.depthMax} 层`, en: `nested deeper than ${this.limits.depthMax} levels` });
    }
    const depth = this.steps.length;
    this.at++;
    this.steps.push(isObject ? '' : 0);
    if (!isObject) {
      this.names.push(undefined);
    } else {
      const names = (this.pool[depth] ??= new Set());
      names.clear();
      this.names.push(names);
    }
    this.skipSpace();
    return true;
  }

  private closesAtOnce(): boolean {
    const inObject = this.names.at(-1) !== undefined;
    if (this.text.charCodeAt(this.at) !== (inObject ? Char.CloseObject : Char.CloseList)) return false;
    this.close();
    return true;
  }

  private close(): void {
    this.at++;
    this.steps.pop();
    this.names.pop();
    if (this.steps.length === 0) this.skipSpace();
  }

  /** In an object, reads the name and the colon; in a list there is nothing to read. */
  private beginMember(): void {
    const names = this.names.at(-1);
    if (names === undefined) return;
    if (this.text.charCodeAt(this.at) !== Char.Quote) this.syntax();
    const start = this.at;
    this.inName = true;
    const escaped = this.string();
    this.inName = false;
    const name = escaped ? (JSON.parse(this.text.slice(start, this.at)) as string) : this.text.slice(start + 1, this.at - 1);
    this.steps[this.steps.length - 1] = name;
    if (names.has(name)) this.fault('json-duplicate-key', { zh: `名称“${name}”出现了两次，应只出现一次`, en: `the name "${name}" occurs twice; it must occur once` });
    if (name === '__proto__') this.fault('json-reserved-key', { zh: '不允许使用名称 __proto__', en: 'the name __proto__ is not allowed' });
    names.add(name);
    this.skipSpace();
    if (this.text.charCodeAt(this.at) !== Char.Colon) this.syntax();
    this.at++;
    this.skipSpace();
  }

  /** Reads a string and says whether it holds escapes. */
  private string(): boolean {
    const { text } = this;
    let at = this.at + 1;
    let escaped = false;
    for (;;) {
      const char = text.charCodeAt(at);
      if (char === Char.Quote) break;
      if (char === Char.Backslash) {
        escaped = true;
        this.at = at;
        at = this.escape();
      } else if (char >= 0x20) {
        at++;
      } else {
        this.at = at;
        if (Number.isNaN(char)) this.syntax();
        this.halt('json-syntax', { zh: '字符串中有未转义的控制字符', en: 'a string holds a control character that is not escaped' });
      }
    }
    this.at = at + 1;
    return escaped;
  }

  private escape(): number {
    const { text, at } = this;
    if (text[at + 1] !== 'u') {
      if (!'"\\/bfnrt'.includes(text[at + 1] ?? 'x')) this.syntax();
      return at + 2;
    }
    const unit = this.codeUnit(at);
    if (unit === 0) this.fault('json-nul', { zh: '字符串中不允许有空字符（\\u0000）', en: 'a string must not hold the character NUL (\\u0000)' });
    if (unit >= 0xd800 && unit <= 0xdbff && text[at + 6] === '\\' && text[at + 7] === 'u') {
      const next = this.codeUnit(at + 6);
      if (next >= 0xdc00 && next <= 0xdfff) return at + 12;
    }
    if (unit >= 0xd800 && unit <= 0xdfff) {
      this.fault('json-surrogate', { zh: '字符串中有不成对的代理项，不是有效的 Unicode', en: 'a string holds half of a surrogate pair, which is no Unicode character' });
    }
    return at + 6;
  }

  private codeUnit(at: number): number {
    const hex = this.text.slice(at + 2, at + 6);
    if (!/^[0-9A-Fa-f]{4}$/.test(hex)) this.syntax();
    return parseInt(hex, 16);
  }

  private number(): void {
    NUMBER.lastIndex = this.at;
    const match = NUMBER.exec(this.text);
    if (match === null) this.syntax();
    const written = match[0];
    this.at += written.length;
    if (!isExactDouble(written)) {
      const shown = written.length > 40 ? `${written.slice(0, 40)}…` : written;
      this.fault('json-number', {
        zh: `数字 ${shown} 无法被双精度数精确表示，请减少有效位数或改用字符串`,
        en: `the number ${shown} cannot be held exactly by a double; write fewer digits or a string`,
      });
    }
  }

  private skipSpace(): void {
    for (;;) {
      const char = this.text.charCodeAt(this.at);
      if (char !== 0x20 && char !== 0x0a && char !== 0x0d && char !== 0x09) return;
      this.at++;
    }
  }

  private fault(rule: string, detail: Detail): void {
    // A name that cannot be written has no pointer of its own: the fault is its object's.
    this.faults.push({ pointer: pointerOf(this.inName ? this.steps.slice(0, -1) : this.steps), rule, detail });
    if (this.faults.length >= this.limits.faultsMax) throw new Halt();
  }

  private halt(rule: string, detail: Detail): never {
    this.fault(rule, detail);
    throw new Halt();
  }

  private syntax(): never {
    const ended = this.at >= this.text.length;
    return this.halt('json-syntax', ended
      ? { zh: 'JSON 不完整，提前结束', en: 'the JSON text ends too early' }
      : { zh: `第 ${this.at + 1} 个字符处不是有效的 JSON`, en: `not JSON at character ${this.at + 1}` });
  }
}

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
