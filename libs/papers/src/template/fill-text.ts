import type { Scope } from './scope';
import type { TemplateFault } from './template-fault';
import { type Marker, type Token, tokensOf } from './tokens';

/** Filled text, and where in the template's text each piece got its look from. */
export interface FilledPiece {
  readonly text: string;
  readonly at: number;
  /** A picture of this text. */
  readonly isPicture?: true;
  /** Stands so in the template: it is as long there as here. */
  readonly isLiteral?: true;
}

/** Told of what is wrong; where nothing listens, the placeholder stays as it is. */
export interface FillWatch {
  fault(fault: TemplateFault): void;
  /** Names used, as English paths such as `batches.qr`. */
  used(name: string): void;
}

/** Where a text stands. */
export type Where = TemplateFault['where'];

/** Fills the text of one paragraph or cell; lists that open and close inside it are repeated in place. */
export function fillText(text: string, scope: Scope, where: Where, watch: FillWatch): FilledPiece[] {
  return fillTokens(tokensOf(text), scope, where, watch);
}

function fillTokens(tokens: readonly Token[], scope: Scope, where: Where, watch: FillWatch): FilledPiece[] {
  const pieces: FilledPiece[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as Token;
    if (token.kind === 'text') pieces.push({ text: token.text, at: token.at, isLiteral: true });
    else if (token.kind === 'broken') watch.fault({ where, rule: 'brace', zh: `花括号不成对：「${token.text}」`, en: `a brace has no partner: "${token.text}"` });
    else if (token.kind === 'close') watch.fault(unopened(token.name, where));
    else if (token.kind === 'name') pieces.push(...fillName(token.name, token.at, scope, where, watch));
    else {
      const end = closing(tokens, i);
      if (end === -1) {
        watch.fault(unclosed(token.name, where));
        continue;
      }
      refuseOtherName(token.name, tokens[end] as Token, scope, where, watch);
      const inner = tokens.slice(i + 1, end);
      for (const line of linesOf(token.name, scope, where, watch)) pieces.push(...fillTokens(inner, line, where, watch));
      i = end;
    }
  }
  return pieces;
}

function fillName(name: string, at: number, scope: Scope, where: Where, watch: FillWatch): FilledPiece[] {
  const found = scope.find(name);
  if (found === undefined) {
    watch.fault({ where, rule: 'unknown-placeholder', zh: `没有占位符 {${name}}（或只能用在它所属的列表里）`, en: `there is no placeholder {${name}}, or it belongs into its list` });
    return [];
  }
  if (typeof found.value !== 'string') {
    watch.fault({ where, rule: 'list-as-text', zh: `{${name}} 是列表：请写 {#${name}}…{/${name}}`, en: `{${name}} is a list: write {#${name}}…{/${name}}` });
    return [];
  }
  watch.used(found.field.en);
  return [{ text: found.value, at, ...(found.field.isPicture && { isPicture: true as const }) }];
}

/** The scopes of a list's lines; noted where the name is none, or no list. */
export function linesOf(name: string, scope: Scope, where: Where, watch: FillWatch): Scope[] {
  const found = scope.find(name);
  if (found === undefined || typeof found.value === 'string') {
    watch.fault({ where, rule: 'unknown-list', zh: `没有列表 {#${name}}（或只能用在它所属的列表里）`, en: `there is no list {#${name}}, or it belongs into its list` });
    return [];
  }
  if (scope.isInside(found.field)) {
    watch.fault({ where, rule: 'list-in-itself', zh: `列表 {#${name}} 里又开了同一个列表`, en: `the list {#${name}} is opened inside itself` });
    return [];
  }
  return found.value.map((line) => scope.inside(found.field, line));
}

/** A list closed under another's name is two lists that cross. */
export function refuseOtherName(opened: string, end: Token | Marker | undefined, scope: Scope, where: Where, watch: FillWatch): void {
  if (end !== undefined && 'name' in end && scope.find(end.name)?.field !== scope.find(opened)?.field) watch.fault(unclosed(opened, where));
}

/** Where a list that opens at a token closes. */
export function closing(tokens: readonly Pick<Token, 'kind'>[], from: number): number {
  let depth = 0;
  for (let i = from; i < tokens.length; i++) {
    const { kind } = tokens[i] as Token;
    if (kind === 'open') depth += 1;
    else if (kind === 'close' && --depth === 0) return i;
  }
  return -1;
}

export const unclosed = (name: string, where: Where): TemplateFault => ({ where, rule: 'list-not-closed', zh: `列表 {#${name}} 没有 {/${name}}`, en: `the list {#${name}} has no {/${name}}` });
export const unopened = (name: string, where: Where): TemplateFault => ({ where, rule: 'list-not-opened', zh: `{/${name}} 前面没有 {#${name}}`, en: `{/${name}} closes a list that was not opened` });
