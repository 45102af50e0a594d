import { Controller, Get, Options, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '@daodi/registry';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readPublicPath } from '../facts/target';
import { malformed, messageOf } from '../page/message-page';
import { Passports } from '../passports.service';
import { answerMessage, answerOptions, CORS, sentPath } from './public-answer';

const CODES = ['b/*', '00/*', '01/*', '414/*'];

/**
 * Where a printed code leads: our own codes and GS1 Digital Links (URI Syntax 1.7), on one door. 307 to the default
 * link with the query as it was sent; 400 where the code cannot be read, 404 where it was never issued.
 */
@ApiExcludeController()
@Controller()
@Public()
export class ResolverController {
  constructor(private readonly passports: Passports) {}

  @Get(CODES)
  async resolve(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { path, query } = sentPath(request);
    const name = readPublicPath(path, query);
    if (name.kind === 'malformed') return answerMessage(request, reply, malformed(name.why), this.passports.isDemo);
    const target = await this.passports.find(name);
    if (target.kind === 'never-issued') return answerMessage(request, reply, messageOf(target), this.passports.isDemo, 'code' in name ? name.code : undefined);
    reply
      .headers({ ...CORS, 'Cache-Control': 'no-cache' })
      .code(307)
      .header('Location', `/p${name.path}${query === '' ? '' : `?${query}`}`)
      .send();
  }

  @Options(CODES)
  options(@Res() reply: FastifyReply): void {
    answerOptions(reply);
  }
}
