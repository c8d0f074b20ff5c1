import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, IgnoresIdempotencyKey, orProblem, Public } from '../../platform/index.js';
import { AcceptanceBody, AcceptanceView } from './dto/user.dto.js';
import { InvitationsService } from './invitations.service.js';

@ApiTags('sign-in')
@Controller('api/v1/invitations')
export class InvitationsController {
  constructor(private readonly invitations: InvitationsService) {}

  @Post('acceptance')
  @IgnoresIdempotencyKey()
  @Public()
  @Answers(AcceptanceView, 'the password is set, and the link is used up')
  async accept(@Body() { token, password }: AcceptanceBody): Promise<AcceptanceView> {
    return orProblem(await this.invitations.accept(token, password));
  }
}
