import { Body, Controller, Post, Req } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import { orProblem } from '../../../platform/index.js';
import { About, AlsoAnswers, Answers, idempotencyKeyOf, IgnoresIdempotencyKey, Public } from '../../../platform/http/index.js';
import type { FastifyRequest } from 'fastify';
import { AcceptanceBody, AcceptanceView } from './dto/user.dto.js';
import { InvitationsService } from './invitations.service.js';

@ApiTags('sign-in')
@Controller('api/v1/invitations')
export class InvitationsController {
  constructor(private readonly invitations: InvitationsService) {}

  @Post('acceptance')
  @About('Accept an invitation', 'Sets the password of the person whose link it is. The link works once and for a limited time.')
  @IgnoresIdempotencyKey()
  @Public()
  @Answers(AcceptanceView, 'the password is set, and the link is used up')
  @AlsoAnswers('IDEMPOTENCY_KEY_REUSED')
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description:
      'quoted string of 1 to 255 characters: the link that was used up with it, sent again with the same password, is answered as the first time',
    schema: { type: 'string' },
  })
  async accept(@Body() { token, password }: AcceptanceBody, @Req() request: FastifyRequest): Promise<AcceptanceView> {
    return orProblem(await this.invitations.accept(token, password, idempotencyKeyOf(request)));
  }
}
