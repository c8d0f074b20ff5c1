import { Controller, Get, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Answers, AnswersPage, Creates, Cursors, IdPath, orProblem, type Page, PageQuery, Refuses } from '../../platform/index.js';
import { type Actor, CurrentActor, Rights } from '../councils/index.js';
import { PRINT_REFUSALS } from './domain/print.rules.js';
import { PrintBatchView } from './dto/print-batch.dto.js';
import { PrintBatchesService } from './print-batches.service.js';

const LIST = 'print-batches';
const PDF = 'application/pdf';

@ApiTags('notices')
@Controller('api/v1/print-batches')
export class PrintBatchesController {
  constructor(
    private readonly batches: PrintBatchesService,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @Rights('notices:read', 'council_manager', 'school_administrator', 'auditor')
  @AnswersPage(PrintBatchView)
  async list(@CurrentActor() actor: Actor, @Query() { limit, cursor }: PageQuery): Promise<Page<PrintBatchView>> {
    const [before] = this.cursors.after(LIST, cursor) ?? [null];
    const rows = await this.batches.list(actor, before as string | null, limit);
    return this.cursors.page(LIST, rows, limit, ({ id }) => [id], PrintBatchView.of);
  }

  @Post()
  @Rights('notices:write', 'council_manager', 'school_administrator')
  @Creates(PrintBatchView, 'the letters that waited, which count as posted from now on')
  @Refuses(PRINT_REFUSALS)
  async create(@CurrentActor() actor: Actor): Promise<PrintBatchView> {
    return PrintBatchView.of(orProblem(await this.batches.make(actor)));
  }

  @Get(':id')
  @Rights('notices:read', 'council_manager', 'school_administrator', 'auditor')
  @Answers(PrintBatchView)
  async get(@CurrentActor() actor: Actor, @Param() { id }: IdPath): Promise<PrintBatchView> {
    return PrintBatchView.of(orProblem(await this.batches.find(actor, id)));
  }

  @Get(':id/file')
  @Rights('notices:read', 'council_manager', 'school_administrator')
  @ApiProduces(PDF)
  @ApiOkResponse({
    description: 'one PDF, each letter on pages of its own',
    content: { [PDF]: { schema: { type: 'string', format: 'binary' } } },
  })
  async file(@CurrentActor() actor: Actor, @Param() { id }: IdPath): Promise<StreamableFile> {
    const pdf = orProblem(await this.batches.file(actor, id));
    return new StreamableFile(pdf, { type: PDF, disposition: `attachment; filename="letters-${id}.pdf"` });
  }
}
