import { Injectable } from '@nestjs/common';
import { Problem } from '@daodi/platform';
import { type ActAnswer, Acts, type Caller, record } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import type { StricterRuleDto } from '../findings/finding.dto';
import { loadStrictness } from '../history/load-strictness';
import { hashedId } from '../hashed-id';
import type { Severity } from '../rules/finding';
import { ruleOf, RULES } from '../rules/rules';
import { isStricter, severityFor } from '../rules/strictness';

/** A rule as an organisation is judged by it. */
export interface ShownRule {
  readonly rule: string;
  readonly version: number;
  readonly title: { readonly zh: string; readonly en: string };
  /** What it weighs for everybody. */
  readonly severity: Severity;
  /** What it weighs for the asker's organisation, which may be more. */
  readonly here: Severity;
}

/** 规则: which there are, and how strict an organisation has made them for itself. */
@Injectable()
export class RuleStrictness {
  constructor(
    private readonly acts: Acts,
    private readonly dataSource: DataSource,
  ) {}

  /** Every rule, in the order in which findings are shown. */
  async list({ organisationId }: Caller): Promise<{ readonly items: readonly ShownRule[] }> {
    const strictness = (await loadStrictness(this.dataSource, [organisationId])).get(organisationId);
    return { items: RULES.map((rule) => ({ rule: rule.name, version: rule.version, title: rule.title, severity: rule.severity, here: severityFor(rule, strictness) })) };
  }

  /**
   * Makes a rule stricter for the caller's organisation, in its gates and its inbox, or takes that back.
   *
   * @throws Problem 409 where it would be milder than the rule is for everybody
   */
  set(caller: Caller, request: FastifyRequest, { rule: name, severity, why }: StricterRuleDto): Promise<ActAnswer> {
    const rule = ruleOf(name);
    if (rule !== undefined && isStricter(rule.severity, severity)) {
      throw new Problem(409, 'rule-not-relaxable', { zh: '规则只能从严，不能放宽', en: 'A rule can only be made stricter' }, { members: { rule: name, severity: rule.severity } });
    }
    const state = { rule: name, severity, why };
    return this.acts.perform(caller, request, {
      decide: async (tx) => {
        const id = hashedId('rule-strictness', caller.organisationId, name);
        const [row] = await tx.query('SELECT state FROM rule_strictness WHERE id = $1', [id]);
        return [record('rule-strictness', id, row === undefined ? 'created' : 'changed', { ...(row !== undefined && { old: row.state }), new: state, why })];
      },
      respond: () => ({ status: 200, body: state }),
    });
  }
}
