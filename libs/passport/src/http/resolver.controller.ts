import { Controller, Get, Options, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import {
  applicationIdentifiers, chooseLink, DEFAULT_LINK, type DigitalLinkUri, type Element, fullLinkType, type Gs1Fault, levelOf, levelsOf, readDigitalLinkUri, type ResolverLink, VOCABULARY, withQuery, writeDigitalLinkUri, writeLinkset,
} from '@daodi/gs1';
import { Config, Installation } from '@daodi/platform';
import { linksAt, Public } from '@daodi/registry';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { readPublicPath } from '../facts/target';
import { malformed, type Message, messageOf, UNKNOWN_LINK_TYPE } from '../page/message-page';
import { type ReadableName, Passports } from '../passports.service';
import { acceptsLinkset, CONTEXT_HEADER, linksetForm, linksetHeader, linksetText } from './links-answer';
import { answerMessage, answerOptions, CORS, sentPath } from './public-answer';

/** Every GS1 key a Digital Link may begin with. */
export const PRIMARY_KEYS = applicationIdentifiers().filter(({ qualifiers }) => qualifiers !== undefined).map(({ ai }) => ai);
const GS1_CODES = PRIMARY_KEYS.map((ai) => `${ai}/*`);

/**
 * Where a printed code leads, for people and for machines, on one door: our own codes, and GS1 Digital Links (URI Syntax 1.7) as a
 * GS1-conformant resolver answers them (1.2). What organisations registered of a key leads where they say, the finest level first;
 * what is on record here leads to its page; 400 where the code breaks a rule, 404 where nothing is known of it.
 */
@ApiExcludeController()
@Controller()
@Public()
export class ResolverController {
  constructor(
    private readonly passports: Passports,
    private readonly dataSource: DataSource,
    private readonly config: Config,
    private readonly installation: Installation,
  ) {}

  @Get('b/*')
  async own(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { path, query } = sentPath(request);
    const name = readPublicPath(path, query);
    if (name.kind === 'malformed') return answerMessage(request, reply, malformed(name.why), this.passports.isDemo);
    const target = await this.passports.find(name);
    if (target.kind === 'never-issued') return answerMessage(request, reply, messageOf(target), this.passports.isDemo, 'code' in name ? name.code : undefined);
    redirect(reply, withQuery(`/p${name.path}`, query));
  }

  @Get(GS1_CODES)
  async link(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { path: sent, query } = sentPath(request);
    const path = sent.replace(/\/+$/, '');
    const reading = readDigitalLinkUri(`https://resolver.invalid${path}${attributesOf(query)}`, { permitZeroSuppressedGtin: true });
    if (!reading.valid) return answerMessage(request, reply, malformed(wordsOf(reading.error)), this.passports.isDemo);
    // A path may hold several keys, of which the last counts; what is resolved begins with the one that counts.
    if (reading.stem !== 'https://resolver.invalid') return answerMessage(request, reply, malformed(SEVERAL_KEYS), this.passports.isDemo);
    const levels = levelsOf(reading);
    const here = await this.here(path, query, reading);
    const registered = await linksAt(this.dataSource.manager, levels);
    // What a registrar says of a level stands before what we say of the same.
    const links = [...registered, ...here.links.filter(({ level, linkType }) => !registered.some((one) => one.level === level && one.linkType === linkType))];
    if (links.length === 0) return answerMessage(request, reply, here.nothing, this.passports.isDemo);
    const { linkType, context } = asked(query);
    if (linkType === 'linkset' || linkType === 'all' || (linkType === undefined && acceptsLinkset(request.headers.accept))) {
      return this.answerLinkset(request, reply, 200, links, levels);
    }
    const choice = chooseLink(links, levels, {
      ...(linkType !== undefined && { linkType: fullLinkType(linkType) }), acceptLanguage: request.headers['accept-language'], accept: request.headers.accept, context,
    });
    if (choice.kind === 'several') return this.answerLinkset(request, reply, 300, choice.links, levels);
    if (choice.kind === 'none') return answerMessage(request, reply, linkType === undefined ? here.nothing : UNKNOWN_LINK_TYPE, this.passports.isDemo);
    reply.header('Link', linksetHeader(path));
    // Of our own pages the path will do, wherever the door is reached.
    const { href } = choice.link;
    redirect(reply, withQuery(here.links.includes(choice.link) ? href.slice(this.config.publicUrl.length) : href, query));
  }

  @Get('.well-known/gs1resolver')
  description(@Res() reply: FastifyReply): void {
    reply.headers({ ...CORS, 'Cache-Control': 'max-age=3600' }).type('application/json').send({
      name: this.installation.isDemo ? '道地 Daodi（演示 demo）' : '道地 Daodi', resolverRoot: this.config.publicUrl, supportedPrimaryKeys: PRIMARY_KEYS,
      supportedLinkType: [{ namespace: VOCABULARY, prefix: 'gs1:' }], linkTypeDefaultCanBeLinkset: false,
    });
  }

  @Options(['b/*', ...GS1_CODES, '.well-known/gs1resolver'])
  options(@Res() reply: FastifyReply): void {
    answerOptions(reply);
  }

  /** What is on record here of a key: its page is its default link, and the story of it. */
  private async here(path: string, query: string, reading: DigitalLinkUri): Promise<{ readonly nothing: Message; readonly links: readonly ResolverLink[] }> {
    const none = { nothing: NOTHING_HERE, links: [] };
    if (!/^\/(?:00|01|414)\//.test(path)) return none;
    const name = readPublicPath(path, query);
    if (name.kind === 'malformed') return { ...none, nothing: malformed(name.why) };
    const own = reading.elements.slice(0, reading.inPath);
    const target = await this.passports.find(name);
    if (target.kind !== 'never-issued') return { ...none, links: this.pageLinks(own, name) };
    const nothing = messageOf(target);
    // A lot or serial nobody issued leads up to its product, whose page has it in its path and says so.
    const above = name.kind === 'gs1' && name.gtin !== undefined && own.length > 1 ? readPublicPath(`/01/${name.gtin}`) : undefined;
    const product = above === undefined || above.kind === 'malformed' ? undefined : await this.passports.find(above);
    return { nothing, links: product?.kind === 'product' ? this.pageLinks(own.slice(0, 1), name) : [] };
  }

  /** A thing on record here: its page, by default and for whoever asks for the product or its story. */
  private pageLinks(level: readonly Element[], name: ReadableName): ResolverLink[] {
    const { publicUrl } = this.config;
    const at = { level: levelOf(level), anchor: writeDigitalLinkUri(level, publicUrl) ?? publicUrl, itemDescription: level.map(({ ai, value }) => `(${ai}) ${value}`).join(' ') };
    const page = `${publicUrl}/p${name.path}`;
    const told = (type: string, language: 'zh' | 'en', title: string): ResolverLink => ({ ...at, linkType: `${VOCABULARY}${type}`, href: `${page}?lang=${language}`, title, hreflang: [language], type: 'text/html' });
    return [
      { ...at, linkType: DEFAULT_LINK, href: page, title: '溯源档案 Passport' },
      ...(['pip', 'traceability'] as const).flatMap((type) => [told(type, 'zh', '溯源档案'), told(type, 'en', 'Passport')]),
    ];
  }

  private answerLinkset(request: FastifyRequest, reply: FastifyReply, status: 200 | 300, links: readonly ResolverLink[], levels: readonly string[]): void {
    const form = linksetForm(request.headers.accept);
    const set = writeLinkset(links, levels);
    reply.headers({ ...CORS, 'Cache-Control': 'no-cache', Vary: 'Accept, Accept-Language', Link: CONTEXT_HEADER }).code(status)
      .type(form === 'text/html' ? 'text/html; charset=utf-8' : form).send(linksetText(set, form, '链接 Links'));
  }
}

/** 307, with the query as it was sent already in it. */
function redirect(reply: FastifyReply, location: string): void {
  reply.headers({ ...CORS, 'Cache-Control': 'no-cache', Vary: 'Accept, Accept-Language' }).code(307).header('Location', location).send();
}

/** Of a query only what is an AI: parameters of others, whatever characters they hold, are theirs. */
function attributesOf(query: string): string {
  const attributes = query.split(/[&;]/).filter((parameter) => /^[0-9]*=/.test(parameter));
  return attributes.length === 0 ? '' : `?${attributes.join('&')}`;
}

function asked(query: string): { readonly linkType?: string; readonly context?: string } {
  const parameters = new URLSearchParams(query);
  const linkType = parameters.get('linkType') ?? undefined;
  return { ...(linkType !== undefined && linkType !== '' && { linkType }), context: parameters.get('context') ?? undefined };
}

const wordsOf = ({ message }: Gs1Fault): { readonly zh: string; readonly en: string } => ({ zh: `${message.zh}。`, en: `${message.en}.` });

const NOTHING_HERE = messageOf({ kind: 'never-issued', level: 'product' });

const SEVERAL_KEYS = { zh: '路径中有多个 GS1 主标识。', en: 'The path holds more than one GS1 key.' };
