import { Injectable } from '@nestjs/common';
import { companyPrefixMatches, DEFAULT_LINK, readLinkset, type ResolverLink } from '@daodi/gs1';
import { type Fault, invalid, Problem } from '@daodi/platform';
import type { FastifyRequest } from 'fastify';
import type { EntityManager } from 'typeorm';
import type { ActAnswer } from '../acts/act-answer.interceptor';
import type { Caller } from '../sign-in/caller';
import { OwnThings, patched } from '../things/own-things.service';
import type { AddLinkDto, ChangeLinkDto } from './link.dto';
import { hasDefault, LINKS, linkState } from './link-records';

/** Where an organisation's GS1 codes lead. */
@Injectable()
export class LinksService {
  constructor(private readonly things: OwnThings) {}

  /** Registers a link of a key under the organisation's own company prefix. @throws Problem 422, or 409 where the level has a default */
  add(caller: Caller, request: FastifyRequest, dto: AddLinkDto): Promise<ActAnswer> {
    return this.things.create(caller, request, LINKS, async (tx) => {
      const link = readLink(dto);
      const faults = (await isOwn(tx, caller, link.anchor)) ? [] : [fault('/anchor', 'own-prefix', '标识应在本组织的厂商识别代码之下', 'The key must be under the organisation’s own company prefix')];
      if (faults.length > 0) throw invalid(faults);
      if (link.linkType === DEFAULT_LINK && (await hasDefault(tx, link.level))) {
        throw new Problem(409, 'default-link-taken', { zh: '该标识已有默认链接，请先停用或修改', en: 'This key has a default link; change or end that one' });
      }
      return linkState(link);
    });
  }

  change(caller: Caller, request: FastifyRequest, id: string, dto: ChangeLinkDto): Promise<ActAnswer> {
    return this.things.change(caller, request, LINKS, id, dto.why, (_tx, old) => patched(old, dto));
  }
}

/** One link, read as a linkset of one is. @throws Problem 422 */
function readLink({ anchor, linkType, itemDescription, ...target }: AddLinkDto): ResolverLink {
  const name = linkType.startsWith('gs1:') ? `https://ref.gs1.org/voc/${linkType.slice(4)}` : linkType;
  const { links, faults } = readLinkset({ linkset: [{ anchor, itemDescription: itemDescription ?? target.title, [name]: [target] }] });
  const [link] = links;
  if (link === undefined) {
    throw invalid(faults.map(({ pointer, rule, message }) => fault(pointer.endsWith('/anchor') ? '/anchor' : `/${pointer.split('/').at(-1) ?? ''}`, rule, message.zh, message.en)));
  }
  return link;
}

async function isOwn(tx: EntityManager, caller: Caller, anchor: string): Promise<boolean> {
  const [own] = await tx.query('SELECT gs1_prefix FROM organisation WHERE id = $1', [caller.organisationId]);
  return typeof own?.gs1_prefix === 'string' && companyPrefixMatches(anchor, own.gs1_prefix);
}

const fault = (pointer: string, rule: string, zh: string, en: string): Fault => ({ pointer, rule, detail: { zh, en } });
