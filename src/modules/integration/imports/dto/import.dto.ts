import { Field, PageQuery, Parameter, VersionedView } from '../../../../platform/http/index.js';
import { SKIPPED_LINE_CODES, type SkippedLine } from '../../domain/header.rules.js';
import { IMPORT_KIND_NAMES, importKindOf, type ImportKindName, KINDS_WITH_SITE } from '../../domain/import-kinds.js';
import { ROW_OUTCOMES, type RowFault, type RowOutcome } from '../../domain/row-outcome.js';
import {
  type Import,
  IMPORT_MODES,
  IMPORT_STATES,
  type ImportMode,
  type ImportOrder,
  type ImportRow,
  type ImportState,
} from '../imports.repository.js';

const kinds = { example: 'devices', about: 'what the file holds' } as const;
const modes = { about: 'preview changes nothing and tells what apply would do', example: 'preview' } as const;

export class ImportForm {
  @Field.file({ about: 'a CSV in UTF-8, at most 64 MiB, separated by `;`, `,` or tabs' })
  file: true;

  @Field.oneOf(IMPORT_KIND_NAMES, kinds)
  kind: ImportKindName;

  @Field.oneOf(IMPORT_MODES, modes)
  mode: ImportMode;

  @Field.uuid({ optional: true, about: KINDS_WITH_SITE.map((name) => `of ${name}: ${importKindOf(name).siteIsFor}`).join('; ') })
  siteId?: string;

  @Field.shaped('isMapping', (text) => mappingOf(text) !== null, 'must be JSON such as {"Inventory no.": "Asset Tag"}', {
    optional: true,
    max: 10_000,
    example: '{"Inventory no.": "Asset Tag"}',
    about: 'header of the file → name of a column, as JSON; goes before the names that are known',
  })
  mapping?: string;

  static orderOf({ kind, mode, siteId, mapping }: ImportForm): ImportOrder {
    return { kind, mode, siteId: siteId ?? null, mapping: (mapping === undefined ? null : mappingOf(mapping)) ?? {} };
  }
}

export class ImportRowsQuery extends PageQuery {
  @Parameter.oneOf(ROW_OUTCOMES)
  outcome?: RowOutcome;

  @Parameter.boolean({ about: 'true: only rows of which a note says what was not done, or done otherwise' })
  noted?: boolean;
}

export class FileNoteView {
  @Field.integer({ min: 1, example: 1, about: 'of the file' })
  line: number;

  @Field.text({ min: 0, max: 201, example: 'sep=;', about: 'as the file has it' })
  value: string;

  @Field.oneOf(SKIPPED_LINE_CODES, { example: 'SEPARATOR_LINE', about: 'stable' })
  code: SkippedLine['code'];

  @Field.text({ max: 1000, example: 'says which separator the file has' })
  message: string;

  static of({ line, value, code }: SkippedLine): FileNoteView {
    const message =
      code === 'SEPARATOR_LINE' ? 'says which separator the file has; it was passed over' : 'stands above the header; it was passed over';
    return { line, value, code, message };
  }
}

export class ImportView extends VersionedView {
  @Field.oneOf(IMPORT_KIND_NAMES, kinds)
  kind: ImportKindName;

  @Field.oneOf(IMPORT_MODES, modes)
  mode: ImportMode;

  @Field.oneOf(IMPORT_STATES, { about: 'failed: nothing could be read; rows that fail leave it finished', example: 'finished' })
  state: ImportState;

  @Field.integer({ nullable: true, example: 996, about: 'rows below the header; null until the file was looked through' })
  total: number | null;

  @Field.integer({ example: 996, about: 'rows that are done' })
  processed: number;

  @Field.integer({ example: 990, about: 'rows; in a preview, those that apply would create' })
  created: number;

  @Field.integer({ example: 3, about: 'rows that changed something' })
  updated: number;

  @Field.integer({ example: 2, about: 'rows that said nothing new' })
  unchanged: number;

  @Field.integer({ example: 1, about: 'rows with faults: `…/errors.csv` has them' })
  failed: number;

  @Field.integer({ example: 4, about: 'rows of any outcome with notes: `…/rows?noted=true`' })
  noted: number;

  @Field.text({ nullable: true, max: 2000, example: null, about: 'why nothing could be read' })
  problem: string | null;

  @Field.texts({ max: 10_000, maxLength: 10_000, example: ['Supplier'], about: 'headers of the file of which nothing is used' })
  unusedHeaders: string[];

  @Field.nestedList(() => FileNoteView, { about: 'lines above the header that were passed over' })
  notes: FileNoteView[];

  static of(found: Import): ImportView {
    const { kind, mode, state, total, processed, created, updated, unchanged, failed, noted, problem, plan } = found;
    const counts = { total, processed, created, updated, unchanged, failed, noted };
    const notes = (plan?.passedOver ?? []).map(FileNoteView.of);
    return { ...VersionedView.parts(found), kind, mode, state, ...counts, problem, unusedHeaders: [...(plan?.unused ?? [])], notes };
  }
}

export class RowFaultView {
  @Field.text({ nullable: true, example: 'Category', about: 'the file’s own header; null: the whole row' })
  column: string | null;

  @Field.text({ nullable: true, min: 0, max: 201, example: 'Backhoe', about: 'as the file has it; null where it has no such column' })
  value: string | null;

  @Field.text({ example: 'NOT_ONE_OF', about: 'stable' })
  code: string;

  @Field.text({ max: 1000, example: 'must be one of laptop, desktop, …', about: 'what is expected' })
  message: string;

  static of({ column, value, code, message }: RowFault): RowFaultView {
    return { column, value, code, message };
  }
}

export class ImportRowView {
  @Field.integer({ min: 2, example: 12, about: 'of the file, on which the row begins; the first line is 1' })
  line: number;

  @Field.oneOf(ROW_OUTCOMES, { example: 'failed', about: 'what came of the row; in a preview, what would' })
  outcome: RowOutcome;

  @Field.nestedList(() => RowFaultView, { about: 'what is wrong with it; empty unless it failed' })
  faults: RowFaultView[];

  @Field.nestedList(() => RowFaultView, { about: 'what the row says and was not done, or was done otherwise; the row stands all the same' })
  notes: RowFaultView[];

  static of({ line, outcome, faults, notes }: ImportRow): ImportRowView {
    return { line, outcome, faults: (faults ?? []).map(RowFaultView.of), notes: (notes ?? []).map(RowFaultView.of) };
  }
}

/** A mapping as a form carries it, read; null when it is none. */
function mappingOf(text: string): Record<string, string> | null {
  try {
    const value: unknown = JSON.parse(text);
    const isMapping =
      value !== null &&
      typeof value === 'object' &&
      !Array.isArray(value) &&
      Object.values(value).every((name) => typeof name === 'string');
    return isMapping ? (value as Record<string, string>) : null;
  } catch {
    return null;
  }
}
