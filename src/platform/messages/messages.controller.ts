import { Controller, Get, Headers, Query, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { prefersPage } from '../../shared/quality-values.js';
import { Cursors, type Page, PageQuery } from '../http/page.js';
import { Public } from '../http/public.js';
import { showPage } from '../http/show-page.js';
import { messagesPage } from './messages.page.js';
import { ThisMachineGuard } from './this-machine.guard.js';
import { type ShownMessage, ShownMessagesRepository } from './shown-messages.repository.js';

const LIST = 'messages';

class MessagesQuery extends PageQuery {
  override limit = 10;
}

/** Shows the messages that would have been sent, for people who develop the program or try it out: as a page, or as JSON for scripts. */
@Controller('messages')
@ApiExcludeController()
@UseGuards(ThisMachineGuard)
export class MessagesController {
  constructor(
    private readonly messages: ShownMessagesRepository,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @Public({ but: 'only in development, and to the machine that it runs on' })
  async list(
    @Query() { limit, cursor }: MessagesQuery,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Page<ShownMessage> | string> {
    const [before = null] = this.cursors.after(LIST, cursor) ?? [];
    const messages = await this.messages.newest(limit + 1, before as number | null);
    const page = this.cursors.page(
      LIST,
      messages,
      limit,
      ({ number }) => [number],
      (message) => message,
    );
    return prefersPage(accept) ? showPage(reply, messagesPage(page, { isFirst: cursor === undefined })) : page;
  }
}
