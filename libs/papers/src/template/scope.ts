import { PAPER_FIELDS, type PaperField, type PaperValues } from './paper-fields';

/** A name as a template writes it, found: the field, and what stands for it here. */
export interface Named {
  readonly field: PaperField;
  readonly value: string | readonly PaperValues[];
}

/** Where in the lists a placeholder stands: which names are known there. Inner names come before outer ones. */
export class Scope {
  private constructor(
    private readonly fields: readonly PaperField[],
    private readonly values: PaperValues,
    private readonly outer?: Scope,
    private readonly list?: PaperField,
  ) {}

  /** Whether this is inside the lines of a list. */
  isInside(list: PaperField): boolean {
    return this.list === list || this.outer?.isInside(list) === true;
  }

  static of(values: PaperValues): Scope {
    return new Scope(PAPER_FIELDS, values);
  }

  find(name: string): Named | undefined {
    const wanted = name.normalize('NFKC').trim().toLowerCase();
    const field = this.fields.find(({ zh, en }) => zh.toLowerCase() === wanted || en.toLowerCase() === wanted);
    if (field === undefined) return this.outer?.find(name);
    return { field, value: this.values[field.en] ?? (field.fields === undefined ? '' : []) };
  }

  /** The scope of one line of a list. */
  inside(list: PaperField, line: PaperValues): Scope {
    return new Scope(list.fields ?? [], line, this, list);
  }
}
