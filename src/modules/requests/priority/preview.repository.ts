import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import type { DeviceClass } from '../../../shared/vocabulary.js';
import type { PriorityScale } from '../domain/priority-policy.rules.js';
import { PRESENT_DAY } from './present-scale.sql.js';
import { scoring } from './score.sql.js';

/** One waiting line with its present place, and the one under the draft. */
export interface PreviewedLine {
  readonly lineId: string;
  readonly householdId: string;
  readonly score: number;
  readonly position: number;
  readonly draftScore: number;
  readonly draftPosition: number;
}

/** A queue as it would be under a draft of a policy. */
export interface QueuePreview {
  readonly queueLength: number;
  /** How many lines would move up, and how many down. */
  readonly up: number;
  readonly down: number;
  /** The first lines of the queue as it would be. */
  readonly first: readonly PreviewedLine[];
  /** The lines that would gain the most places, and those that would lose the most. */
  readonly furthestUp: readonly PreviewedLine[];
  readonly furthestDown: readonly PreviewedLine[];
}

const WAITING = `SELECT l.* FROM request_lines l WHERE l.council_id = current_council() AND l.state = 'waiting' AND l.class = $2`;

const firstLines = (where: string, order: string, limit: string) => `
  (SELECT coalesce(jsonb_agg(to_jsonb(r)), '[]') FROM (SELECT * FROM ranked WHERE ${where} ORDER BY ${order} LIMIT ${limit}) r)`;

/** Parameters: the scale, the class, the lines of a page, and how many lines that move most. */
const PREVIEW = `
  WITH ${scoring({ lines: WAITING, scale: '$1::jsonb', day: PRESENT_DAY })},
  ranked AS MATERIALIZED (
    SELECT l.id AS "lineId", l.household_id AS "householdId", l.score, s.base + s.waiting AS "draftScore",
      (row_number() OVER (ORDER BY l.negative_score, l.ticket, l.id))::integer AS position,
      (row_number() OVER (ORDER BY s.base + s.waiting DESC, l.ticket, l.id))::integer AS "draftPosition"
    FROM scored s JOIN request_lines l ON l.council_id = current_council() AND l.id = s.id
  )
  SELECT count(*)::integer AS "queueLength", count(*) FILTER (WHERE "draftPosition" < position)::integer AS up,
    count(*) FILTER (WHERE "draftPosition" > position)::integer AS down,
    ${firstLines('true', '"draftPosition"', '$3')} AS first,
    ${firstLines('"draftPosition" < position', '"draftPosition" - position, "draftPosition"', '$4')} AS "furthestUp",
    ${firstLines('"draftPosition" > position', 'position - "draftPosition", "draftPosition"', '$4')} AS "furthestDown"
  FROM ranked`;

/** Computes a queue under another scale; it writes nothing. */
@Injectable()
export class PreviewRepository {
  queue(tx: Tx, scale: PriorityScale, deviceClass: DeviceClass, page: number, movers: number): Promise<QueuePreview> {
    const values = [JSON.stringify(scale), deviceClass, page, movers];
    return tx.row<QueuePreview>(PREVIEW, values);
  }
}
