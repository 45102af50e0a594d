import type { ApiPropertyOptions } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsBoolean, IsDefined, IsInt, IsObject, IsString, Matches, Max, MaxLength, Min, ValidateBy, ValidateNested } from 'class-validator';
import { decimalText } from '@daodi/epcis';
import { bilingual } from '@daodi/platform';
import { field, type FieldOptions } from '@daodi/registry';

type Part = () => new () => object;

/** The generator of the description tells a part's class from a function that gives one by the function's name being `type`. */
const described = (part: Part): ApiPropertyOptions => ({ type: () => part() });

/** Most lines one form takes; more belong into several forms, or into a captured document. */
export const LINES_MAX = 500;

/** A list of parts with members of their own. */
export const Lines = (part: Part, options: FieldOptions & { readonly min?: number } = {}): PropertyDecorator =>
  field(
    options,
    { ...described(part), isArray: true } as ApiPropertyOptions,
    IsArray(), ArrayMinSize(options.min ?? 1), ArrayMaxSize(LINES_MAX), IsObject({ each: true }), ValidateNested({ each: true }), Type(part),
  );

/** One part with members of its own. */
export const One = (part: Part, options: FieldOptions = {}): PropertyDecorator =>
  field(options, described(part), IsDefined(), IsObject(), ValidateNested(), Type(part));

/** How a batch, serial or container is named in a form: our code, or any URI. */
const REFERENCE = /^\S(?:.{0,398}\S)?$/u;
const REFERENCE_TEXT = bilingual('应为批次编码或 URI', 'it must be a batch code or a URI');

/** A batch, by our code or by any URI. */
export const Reference = (options: FieldOptions = {}): PropertyDecorator =>
  field({ example: '7K2QZ0ABCD4', ...options }, { type: String }, IsString(), Matches(REFERENCE, { message: REFERENCE_TEXT }));

/** A list of distinct references. */
export const References = (options: FieldOptions = {}): PropertyDecorator =>
  field({ example: ['7K2QZ0ABCD4'], ...options }, { type: [String] }, IsArray(), ArrayMinSize(1), ArrayMaxSize(2000), ArrayUnique(), IsString({ each: true }), Matches(REFERENCE, { each: true, message: REFERENCE_TEXT }));

/** Yes or no. */
export const Flag = (options: FieldOptions = {}): PropertyDecorator => field({ example: true, ...options }, { type: Boolean }, IsBoolean());

/** A whole number. */
export const Whole = (min: number, max: number, options: FieldOptions = {}): PropertyDecorator =>
  field(options, { type: 'integer', minimum: min, maximum: max }, IsInt(), Min(min), Max(max));

/** A number that is zero or more, as a JSON number or as decimal text. */
export const AmountOrZero = (options: FieldOptions = {}): PropertyDecorator =>
  field(
    options,
    { oneOf: [{ type: 'number' }, { type: 'string' }] },
    ValidateBy({ name: 'amountOrZero', validator: { validate: isAmountOrZero, defaultMessage: () => bilingual('应为不小于零的十进制数', 'it must be a decimal number that is not negative') } }),
  );

function isAmountOrZero(value: unknown): boolean {
  if (typeof value !== 'number' && typeof value !== 'string') return false;
  if (String(value).length > 40) return false;
  try {
    return /^[0-9.]+$/.test(decimalText(value));
  } catch {
    return false;
  }
}

/** A short text out of an open vocabulary. */
export const Word = (max: number, options: FieldOptions = {}): PropertyDecorator =>
  field(options, { type: String, minLength: 1, maxLength: max }, IsString(), MaxLength(max), Matches(/^\S(?:.*\S)?$/u, { message: bilingual('首尾不能为空白', 'it must neither be empty nor begin or end with spaces') }));
