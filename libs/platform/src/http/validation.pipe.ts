/** Checks what a controller receives against its DTO class, and says everything that is wrong at once. */
import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validate, type ValidationError } from 'class-validator';
import type { Bilingual } from '../start-failure';
import { invalid, type Fault } from './problem';
import { CONSTRAINTS_ZH } from './validation-texts';

/** Parts the two languages inside one message of class-validator, which knows only one. */
const BETWEEN_LANGUAGES = '\u001e';

/** A message in both languages for a decorator: `@IsIn(UNITS, { message: bilingual('单位有误', 'unknown unit') })`. */
export function bilingual(zh: string, en: string): string {
  return `${zh}${BETWEEN_LANGUAGES}${en}`;
}

/** Never a DTO: what Nest reports for parameters without a class of their own. */
const BUILT_IN: ReadonlySet<unknown> = new Set([String, Boolean, Number, Array, Object, Buffer]);

/** The pipe of every controller. Members a DTO does not know are refused: a misspelt one must not be lost silently. */
@Injectable()
export class DtoValidationPipe implements PipeTransform {
  async transform(value: unknown, { metatype, type }: ArgumentMetadata): Promise<unknown> {
    if (metatype === undefined || BUILT_IN.has(metatype) || type === 'custom') return value;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid([NO_OBJECT]);
    const dto = instanceOf(metatype, value);
    const faults = await dtoFaults(dto);
    if (faults.length > 0) throw invalid(faults);
    return dto;
  }
}

/** Everything by which an instance of a DTO class breaks its rules: for bodies that come in another way than as JSON. */
export async function dtoFaults(dto: object): Promise<Fault[]> {
  const errors = await validate(dto, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: false, validationError: { target: false } });
  return errors.flatMap((error) => faultsOf(error, ''));
}

const NO_OBJECT: Fault = { pointer: '', rule: 'isObject', detail: { zh: '应为 JSON 对象', en: 'it must be a JSON object' } };

function instanceOf(metatype: new (...args: never[]) => object, value: object): object {
  try {
    return plainToInstance(metatype as new () => object, value);
  } catch {
    // class-transformer throws on shapes it did not expect, such as a member named like a method.
    throw invalid([{ pointer: '', rule: 'shape', detail: { zh: '结构有误', en: 'the structure is not what is expected' } }]);
  }
}

function faultsOf(error: ValidationError, above: string): Fault[] {
  const pointer = `${above}/${error.property.replace(/~/g, '~0').replace(/\//g, '~1')}`;
  const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => ({ pointer, rule, detail: detailOf(rule, message, error.property) }));
  return [...own, ...(error.children ?? []).flatMap((child) => faultsOf(child, pointer))];
}

function detailOf(rule: string, message: string, property: string): Bilingual {
  const [zh, en] = message.split(BETWEEN_LANGUAGES);
  if (zh !== undefined && en !== undefined) return { zh, en };
  return { zh: `${property}:${CONSTRAINTS_ZH[rule] ?? '不符合要求'}`, en: message };
}
