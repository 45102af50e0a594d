import { Body, Controller, Post, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Problem } from '@daodi/platform';
import type { FastifyRequest } from 'fastify';
import { OneOf, Pattern, Text } from '../input/fields';
import type { Caller } from './caller';
import { CurrentCaller, LeavesEntries, Permit } from './route-rules';
import { SIGNATURE_MEANINGS, SIGNATURE_WORDS, type SignatureMeaning } from './signature-meanings';
import { SigningService, type SigningToken } from './signing.service';

/** The password again, and what it is to sign. */
export class ConfirmSignatureDto {
  @Text(200, { description: 'The signer’s own password. 本人密码', example: 'correct horse battery staple' })
  password: string;

  @OneOf(Object.keys(SIGNATURE_MEANINGS), { description: 'What the signature says. 签名含义', meanings: SIGNATURE_WORDS })
  meaning: SignatureMeaning;

  @Pattern(/^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/, { description: 'Id of what is signed, such as the finding. 所签对象', example: '7b1c0a52-3f6e-4d0b-9a68-0d0d4f1f3c11' })
  about: string;
}

/** 电子签名: the password again for one act. */
@ApiTags('sign-in')
@Controller('api/v1/signatures')
export class SignaturesController {
  constructor(private readonly signing: SigningService) {}

  @Post()
  @Permit()
  @LeavesEntries()
  @ApiOperation({ summary: '电子签名 Give the password again for one act, and see what the signature says' })
  confirm(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() { password, meaning, about }: ConfirmSignatureDto): Promise<SigningToken> {
    if (caller.personId === undefined) throw new Problem(403, 'person-needed', { zh: '签字须由本人登录后进行，API 密钥不能签字', en: 'Only a person who signed in can sign; an API key cannot' });
    return this.signing.confirm(caller.personId, password, meaning, about.toLowerCase(), request.ip);
  }
}
