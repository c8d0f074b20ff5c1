import { Controller, Get, Param, Post, Query, Req, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { orProblem } from '../../../platform/index.js';
import {
  About,
  Accepts,
  Answers,
  AnswersPage,
  Cursors,
  IdPath,
  Makes,
  type Page,
  PageQuery,
  receiveForm,
  Shows,
  TakesForm,
} from '../../../platform/http/index.js';
import type { Actor } from '../../councils/index.js';
import { CurrentActor, Rights } from '../../councils/http.js';
import { ImportForm, ImportRowsQuery, ImportRowView, ImportView } from './dto/import.dto.js';
import { ImportsService } from './imports.service.js';

const LIST = 'imports in order';
const ROWS = 'import-rows';
const CSV = 'text/csv';

@ApiTags('imports')
@Controller('api/v1/imports')
export class ImportsController {
  constructor(
    private readonly imports: ImportsService,
    private readonly cursors: Cursors,
  ) {}

  @Post()
  @About(
    'Import a file',
    'Takes a CSV file and reads it in the background; the `Location` of the answer tells how it goes. `mode=preview` writes nothing and says what would come of each row.',
  )
  @Makes('import')
  @Rights('imports:write', 'council_manager')
  @TakesForm(ImportForm)
  @Accepts(ImportView)
  async create(@CurrentActor() actor: Actor, @Req() request: FastifyRequest): Promise<ImportView> {
    const receive = async (store: (piece: Buffer) => Promise<void>) => ImportForm.orderOf(await receiveForm(request, ImportForm, store));
    return ImportView.of(orProblem(await this.imports.create(actor, receive)));
  }

  @Get()
  @About('List imports', 'The oldest first.')
  @Rights('imports:read', 'council_manager', 'auditor')
  @AnswersPage(ImportView)
  async list(@CurrentActor() actor: Actor, @Query() { limit, cursor }: PageQuery): Promise<Page<ImportView>> {
    const [after] = this.cursors.after(LIST, cursor) ?? [null];
    const rows = await this.imports.list(actor.councilId, after as number | null, limit);
    return this.cursors.page(LIST, rows, limit, ({ ordinal }) => [ordinal], ImportView.of);
  }

  @Get(':id')
  @About('Read an import', 'How far it is, and how many rows came to what.')
  @Shows('import')
  @Rights('imports:read', 'council_manager', 'auditor')
  @Answers(ImportView)
  async get(@CurrentActor() actor: Actor, @Param() { id }: IdPath): Promise<ImportView> {
    return ImportView.of(orProblem(await this.imports.get(actor.councilId, id)));
  }

  @Get(':id/rows')
  @About('List an import’s rows', 'What came of each row, and what is wrong with those that failed.')
  @Rights('imports:read', 'council_manager', 'auditor')
  @AnswersPage(ImportRowView)
  async rows(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdPath,
    @Query() { limit, cursor, ...filter }: ImportRowsQuery,
  ): Promise<Page<ImportRowView>> {
    const [after] = this.cursors.after(ROWS, cursor) ?? [0];
    const rows = orProblem(await this.imports.rows(actor.councilId, id, filter, after as number, limit));
    return this.cursors.page(ROWS, rows, limit, ({ line }) => [line], ImportRowView.of);
  }

  @Get(':id/errors.csv')
  @About('Download the failed rows', 'The failed rows as they were, with the reasons in a last column: to be mended and sent again.')
  @Rights('imports:read', 'council_manager', 'auditor')
  @ApiProduces(CSV)
  @ApiOkResponse({
    description: 'the failed rows, with their reasons in a last column',
    content: { [CSV]: { schema: { type: 'string' } } },
  })
  async errors(@CurrentActor() actor: Actor, @Param() { id }: IdPath): Promise<StreamableFile> {
    const text = orProblem(await this.imports.errors(actor.councilId, id));
    return new StreamableFile(Readable.from(text, { objectMode: false }), {
      type: `${CSV}; charset=utf-8`,
      disposition: `attachment; filename="import-errors-${id}.csv"`,
    });
  }
}
