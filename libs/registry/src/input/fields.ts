import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import {
  ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsIn, IsInt, IsISO8601, IsObject, IsString, IsUUID, Matches, Max, MaxLength,
  Min, MinLength, ValidateBy, ValidateIf,
} from 'class-validator';
import { decimalText } from '@daodi/epcis';
import { bilingual } from '@daodi/platform';
import { unitMeanings } from './unit-words';

/** Whether a thing, or a person’s work, goes on. */
export const STATUS_MEANINGS = {
  active: '使用中 in use', ended: '已停用 ended',
} as const;

/**
 * Every field of a body is required unless it says that it is optional; `null` is no value of any. What a newcomer must
 * be able to read about each without the code is checked by `test/house/form-rules.ts`.
 */
export interface FieldOptions {
  readonly optional?: boolean;
  /** In English and Chinese. */
  readonly description?: string;
  readonly example?: unknown;
  /** Of a number with no field `unit` beside it and no unit in its name; both languages where it is a word. */
  readonly unit?: string;
  /** What each value of a closed list means, in both languages. */
  readonly meanings?: Readonly<Record<string, string>>;
}

/** A field of a body: how it is described, and the rules it must obey where it is sent. */
export function field({ optional = false, description, example, unit, meanings }: FieldOptions, shape: ApiPropertyOptions, ...rules: PropertyDecorator[]): PropertyDecorator {
  const told = [description, unit && `单位 Unit: ${unit}`, meanings && valuesTold(meanings)].filter((part) => part !== undefined).join('\n\n');
  const documented = ApiProperty({
    ...shape, required: !optional, description: told === '' ? undefined : told, example, ...(unit && { 'x-unit': unit }), ...(meanings && { 'x-enumDescriptions': meanings }),
  } as ApiPropertyOptions);
  return applyDecorators(documented, ValidateIf(optional ? isSent : always), ...rules);
}

/** The page for people shows no extension: the values stand in the description, too. */
const valuesTold = (meanings: Readonly<Record<string, string>>): string =>
  Object.entries(meanings).map(([value, meaning]) => `- \`${value}\` ${meaning}`).join('\n');

/** Said for required fields too: a body that asks for what its base leaves open would inherit that it may be left out. */
const always = (): boolean => true;

/** Not `IsOptional`, which would let `null` through as if it were a value. */
const isSent = (_body: unknown, value: unknown): boolean => value !== undefined;

/** Text that holds more than spaces. A NUL, which can come in by an address, is no character the database keeps. */
export const Text = (max: number, options: FieldOptions = {}): PropertyDecorator =>
  field(
    options,
    { type: String, minLength: 1, maxLength: max },
    IsString(), MaxLength(max),
    ValidateBy({ name: 'filled', validator: { validate: isFilled, defaultMessage: () => bilingual('不能为空', 'it must not be empty') } }),
  );

/** Text of a form of its own. */
export const Pattern = (pattern: RegExp, options: FieldOptions = {}): PropertyDecorator =>
  field(options, { type: String, pattern: pattern.source }, IsString(), Matches(pattern));

/** A password: 8 to 128 characters, nothing else is asked of it. */
export const Password = (options: FieldOptions = {}): PropertyDecorator =>
  field(options, { type: String, format: 'password', minLength: 8, maxLength: 128 }, IsString(), MinLength(8), MaxLength(128));

/** One of a closed list; units explain themselves. */
export const OneOf = (values: readonly string[], options: FieldOptions = {}): PropertyDecorator =>
  field({ example: values[0], meanings: unitMeanings(values), ...options }, { type: String, enum: [...values] }, IsIn([...values]));

/** A list of distinct values out of a closed list, at least one. */
export const SomeOf = (values: readonly string[], options: FieldOptions = {}): PropertyDecorator =>
  field(
    { example: values.slice(0, 1), ...options },
    { type: String, enum: [...values], isArray: true } as ApiPropertyOptions,
    IsArray(), ArrayMinSize(1), ArrayUnique(), IsIn([...values], { each: true }),
  );

/** A list of distinct short texts, at least one. */
export const Texts = (most: number, options: FieldOptions = {}): PropertyDecorator =>
  field(
    options,
    { type: [String] },
    IsArray(), ArrayMinSize(1), ArrayMaxSize(most), ArrayUnique(), IsString({ each: true }), MaxLength(100, { each: true }),
  );

/** The id of a thing registered here. */
export const Id = (options: FieldOptions = {}): PropertyDecorator => field({ example: '0193f2a4-7c1e-7d3a-9b5e-2f6c8d1e4a70', ...options }, { type: String, format: 'uuid' }, IsUUID());

/** A year of our reckoning. */
export const Year = (options: FieldOptions = {}): PropertyDecorator =>
  field({ example: 2026, unit: '年 year', ...options }, { type: 'integer', minimum: 1900, maximum: 2200 }, IsInt(), Min(1900), Max(2200));

/** A day, `YYYY-MM-DD`. */
export const Day = (options: FieldOptions = {}): PropertyDecorator =>
  field({ example: '2026-08-20', ...options }, { type: String, format: 'date' }, IsString(), Matches(/^[1-9]\d{3}-\d{2}-\d{2}$/), IsISO8601({ strict: true }));

/** A whole number. */
export const Whole = (min: number, max: number, options: FieldOptions = {}): PropertyDecorator =>
  field(options, { type: 'integer', minimum: min, maximum: max }, IsInt(), Min(min), Max(max));

/** A JSON object whose inside the service reads itself. */
export const Json = (options: FieldOptions = {}): PropertyDecorator => field(options, { type: Object, additionalProperties: true }, IsObject());

/** A number above zero, as a JSON number or as decimal text; it is kept as text, exactly. */
export const Amount = (options: FieldOptions = {}): PropertyDecorator =>
  field(
    options,
    { oneOf: [{ type: 'number' }, { type: 'string' }] },
    ValidateBy({ name: 'amount', validator: { validate: isAmount, defaultMessage: () => bilingual('应为大于零的十进制数', 'it must be a decimal number above zero') } }),
  );

/** The administrative code of a county (GB/T 2260), six digits. Which codes exist changes by the year and is not checked. */
export const Region = (options: FieldOptions = {}): PropertyDecorator =>
  Pattern(/^[1-9]\d{5}$/, { description: 'Administrative code of the county, GB/T 2260, six digits. 县级行政区划代码', example: '141026', ...options });

const isFilled = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '' && !value.includes('\0');

/** More than any quantity needs; `1e999` is short to write and a thousand digits long. */
const AMOUNT_DIGITS_MAX = 40;

function isAmount(value: unknown): boolean {
  if (typeof value !== 'number' && typeof value !== 'string') return false;
  if (String(value).length > AMOUNT_DIGITS_MAX) return false;
  try {
    const text = decimalText(value);
    return text.length <= AMOUNT_DIGITS_MAX && /^[0-9.]*[1-9][0-9.]*$/.test(text);
  } catch {
    return false;
  }
}
