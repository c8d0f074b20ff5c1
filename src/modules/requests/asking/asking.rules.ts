import { isDeepStrictEqual } from 'node:util';
import {
  answerOfConnectivity,
  answerOfRanges,
  availabilityOf,
  filedConnectivity,
  filedRanges,
  HOME_DEVICES,
  type HomeDevice,
  type HomeDeviceAnswer,
  type Level,
  LEVELS,
  MOST_CHILDREN,
  MOST_OF_A_KIND,
} from '../../needs/index.js';
import type { Connectivity, Draft, Equipment, Household, Learner } from '../../households/index.js';
import { foldForSearch } from '../../../shared/plain-text.js';
import { classOf, DEVICE_CLASSES, type DeviceCategory, type DeviceClass } from '../../../shared/vocabulary.js';
import type { AskedChild, AskingAnswers } from './asking.js';
import type { LineWish } from '../domain/request.rules.js';

/** The parts of a file that these questions are about. */
type AskedFile = Pick<Household, 'learners' | 'equipment' | 'connectivity' | 'homeAlone'>;

/** What a file will have when the answers are in it. */
export interface AnsweredParts {
  /** A child who is not in the file yet has no id. */
  readonly learners: readonly Draft<Learner>[];
  readonly equipment: readonly Draft<Equipment>[];
  readonly connectivity: Connectivity | null;
  readonly homeAlone: boolean | null;
}

const isAskedLevel = (level: string): level is Level => (LEVELS as readonly string[]).includes(level);
const isHomeDevice = (category: DeviceCategory): category is HomeDevice => (HOME_DEVICES as readonly string[]).includes(category);

/** What a file answers already. Nobody is asked twice: it stands in the form, to be confirmed or changed. */
export function answersOfFile({ learners, equipment, connectivity, homeAlone }: AskedFile): AskingAnswers {
  const devices = HOME_DEVICES.flatMap((category) =>
    ofKind(equipment, category)
      .slice(0, MOST_OF_A_KIND)
      .map(({ available }): HomeDeviceAnswer => ({ category, ...(answerOfRanges(available) ?? { time: null, hours: null }) })),
  );
  return {
    children: learners.flatMap((learner) => childOf(learner) ?? []).slice(0, MOST_CHILDREN),
    devices: devices.length > 0 ? devices : null,
    connection: answerOfConnectivity(connectivity),
    alone: homeAlone,
    statement: null,
    wishes: null,
    pickup: null,
  };
}

function childOf({ id, givenName, familyName, level, examYear, schoolId }: Learner): AskedChild | null {
  if (!isAskedLevel(level)) return null;
  return { id, givenName, familyName, level, exam: examYear, school: schoolId === null ? null : { id: schoolId } };
}

const ofKind = (equipment: readonly Equipment[], category: HomeDevice) => equipment.filter((each) => each.category === category);

/** Whether nothing is left to be answered. */
export function isWhole({ children, devices, connection, alone, statement, wishes, pickup }: AskingAnswers): boolean {
  const isAll = [devices, connection, alone, statement, wishes, pickup].every((answer) => answer !== null);
  return (
    isAll &&
    children.length > 0 &&
    children.every(({ school }) => school !== null) &&
    (devices ?? []).every((device) => availabilityOf(device) !== null) &&
    (wishes ?? []).length > 0
  );
}

/** Puts the answers into a file. Who and what nobody was asked about stays, and so does what was answered as it stands there. */
export function answeredParts(file: AskedFile, answers: AskingAnswers): AnsweredParts {
  const children = knownChildren(answers.children, file.learners);
  const equipment = equipmentAfter(file.equipment, answers.devices ?? []);
  return {
    learners: learnersAfter(file.learners, children),
    equipment,
    connectivity: connectivityAfter(file, answers.connection, equipment),
    homeAlone: answers.alone,
  };
}

/** Whether the answers change anything in the file. */
export function changesFile({ learners, equipment, connectivity, homeAlone }: AskedFile, parts: AnsweredParts): boolean {
  return !isDeepStrictEqual({ learners, equipment, connectivity, homeAlone }, parts);
}

/** Who is typed in again under the name of a learner of the file is that learner, and no second one. */
function knownChildren(children: readonly AskedChild[], learners: readonly Learner[]): AskedChild[] {
  const named = ({ givenName, familyName }: Pick<Learner, 'givenName' | 'familyName'>) => foldForSearch(`${givenName} ${familyName}`);
  const free = learners.filter(({ id }) => children.every((child) => child.id !== id));
  return children.map((child) => {
    const same = learners.some(({ id }) => id === child.id) ? undefined : free.find((learner) => named(learner) === named(child));
    return same ? { ...child, id: same.id } : child;
  });
}

function learnersAfter(learners: readonly Learner[], children: readonly AskedChild[]): Draft<Learner>[] {
  const stay = learners.map((learner) => {
    const child = children.find(({ id }) => id === learner.id);
    return child ? withAnswers(learner, child) : learner;
  });
  const added = children.filter(({ id }) => learners.every((learner) => learner.id !== id));
  return [...stay, ...added.map(newLearner)];
}

function withAnswers(learner: Learner, { givenName, familyName, level, exam, school }: AskedChild): Learner {
  const schoolId = school ? school.id : learner.schoolId;
  // A class is of one school: who goes to another is in another class.
  const className = schoolId === learner.schoolId && level === learner.level ? learner.className : null;
  return { ...learner, givenName, familyName, level, examYear: exam, schoolId, className };
}

function newLearner({ givenName, familyName, level, exam, school }: AskedChild): Draft<Learner> {
  const unknown = { className: null, largeScreen: false, externalId: null, timetable: null };
  return { id: null, givenName, familyName, level, schoolId: school?.id ?? null, examYear: exam, ...unknown };
}

/** The n-th thing of a kind in the answers is the n-th of that kind in the file. */
function equipmentAfter(equipment: readonly Equipment[], devices: readonly HomeDeviceAnswer[]): Draft<Equipment>[] {
  const answered = new Map(HOME_DEVICES.map((category) => [category, devices.filter((device) => device.category === category)]));
  const places = new Map<HomeDevice, number>();
  const stay = equipment.flatMap((item): Draft<Equipment>[] => {
    if (!isHomeDevice(item.category)) return [item];
    const place = places.get(item.category) ?? 0;
    places.set(item.category, place + 1);
    if (place >= MOST_OF_A_KIND) return [item];
    const answer = answered.get(item.category)?.[place];
    return answer ? [{ ...item, available: availableAfter(item.available, answer) }] : [];
  });
  const added = HOME_DEVICES.flatMap((category) => (answered.get(category) ?? []).slice(places.get(category) ?? 0));
  return [
    ...stay,
    ...added.map((answer) => ({ id: null, category: answer.category, label: null, available: availableAfter(null, answer) })),
  ];
}

function availableAfter(before: Equipment['available'], answer: HomeDeviceAnswer): Equipment['available'] {
  const when = availabilityOf(answer);
  if (when === null || isDeepStrictEqual(answerOfRanges(before), { time: answer.time, hours: answer.hours })) return before;
  return filedRanges(when);
}

function connectivityAfter(
  { connectivity, equipment }: AskedFile,
  connection: AskingAnswers['connection'],
  after: readonly Draft<Equipment>[],
): Connectivity | null {
  if (connection === null) return connectivity;
  const isAsBefore = answerOfConnectivity(connectivity) === connection;
  // A connection that goes with a telephone changes with the telephones.
  return isAsBefore && (connection !== 'phone' || isDeepStrictEqual(equipment, after))
    ? connectivity
    : filedConnectivity(connection, after);
}

/** The ids, in the file with the answers in it, of those for whom the family asks. */
export function askedLearners(
  children: readonly AskedChild[],
  before: readonly Learner[],
  after: readonly Pick<Learner, 'id'>[],
): string[] {
  const known = before.map(({ id }) => id);
  const added = after.map(({ id }) => id).filter((id) => !known.includes(id));
  return [...new Set(knownChildren(children, before).flatMap(({ id }) => (known.includes(id) ? id : (added.shift() ?? []))))];
}

/** What the request asks for: one device of each class that is wished for. */
export function wishedLines(wishes: readonly DeviceCategory[], learnerIds: readonly string[]): LineWish[] {
  return classesOf(wishes).map((deviceClass) => ({
    class: deviceClass,
    learnerIds,
    acceptableCategories: wishes.filter((category) => classOf(category) === deviceClass),
  }));
}

export const classesOf = (categories: readonly DeviceCategory[]): DeviceClass[] =>
  (Object.keys(DEVICE_CLASSES) as DeviceClass[]).filter((deviceClass) => categories.some((category) => classOf(category) === deviceClass));
