import { applicationIdentifier } from '../dictionary/application-identifiers';
import type { Element } from './element';
import { type Gs1Fault, syntaxFault } from './fault';

/** Keys whose serial is part of their value, and how long they are without it. */
const WITHOUT_SERIAL: Readonly<Record<string, number>> = { 253: 13, 255: 13, 8003: 14 };

/**
 * What is wrong with AIs standing together: repeated with other values, excluded by each other, without those they require
 * (GS1 General Specifications, section 4.13; attributes `ex` and `req` of the dictionary). An AI does not exclude itself, nor
 * satisfies what it requires.
 */
export function faultOfAssociations(elements: readonly Element[]): Gs1Fault | undefined {
  return repeatedOtherwise(elements) ?? excludedPair(elements) ?? missingAis(elements) ?? signatureWithoutSerial(elements);
}

function repeatedOtherwise(elements: readonly Element[]): Gs1Fault | undefined {
  const values = new Map<string, string>();
  for (const { ai, value } of elements) {
    if ((values.get(ai) ?? value) !== value) return syntaxFault('REPEATED_AI_DIFFERS', { ai, value });
    values.set(ai, value);
  }
  return undefined;
}

/** The AI among the elements that a pattern such as `35nn` means, other than the one that asks. */
const matching = (pattern: string, elements: readonly Element[], asking: string): string | undefined => {
  const digits = pattern.replace(/n+$/, '');
  return elements.find(({ ai }) => ai !== asking && (digits === pattern ? ai === pattern : ai.length === pattern.length && ai.startsWith(digits)))?.ai;
};

function excludedPair(elements: readonly Element[]): Gs1Fault | undefined {
  for (const { ai } of elements) {
    for (const pattern of applicationIdentifier(ai)?.excluded ?? []) {
      const other = matching(pattern, elements, ai);
      if (other !== undefined) return syntaxFault('INVALID_PAIR', { ai, others: `(${other})` });
    }
  }
  return undefined;
}

function missingAis(elements: readonly Element[]): Gs1Fault | undefined {
  for (const { ai } of elements) {
    for (const groups of applicationIdentifier(ai)?.required ?? []) {
      const isSatisfied = groups.some((group) => group.every((pattern) => matching(pattern, elements, ai) !== undefined));
      if (!isSatisfied) return syntaxFault('REQUIRED_AIS_MISSING', { ai, others: groups.map((group) => group.join('+')).join(', ') });
    }
  }
  return undefined;
}

function signatureWithoutSerial(elements: readonly Element[]): Gs1Fault | undefined {
  if (!elements.some(({ ai }) => ai === '8030')) return undefined;
  const key = elements.find(({ ai, value }) => value.length === WITHOUT_SERIAL[ai]);
  return key === undefined ? undefined : syntaxFault('DIGITAL_SIGNATURE_WITHOUT_SERIAL', { ai: '8030', others: `(${key.ai})` });
}
