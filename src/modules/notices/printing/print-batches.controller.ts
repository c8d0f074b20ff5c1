import { Body, Controller, Get, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { orProblem } from '../../../platform/index.js';
import {
  About,
  Answers,
  AnswersPage,
  Changes,
  Creates,
  Cursors,
  IdPath,
  Makes,
  type Page,
  PageQuery,
  Refuses,
  Shows,
} from '../../../platform/http/index.js';
import type { Actor } from '../../councils/index.js';
import { CurrentActor, Rights } from '../../councils/http.js';
import { BATCH_FILE_REFUSALS, NEW_BATCH_REFUSALS, PRINTING_REFUSALS } from '../domain/print-batch.rules.js';
import { PrintBatchBody, PrintBatchView } from './dto/print-batch.dto.js';
import { PrintBatchesService } from './print-batches.service.js';

const LIST = 'print-batches in order';
const PDF = 'application/pdf';

/** The letters that staff print and post. */
@ApiTags('notices')
@Controller('api/v1/print-batches')
export class PrintBatchesController {
  constructor(
    private readonly batches: PrintBatchesService,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @About('List print batches', 'The newest first.')
  @Rights('notices:read', 'council_manager', 'school_administrator', 'auditor')
  @AnswersPage(PrintBatchView)
  async list(@CurrentActor() actor: Actor, @Query() { limit, cursor }: PageQuery): Promise<Page<PrintBatchView>> {
    const [before] = this.cursors.after(LIST, cursor) ?? [null];
    const rows = await this.batches.list(actor, before as number | null, limit);
    return this.cursors.page(LIST, rows, limit, ({ ordinal }) => [ordinal], PrintBatchView.of);
  }

  @Post()
  @About('Make a print batch', 'Takes the letters that wait, at most 1,000.')
  @Makes('print_batch')
  @Rights('notices:write', 'council_manager', 'school_administrator')
  @Creates(PrintBatchView)
  @Refuses(NEW_BATCH_REFUSALS)
  async create(@CurrentActor() actor: Actor, @Body() { schoolId = null, siteId = null }: PrintBatchBody): Promise<PrintBatchView> {
    return PrintBatchView.of(orProblem(await this.batches.create(actor, { schoolId, siteId })));
  }

  @Get(':id')
  @About('Read a print batch', 'How many letters it has, what was left out and why.')
  @Shows('print_batch')
  @Rights('notices:read', 'council_manager', 'school_administrator', 'auditor')
  @Answers(PrintBatchView)
  async get(@CurrentActor() actor: Actor, @Param() { id }: IdPath): Promise<PrintBatchView> {
    return PrintBatchView.of(orProblem(await this.batches.find(actor, id)));
  }

  /** It needs the right to write: it contains addresses, and notices that are no longer true are dropped while it is made. */
  @Get(':id/file')
  @About('Download a batch’s letters', 'One PDF, made as things stand now. Letters that are overtaken are left out.')
  @Rights('notices:write', 'council_manager', 'school_administrator')
  @ApiProduces(PDF)
  @ApiOkResponse({
    description: 'its letters, each on pages of its own, as things stand now',
    content: { [PDF]: { schema: { type: 'string', format: 'binary' } } },
  })
  @Refuses(BATCH_FILE_REFUSALS)
  async file(@CurrentActor() actor: Actor, @Param() { id }: IdPath): Promise<StreamableFile> {
    const pdf = orProblem(await this.batches.file(actor, id));
    return new StreamableFile(pdf, { type: PDF, disposition: `attachment; filename="letters-${id}.pdf"` });
  }

  @Post(':id/printing')
  @About('Mark a batch as printed', 'Its letters count as sent from now on.')
  @Changes('print_batch')
  @Rights('notices:write', 'council_manager', 'school_administrator')
  @Answers(PrintBatchView, 'its letters count as sent now')
  @Refuses(PRINTING_REFUSALS)
  async printing(@CurrentActor() actor: Actor, @Param() { id }: IdPath): Promise<PrintBatchView> {
    return PrintBatchView.of(orProblem(await this.batches.printing(actor, id)));
  }
}
