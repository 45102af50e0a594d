import { Controller, Get, Optional, Options, Req, Res } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiQuery, ApiTags } from '@nestjs/swagger';
import { isPlainFromElsewhere } from '@daodi/platform';
import { Public } from '@daodi/registry';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readPublicPath } from '../facts/target';
import { INDEX, malformed, messageOf } from '../page/message-page';
import { passportPage } from '../page/passport-page';
import { Passports } from '../passports.service';
import { dayInChina } from '../domain/day-in-china';
import { keptKey } from '../kept/fast-door';
import { KeptPages } from '../kept/kept-pages';
import { answerMessage, answerOptions, freshAnswer, languageOf, sendFresh, sentPath, wantsJson } from './public-answer';

/** The public page 溯源档案, for whoever scans: HTML without script, or the same facts as JSON. */
@ApiTags('public')
@Controller('p')
@Public()
export class PublicPageController {
  constructor(
    private readonly passports: Passports,
    @Optional() private readonly kept?: KeptPages,
  ) {}

  @Get()
  @ApiExcludeEndpoint()
  index(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    answerMessage(request, reply, INDEX, this.passports.isDemo);
  }

  @Get('b/:code')
  @ApiOperation({ summary: '批次的公开页 / The public page of a batch', description: 'HTML, or JSON by Accept. 400 where the code is malformed, 404 where it was never issued, 410 where it was withdrawn. GS1 Digital Links are answered alike below /p/01/, /p/00/ and /p/414/.' })
  @ApiParam({ name: 'code', example: '7K2QZ0ABCD4' })
  @ApiQuery({ name: 'lang', required: false, enum: ['zh', 'en'] })
  @ApiProduces('text/html', 'application/json')
  @ApiOkResponse({ description: 'The page, or the passport', content: { 'text/html': { schema: { type: 'string' } }, 'application/json': { schema: { type: 'object' } } } })
  code(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.show(request, reply);
  }

  @Get('*')
  @ApiExcludeEndpoint()
  link(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.show(request, reply);
  }

  @Options(['', '*'])
  @ApiExcludeEndpoint()
  options(@Res() reply: FastifyReply): void {
    answerOptions(reply);
  }

  private async show(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { path, query } = sentPath(request);
    const { isDemo } = this.passports;
    const name = readPublicPath(path.replace(/^\/p(?=\/)/, ''), query);
    if (name.kind === 'malformed') return answerMessage(request, reply, malformed(name.why), isDemo);
    const key = keptKey(request);
    const known = key && (await this.kept?.find(key));
    if (known) return sendFresh(request, reply, known);
    const now = new Date();
    const { target, passport, rests } = await this.passports.open(name, now);
    if (passport === undefined) return answerMessage(request, reply, messageOf(target), isDemo, 'code' in name ? name.code : undefined);
    const language = languageOf(request);
    const answer = wantsJson(request.headers.accept)
      ? freshAnswer(200, 'json', JSON.stringify(passport))
      : freshAnswer(200, 'html', passportPage(passport, { language, isDemo, isPlain: isPlainFromElsewhere(request) }), language);
    // Under its own address only: whoever made up other spellings of it would push out what people ask for.
    if (key && rests && path === `/p${name.path}`) this.kept?.keep(key, answer, rests, dayInChina(now));
    sendFresh(request, reply, answer);
  }
}
