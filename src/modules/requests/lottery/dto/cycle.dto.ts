import { Field, orNull, Parameter, VersionedView } from '../../../../platform/http/index.js';
import { states } from '../../../../shared/machine.js';
import { cycleMachine, type CycleState } from '../../domain/cycle.machine.js';
import { checkedTicket, commitmentTo } from '../../domain/lottery.rules.js';
import type { Cycle } from '../lottery.repository.js';
import type { PublicLottery } from '../lottery.service.js';

const hex = 'SHA-256 in hex';

export class CycleBody {
  @Field.text({
    max: 500,
    about: 'which public value will fix the tickets: one that nobody knows yet',
    example: 'Loto, tirage du 2026-11-09',
  })
  publicValueName: string;

  @Field.text({ max: 2000, ...orNull, example: null, about: 'needed after the first cycle, and public: why tickets are drawn again' })
  reason?: string | null;
}

export class OpeningBody {
  @Field.label({ max: 500, about: 'the public value, exactly as it was published', example: '4 8 15 16 23 42' })
  publicValue: string;
}

export class CycleView extends VersionedView {
  @Field.integer({ min: 1, example: 1, about: '1 is the council’s first cycle' })
  number: number;

  @Field.oneOf(states(cycleMachine), {
    example: 'announced',
    about: 'announced: the seed is drawn; opened: the tickets hold; closed: the seed is published',
  })
  state: CycleState;

  @Field.text({ about: `of the seed, which the program drew: ${hex}` })
  seedHash: string;

  @Field.text({ max: 500, example: 'Loto, tirage du 2026-11-09', about: 'which public value fixes the tickets' })
  publicValueName: string;

  @Field.text({ max: 500, nullable: true, about: 'once it is opened' })
  publicValue: string | null;

  @Field.text({ nullable: true, about: 'in hex, once it is closed' })
  seed: string | null;

  @Field.text({ max: 2000, nullable: true, about: 'why tickets were drawn again' })
  reason: string | null;

  @Field.instant({ nullable: true })
  openedAt: string | null;

  @Field.instant({ nullable: true })
  closedAt: string | null;

  static of(cycle: Cycle): CycleView {
    const { number, state, seed, publicValueName, publicValue, reason, openedAt, closedAt } = cycle;
    return {
      ...VersionedView.parts(cycle),
      number,
      state,
      seedHash: commitmentTo(seed),
      publicValueName,
      publicValue,
      reason,
      seed: state === 'closed' ? seed.toString('hex') : null,
      openedAt: openedAt?.toISOString() ?? null,
      closedAt: closedAt?.toISOString() ?? null,
    };
  }
}

export class PublicLotteryQuery {
  @Parameter.uuid({ about: 'a household whose tickets are to be reckoned; it is looked up nowhere' })
  householdId?: string;
}

export class PublicCycleView extends CycleView {
  @Field.text({ nullable: true, about: 'of the household that was asked for, once the seed is published' })
  ticket: string | null;
}

export class LotteryCouncilView {
  @Field.text({ example: 'gonesse' })
  code: string;

  @Field.text({ example: 'Ville de Gonesse' })
  name: string;
}

export class PublicLotteryView {
  @Field.nested(() => LotteryCouncilView, { about: 'whose lottery it is' })
  council: LotteryCouncilView;

  @Field.text({
    nullable: true,
    about: `of the key before the first cycle, which the program drew: ${hex}; null while nobody has asked for anything`,
  })
  firstKeyHash: string | null;

  @Field.text({ nullable: true, about: 'that key in hex, once a cycle has been opened' })
  firstKey: string | null;

  @Field.nestedList(() => PublicCycleView, { max: 200, about: 'the latest first' })
  cycles: PublicCycleView[];

  static of({ council: { code, name }, firstKey, cycles }: PublicLottery, householdId: string | null): PublicLotteryView {
    const isFirstKeyUsedUp = cycles.some(({ openedAt }) => openedAt !== null);
    return {
      council: { code, name },
      firstKeyHash: firstKey && commitmentTo(firstKey),
      firstKey: isFirstKeyUsedUp && firstKey ? firstKey.toString('hex') : null,
      cycles: cycles.map((cycle) => ({ ...CycleView.of(cycle), ticket: ticketIn(CycleView.of(cycle), householdId) })),
    };
  }
}

function ticketIn({ seed, publicValue }: CycleView, householdId: string | null): string | null {
  if (seed === null || publicValue === null || householdId === null) return null;
  return checkedTicket({ seed, publicValue, householdId }).ticket;
}
