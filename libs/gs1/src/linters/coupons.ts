import { digits, type Linter, type LintFault } from './lint';
import { yymmdd } from './dates';

/** A fault found while reading on. */
class Broken extends Error {
  constructor(readonly fault: LintFault) {
    super(fault.code);
  }
}

/** Reads fields one after the other; lengths stand before what they are the length of. */
class Fields {
  private at = 0;

  constructor(private readonly value: string) {}

  get isOver(): boolean {
    return this.at === this.value.length;
  }

  /** The rest, or the whole where nothing is left, breaks the rule. */
  private short(code: string): Broken {
    return new Broken(this.isOver ? { code, at: 0, length: this.value.length } : { code, at: this.at, length: this.value.length - this.at });
  }

  /** One digit out of some. */
  digit(missing: string, invalid: string, allowed: RegExp): number {
    if (this.isOver) throw this.short(missing);
    const digit = this.value[this.at] as string;
    if (!allowed.test(digit)) throw new Broken({ code: invalid, at: this.at, length: 1 });
    this.at += 1;
    return Number(digit);
  }

  /** So many digits. */
  take(truncated: string, length: number): string {
    if (this.value.length - this.at < length) throw this.short(truncated);
    this.at += length;
    return this.value.slice(this.at - length, this.at);
  }

  /** A date, `YYMMDD`. */
  date(short: string, invalid: string): string {
    const text = this.take(short, 6);
    if (yymmdd(text) !== undefined) throw new Broken({ code: invalid, at: this.at - 6, length: 6 });
    return text;
  }

  /** An optional field, said by its number. */
  has(field: string): boolean {
    if (this.value[this.at] !== field) return false;
    this.at += 1;
    return true;
  }

  /** That what was read last, of this length, breaks a rule. */
  breaks(code: string, length: number): Broken {
    return new Broken({ code, at: this.at - length, length });
  }

  end(): void {
    if (!this.isOver) throw this.short('COUPON_EXCESS_DATA');
  }
}

const reading = (read: (fields: Fields) => void): Linter => (value) => {
  const other = digits(value);
  if (other !== undefined) return other;
  try {
    read(new Fields(value));
    return undefined;
  } catch (error) {
    if (error instanceof Broken) return error.fault;
    throw error;
  }
};

/** Length of a purchase requirement, the requirement, its code and the family it is of; `nth` is 1ST, 2ND or 3RD. */
function purchase(fields: Fields, nth: string): void {
  const length = fields.digit(`COUPON_MISSING_${nth}_PURCHASE_REQUIREMENT_VLI`, `COUPON_INVALID_${nth}_PURCHASE_REQUIREMENT_LENGTH`, /^[1-5]$/);
  fields.take(`COUPON_TRUNCATED_${nth}_PURCHASE_REQUIREMENT`, length);
  fields.digit(`COUPON_MISSING_${nth}_PURCHASE_REQUIREMENT_CODE`, `COUPON_INVALID_${nth}_PURCHASE_REQUIREMENT_CODE`, /^[0-49]$/);
  fields.take(`COUPON_TRUNCATED_${nth}_PURCHASE_FAMILY_CODE`, 3);
}

/** The company whose goods are to be bought besides; 9: the same. */
function otherCompany(fields: Fields, nth: string): void {
  const length = fields.digit(`COUPON_MISSING_${nth}_PURCHASE_GCP_VLI`, `COUPON_INVALID_${nth}_PURCHASE_GCP_LENGTH`, /^[0-69]$/);
  fields.take(`COUPON_TRUNCATED_${nth}_PURCHASE_GCP`, length === 9 ? 0 : length + 6);
}

/** A North American coupon, AI (8110) (North American Coupon Application Guideline Using GS1 DataBar Expanded Symbols). */
export const couponcode = reading((fields) => {
  fields.take('COUPON_TRUNCATED_GCP', 6 + fields.digit('COUPON_MISSING_GCP_VLI', 'COUPON_INVALID_GCP_LENGTH', /^[0-6]$/));
  fields.take('COUPON_TRUNCATED_OFFER_CODE', 6);
  fields.take('COUPON_TRUNCATED_SAVE_VALUE', fields.digit('COUPON_MISSING_SAVE_VALUE_VLI', 'COUPON_INVALID_SAVE_VALUE_LENGTH', /^[1-5]$/));
  purchase(fields, '1ST');
  if (fields.has('1')) {
    fields.digit('COUPON_MISSING_ADDITIONAL_PURCHASE_RULES_CODE', 'COUPON_INVALID_ADDITIONAL_PURCHASE_RULES_CODE', /^[0-3]$/);
    purchase(fields, '2ND');
    otherCompany(fields, '2ND');
  }
  if (fields.has('2')) {
    purchase(fields, '3RD');
    otherCompany(fields, '3RD');
  }
  const expiry = fields.has('3') ? fields.date('COUPON_TOO_SHORT_FOR_EXPIRATION_DATE', 'COUPON_INVALID_EXIPIRATION_DATE') : undefined;
  if (fields.has('4')) {
    const start = fields.date('COUPON_TOO_SHORT_FOR_START_DATE', 'COUPON_INVALID_START_DATE');
    // Both dates with their field numbers before them.
    if (expiry !== undefined && start > expiry) throw fields.breaks('COUPON_EXPIRATION_BEFORE_START', 14);
  }
  if (fields.has('5')) fields.take('COUPON_TRUNCATED_SERIAL_NUMBER', 6 + fields.digit('COUPON_MISSING_SERIAL_NUMBER_VLI', '', /^[0-9]$/));
  if (fields.has('6')) {
    fields.take('COUPON_TRUNCATED_RETAILER_GCP_OR_GLN', 6 + fields.digit('COUPON_MISSING_RETAILER_GCP_OR_GLN_VLI', 'COUPON_INVALID_RETAILER_GCP_OR_GLN_LENGTH', /^[1-7]$/));
  }
  if (fields.has('9')) {
    fields.digit('COUPON_MISSING_SAVE_VALUE_CODE', 'COUPON_INVALID_SAVE_VALUE_CODE', /^[01256]$/);
    fields.digit('COUPON_MISSING_SAVE_VALUE_APPLIES_TO_ITEM', 'COUPON_INVALID_SAVE_VALUE_APPLIES_TO_ITEM', /^[0-2]$/);
    fields.digit('COUPON_MISSING_STORE_COUPON_FLAG', '', /^[0-9]$/);
    fields.digit('COUPON_MISSING_DONT_MULTIPLY_FLAG', 'COUPON_INVALID_DONT_MULTIPLY_FLAG', /^[01]$/);
  }
  fields.end();
});

/** A coupon of the positive offer file, AI (8112) (GS1 AI (8112) Coupon Data Specification). */
export const couponposoffer = reading((fields) => {
  fields.digit('COUPON_MISSING_FORMAT_CODE', 'COUPON_INVALID_FORMAT_CODE', /^[01]$/);
  fields.take('COUPON_TRUNCATED_FUNDER', 6 + fields.digit('COUPON_MISSING_FUNDER_VLI', 'COUPON_INVALID_FUNDER_LENGTH', /^[0-6]$/));
  fields.take('COUPON_TRUNCATED_OFFER_CODE', 6);
  fields.take('COUPON_TRUNCATED_SERIAL_NUMBER', 6 + fields.digit('COUPON_MISSING_SERIAL_NUMBER_VLI', '', /^[0-9]$/));
  fields.end();
});
