import type { ComponentChild, ComponentChildren } from 'preact';
import { initials } from '../domain/initials.js';
import { planLanguage, type PlanLanguage } from '../domain/plan-language.js';
import { deviceNames, learnerNames } from '../domain/plan-names.js';
import type { PlanWeek } from '../domain/plan-week.js';
import type { LearnerShare, PlanBlock } from '../domain/sharing-plan.js';
import { minutesOf } from '../domain/time-of-day.js';
import { type GridRow, weekGrid, type WeekGrid } from '../domain/week-grid.js';
import { MARKS } from './plan-page.style.js';

/** A week that is shown. */
export type ShownWeek = Pick<PlanWeek, 'language' | 'learners' | 'devices' | 'plan'>;

/** What all parts of the plan use. */
interface PageContext {
  readonly language: PlanLanguage;
  readonly names: ReadonlyMap<string, string>;
  readonly devices: ReadonlyMap<string, string>;
  /** By learner: the initials, and the CSS class of the pattern and border. */
  readonly marks: ReadonlyMap<string, { readonly initials: string; readonly look: string }>;
}

interface PlanViewProps {
  readonly week: ShownWeek;
  /** For which days it holds, if it holds for some only; it names the table. */
  readonly days?: string;
  /** What stands beside the heading. */
  readonly children?: ComponentChildren;
}

/**
 * The plan under its heading, for any page that has `PLAN_STYLE` and puts it into an element of the class `plan`. It prints on one A4 page in black
 * and white.
 */
export function PlanView({ week, days, children }: PlanViewProps) {
  const { learners, plan } = week;
  const language = planLanguage(week.language);
  const short = initials(
    learners.map(({ name }) => name),
    language.tag,
  );
  const page: PageContext = {
    language,
    names: learnerNames(week),
    devices: deviceNames(week, language.texts),
    marks: new Map(learners.map(({ id }, place) => [id, { initials: short[place] ?? '', look: `m${place % MARKS}` }])),
  };
  const grid = weekGrid(
    plan.blocks,
    learners.map(({ id }) => id),
  );
  const { texts } = language;
  const caption = days === undefined ? texts.title : `${texts.title}, ${days}`;
  return (
    <>
      <header>
        <h1>{texts.title}</h1>
        {children}
      </header>
      {plan.blocks.length === 0 ? <p>{texts.nothingPlanned}</p> : <Week page={page} grid={grid} caption={caption} />}
      {grid.days.map(({ weekday }) => (
        <Day key={weekday} page={page} weekday={weekday} blocks={plan.blocks.filter((block) => block.weekday === weekday)} />
      ))}
      <section class={learners.length > FEW ? 'key many' : 'key'}>
        <h2>{texts.legend}</h2>
        <ul>
          {learners.map(({ id }) => (
            <Learner key={id} page={page} id={id} share={plan.learners.find((share) => share.id === id)} />
          ))}
        </ul>
      </section>
    </>
  );
}

/**
 * So many blocks side by side are too narrow for words on one line. Their row gets more height, if there are at most `MOST_TALL` such rows.
 */
const CROWD = 3;
const MOST_TALL = 4;
/** With more learners than that the legend is smaller. */
const FEW = 4;

/** The week as a table, for paper and wide screens. */
function Week({ page, grid, caption }: { page: PageContext; grid: WeekGrid; caption: string }) {
  const { language } = page;
  const areTall = grid.rows.filter(({ crowd }) => crowd >= CROWD).length <= MOST_TALL;
  return (
    <div class={`week ${sizeOf(grid.rows.length)}`}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th class="t" scope="col">
              {language.texts.time}
            </th>
            {grid.days.map(({ weekday, columns }) => (
              <th key={weekday} scope={columns > 1 ? 'colgroup' : 'col'} colSpan={manyOf(columns)}>
                {language.weekday(weekday)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {grid.rows.map((row) => (
            <Row key={row.from} page={page} row={row} tall={areTall && row.crowd >= CROWD} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The class that fits the number of rows on the page. */
function sizeOf(rows: number): string {
  return rows <= 14 ? 'r1' : rows <= 26 ? 'r3' : 'r4';
}

const manyOf = (count: number) => (count > 1 ? count : undefined);

function Row({ page, row, tall }: { page: PageContext; row: GridRow; tall: boolean }) {
  const { time } = page.language;
  return (
    <tr class={row.free ? 'free' : tall ? 'tall' : undefined}>
      <th scope="row">
        {time(row.from)}
        <small>–{time(row.to)}</small>
      </th>
      {row.days.flat().map(({ block, rows, columns }, place) =>
        block ? (
          <td key={place} class={page.marks.get(block.learner)?.look} rowSpan={manyOf(rows)} colSpan={manyOf(columns)}>
            <div>
              <p>
                <i />
                <b>{page.marks.get(block.learner)?.initials}</b>
                <span>{page.language.texts[block.kind]}</span>
                <bdi>{page.devices.get(block.device)}</bdi>
              </p>
            </div>
          </td>
        ) : (
          <td key={place} colSpan={manyOf(columns)} />
        ),
      )}
    </tr>
  );
}

/** One day as a list, for telephones. */
function Day({ page, weekday, blocks }: { page: PageContext; weekday: number; blocks: readonly PlanBlock[] }) {
  if (blocks.length === 0) return null;
  const { language, marks, names, devices } = page;
  return (
    <section class="day">
      <h2>{language.weekday(weekday)}</h2>
      <ul>
        {blocks.map(({ learner, device, kind, from, to }, place) => (
          <li key={place} class={marks.get(learner)?.look}>
            <i />
            {language.time(minutesOf(from))}–{language.time(minutesOf(to))}{' '}
            <b>
              <bdi>{names.get(learner)}</bdi>
            </b>{' '}
            {language.texts[kind]} · <bdi>{devices.get(device)}</bdi>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** One line of the legend, with what the learner gets. */
function Learner({ page, id, share }: { page: PageContext; id: string; share: LearnerShare | undefined }) {
  const mark = page.marks.get(id);
  return (
    <li class={mark?.look}>
      <i />
      <b>{mark?.initials}</b>
      <span>{share ? sentence(page, share) : <bdi>{page.names.get(id)}</bdi>}</span>
    </li>
  );
}

function sentence({ language, names }: PageContext, { id, liveMinutes, workMinutes, uncoveredMinutes }: LearnerShare): ComponentChild[] {
  const { lacks, covered, nothingToDo } = language.texts;
  const whole = liveMinutes.demanded + workMinutes.demanded;
  const values: Record<string, ComponentChild> = {
    '{name}': <bdi>{names.get(id)}</bdi>,
    '{lacking}': language.length(uncoveredMinutes),
    '{whole}': language.length(whole),
  };
  const text = whole === 0 ? nothingToDo : uncoveredMinutes > 0 ? lacks : covered;
  return text.split(/(\{\w+\})/).map((part) => values[part] ?? part);
}
