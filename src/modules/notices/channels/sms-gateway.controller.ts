import { Body, Controller, Get, Headers, Param, Post, Put, Req } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBody, ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { orProblem, Problem } from '../../../platform/index.js';
import { About, AlsoAnswers, Answers, IfMatch, IgnoresIdempotencyKey, Public } from '../../../platform/http/index.js';
import type { ExpectedVersion } from '../../../shared/version.js';
import type { Actor } from '../../councils/index.js';
import { CurrentActor, Rights } from '../../councils/http.js';
import { CouncilPath, SmsReceiptView } from '../receipts/dto/contact-mark.dto.js';
import { GatewayTestBody, GatewayTestView, SmsGatewayBody, SmsGatewayView } from './dto/sms-gateway.dto.js';
import { SmsGatewaysService } from './sms-gateways.service.js';
import { SmsReceiptsService } from '../receipts/sms-receipts.service.js';

@ApiTags('notices')
@Controller('api/v1')
export class SmsGatewayController {
  constructor(
    private readonly gateways: SmsGatewaysService,
    private readonly receipts: SmsReceiptsService,
  ) {}

  @Get('sms-gateway')
  @About('Read the SMS gateway', 'How SMS leave. Secrets are not shown. 404 while none is set up.')
  @Rights('settings:read', 'council_manager', 'auditor')
  @Answers(SmsGatewayView)
  @AlsoAnswers('NOT_FOUND')
  async get(@CurrentActor() actor: Actor): Promise<SmsGatewayView> {
    return SmsGatewayView.of(orProblem(await this.gateways.get(actor.councilId)));
  }

  @Put('sms-gateway')
  @About(
    'Set up the SMS gateway',
    'Any gateway with an HTTP interface: how to call it, and how to read its answers, receipts and replies. Secrets that are left out stay as they are.',
  )
  @Rights('settings:write', 'council_manager')
  @Answers(SmsGatewayView)
  async replace(@CurrentActor() actor: Actor, @IfMatch() expected: ExpectedVersion, @Body() body: SmsGatewayBody): Promise<SmsGatewayView> {
    return SmsGatewayView.of(orProblem(await this.gateways.replace(actor, expected, SmsGatewayBody.toDraft(body))));
  }

  @Post('sms-gateway/test')
  @About('Send a test SMS', 'By what is saved, and says word for word what came back.')
  @Rights('settings:write', 'council_manager')
  @IgnoresIdempotencyKey()
  @Answers(GatewayTestView, 'what came back for one SMS, sent by what is saved; asked again, another is sent')
  @AlsoAnswers('NOT_FOUND')
  test(@CurrentActor() actor: Actor, @Body() { to }: GatewayTestBody): Promise<GatewayTestView> {
    return this.gateways.test(actor, to).then(orProblem);
  }

  /** The body is what the gateway sends; the council's settings say how it is read. */
  @Post('public/:councilCode/sms-receipts')
  @About(
    'Take an SMS receipt',
    'Called by the gateway: what became of a message, or what a family replied. It is signed as Standard Webhooks has it.',
  )
  @Public()
  @RouteConfig({ keepsText: true })
  @IgnoresIdempotencyKey()
  @Answers(SmsReceiptView, 'taken; a receipt that came before does nothing again')
  @AlsoAnswers('UNAUTHENTICATED', 'NOT_FOUND')
  @ApiBody({ schema: { type: 'object', additionalProperties: true, example: { id: 'gw-1', status: 'DELIVRD' } } })
  @ApiHeader({ name: 'webhook-id', required: true, description: 'the receipt’s own id', schema: { type: 'string' } })
  @ApiHeader({
    name: 'webhook-timestamp',
    required: true,
    description: 'seconds since 1970; at most five minutes old',
    schema: { type: 'string' },
  })
  @ApiHeader({
    name: 'webhook-signature',
    required: true,
    description: 'v1,<base64 HMAC-SHA256 of id.timestamp.body with the secret of the settings>; several, separated by blanks',
    schema: { type: 'string' },
  })
  async take(
    @Param() { councilCode }: CouncilPath,
    @Headers('webhook-id') id = '',
    @Headers('webhook-timestamp') timestamp = '',
    @Headers('webhook-signature') signature = '',
    @Req() { text, body }: FastifyRequest,
  ): Promise<SmsReceiptView> {
    const receipt = { id: id.slice(0, 200), timestamp, signature, text: text ?? '', body };
    if (orProblem(await this.receipts.take(councilCode, receipt)) === 'unsigned') {
      throw Problem.of('UNAUTHENTICATED', { detail: 'the signature is missing, wrong or too old' });
    }
    return { taken: true };
  }
}
