import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Clock, isDatabaseAway, type JobOf, Log, Transactions, type Tx } from '../../../platform/index.js';
import { ChannelHealthRepository, CHANNEL_PAUSED, type SendingChannel, type StoredHealth } from '../channels/channel-health.repository.js';
import { ChannelHealthService } from '../channels/channel-health.service.js';
import { AvailableChannelsReader } from '../channels/available-channels-reader.js';
import { EmailChannel } from '../channels/email.channel.js';
import { NotNow, type SendingOutcome } from '../channels/sending.js';
import { SmsChannel } from '../channels/sms.channel.js';
import { ContactMarksRepository } from '../receipts/contact-marks.repository.js';
import { passesOver } from '../domain/channel-health.rules.js';
import type { Channel } from '../domain/channels.js';
import { MessageReceiptsService } from '../receipts/message-receipts.service.js';
import { MessageTextsRepository } from './message-texts.repository.js';
import { type DeliveryRecord, MessagesRepository, type NoticeOutcome, type NoticeToSend } from './messages.repository.js';
import { isUrgent, nextStep, reasonAgainst } from './next-step.js';
import { SharedAddressesRepository } from './shared-addresses.repository.js';
import { SmsGatewaysRepository } from '../channels/sms-gateways.repository.js';
import type { DELIVERY } from './sweep-notices.service.js';
import { SweepScheduler } from './sweep-scheduler.js';
import { TellOffersService } from './tell-offers.service.js';
import { type MessageAttempt, tryToWriteMessage, type WrittenMessage } from './write-message.js';

/** A provider that is away for longer than this is passed over. */
const PATIENCE_MS = 24 * 3600 * 1000;
/** So long a message that falls back waits for that of another who shares the number or the mailbox. */
const BESIDE_MS = 60_000;
/** A database that restarts is back within this time; whoever stops the program waits no longer. */
const RECORDING_MS = 10_000;
const PAUSE_MS = 250;
/** Its text cannot be written: no later try would do better. */
const TEXT_FAULT = 'TEXT_FAULT';
/** Something of ours went wrong. */
const FAULT = 'FAULT';
/** Another of the household who has the same number or mailbox is being told. */
const TOLD_BESIDE = 'TOLD_BESIDE';

type Delivery = JobOf<typeof DELIVERY>;

/** How a message ended: by which channel, and without which of its notices; or put off, or by none. */
type Ending =
  | {
      readonly kind: 'sent';
      readonly channel: Channel;
      /** Null: a letter, which is written when it is printed. */
      readonly message: WrittenMessage | null;
      readonly providerId: string | null;
      readonly broken: readonly NoticeToSend[];
    }
  /** Somebody who shares the number or the mailbox had the same there. */
  | { readonly kind: 'told' }
  | { readonly kind: 'put_off'; readonly until: Date }
  /** Their settings may be to blame, and no other channel reaches the person. */
  | { readonly kind: 'wait_for_channel'; readonly channels: readonly SendingChannel[] }
  /** Those of its channels that refused it answered; their settings were not in doubt then. */
  | { readonly kind: 'failed'; readonly problem: string; readonly refusedBy: readonly SendingChannel[] };

interface Written {
  readonly channel: 'sms' | 'email';
  readonly message: WrittenMessage;
}

/** What is to be sent, and what is true no longer. */
interface Checked {
  readonly live: readonly NoticeToSend[];
  readonly dropped: readonly NoticeOutcome[];
}

/** Sends one message: looks once more whether it is true, writes it, tries the channels in their order, and records what came of it. */
@Injectable()
export class DeliverNoticeService {
  constructor(
    private readonly transactions: Transactions,
    private readonly messages: MessagesRepository,
    private readonly channels: AvailableChannelsReader,
    private readonly email: EmailChannel,
    private readonly sms: SmsChannel,
    private readonly gateways: SmsGatewaysRepository,
    private readonly health: ChannelHealthRepository,
    private readonly states: ChannelHealthService,
    private readonly texts: MessageTextsRepository,
    private readonly marks: ContactMarksRepository,
    private readonly receipts: MessageReceiptsService,
    private readonly places: SharedAddressesRepository,
    private readonly offers: TellOffersService,
    private readonly sweeps: SweepScheduler,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** The message leaves outside of any transaction. @throws NotNow when it is to be tried again */
  async deliver(job: Delivery): Promise<void> {
    const now = this.clock.now();
    const { notices, health } = await this.transactions.read(job.councilId, async (tx) => ({
      notices: await this.messages.message(tx, job.ids.noticeId, now),
      health: new Map((await this.health.read(tx)).map((each) => [each.channel, each])),
    }));
    if (notices.length === 0) return;
    const checked = check(notices, now);
    const tried = new Set(checked.live.flatMap((notice) => notice.tried));
    const ending = checked.live.length === 0 ? null : await this.pass(job, checked.live, tried, health, now);
    const taken = ending?.kind === 'sent' && ending.channel !== 'letter' ? ending.channel : null;
    await untilRecorded(() =>
      job.complete(async (tx) => {
        if (taken !== null) await this.states.taken(tx, taken, health.get(taken));
        await this.record(tx, job.ids.noticeId, checked, ending, [...tried], now);
      }),
    );
  }

  /**
   * Tries one channel after the other; what failed for good is added to `tried`. A channel that is paused, or whose settings may be to blame
   * for a refusal, is passed over where another reaches the person; where none does, the message waits for it.
   */
  private async pass(
    job: Delivery,
    live: readonly NoticeToSend[],
    tried: Set<Channel>,
    health: ReadonlyMap<SendingChannel, StoredHealth>,
    now: Date,
  ): Promise<Ending> {
    const available = this.channels.of(live[0] as NoticeToSend);
    const doubted = new Set<SendingChannel>();
    const refused = new Set<SendingChannel>();
    let problem = live[0]?.problem ?? 'NO_CHANNEL';
    for (;;) {
      const step = nextStep(live, available, [...tried, ...doubted], now);
      if (step.kind === 'fail')
        return doubted.size > 0
          ? { kind: 'wait_for_channel', channels: [...doubted] }
          : { kind: 'failed', problem, refusedBy: [...refused] };
      if (step.kind === 'put_off') return { kind: 'put_off', until: step.until };
      const { channel } = step;
      const { message, broken, fault } = tryToWriteMessage(live, channel, now);
      this.logBroken(broken, channel, fault);
      if (message === null) {
        problem = TEXT_FAULT;
        tried.add(channel);
        continue;
      }
      if (channel === 'letter') {
        for (const each of refused) tried.add(each);
        return { kind: 'sent', channel, message: null, providerId: null, broken };
      }
      const known = health.get(channel);
      if (known && !(await this.states.mayTry(job.councilId, known))) {
        if (!passesOver(known, isUrgent(live), now)) return { kind: 'wait_for_channel', channels: [channel] };
        doubted.add(channel);
        continue;
      }
      const isFallback = tried.size + refused.size > 0;
      if (isFallback && (await this.isToldThere(job, live, channel, tried, now))) return { kind: 'told' };
      const outcome = await this.trySending(job, live, { channel, message }, tried, now);
      if (outcome.taken) {
        for (const each of refused) tried.add(each);
        return { kind: 'sent', channel, message, providerId: outcome.providerId, broken };
      }
      problem = outcome.problem;
      if (outcome.addressDead) {
        tried.add(channel);
        await this.markBounced(job.councilId, live[0] as NoticeToSend, channel);
      } else {
        const isForGood = await this.states.refused(job.councilId, channel, outcome.problem);
        refused.add(channel);
        (isForGood ? tried : doubted).add(channel);
      }
    }
  }

  /**
   * Those who share a place to which the first channel leads were made one message of; those who meet there by a later one are told once too.
   * @throws NotNow while that is open
   */
  private async isToldThere(
    job: Delivery,
    live: readonly NoticeToSend[],
    channel: 'sms' | 'email',
    tried: Set<Channel>,
    now: Date,
  ): Promise<boolean> {
    const [first] = live as readonly [NoticeToSend];
    const ids = live.map(({ id }) => id);
    const sharing = await this.transactions.read(job.councilId, (tx) => this.places.sharing(tx, ids, channel, addressOf(first, channel)));
    const isOpen = sharing.isAhead && now.getTime() - (first.handedOverAt ?? now).getTime() < BESIDE_MS;
    if (sharing.isTold || !isOpen) return sharing.isTold;
    await this.transactions.write(job.councilId, (tx) => this.messages.tried(tx, ids, TOLD_BESIDE, [...tried]));
    throw new NotNow(TOLD_BESIDE);
  }

  /** A provider that is not there is tried again later, with growing pauses; after a day it counts as having refused. */
  private async trySending(
    job: Delivery,
    live: readonly NoticeToSend[],
    written: Written,
    tried: Set<Channel>,
    now: Date,
  ): Promise<SendingOutcome> {
    const [first] = live as readonly [NoticeToSend];
    try {
      return await this.send(job, first, written);
    } catch (error) {
      const problem = error instanceof NotNow ? error.code : FAULT;
      const since = first.handedOverAt ?? now;
      if (now.getTime() - since.getTime() >= PATIENCE_MS) return { taken: false, addressDead: false, problem };
      const ids = live.map(({ id }) => id);
      await this.transactions.write(job.councilId, (tx) => this.messages.tried(tx, ids, problem, [...tried]));
      throw error;
    }
  }

  private async send(job: Delivery, first: NoticeToSend, { channel, message: { language, text } }: Written): Promise<SendingOutcome> {
    const { councilId } = job;
    const outgoing = { councilId, id: job.ids.noticeId, to: addressOf(first, channel), language, text };
    if (channel === 'email') return this.email.send(outgoing);
    const { smsGateway } = first.council;
    return this.sms.send(smsGateway === null ? null : this.gateways.openFor(councilId, smsGateway), outgoing);
  }

  /** Whoever runs the program sees what staff cannot set right. */
  private logBroken(broken: MessageAttempt['broken'], channel: Channel, fault: unknown): void {
    for (const { id: noticeId, trigger } of broken)
      this.log.error('a text could not be written', { noticeId, trigger, channel, error: (fault as Error).name });
  }

  /** Staff see the mark; whoever changes the address takes it off. */
  private async markBounced(councilId: string, notice: NoticeToSend, channel: 'sms' | 'email'): Promise<void> {
    const { id: noticeId, householdId, contact } = notice;
    const mark = { channel, reason: 'bounced', householdId, contactId: contact?.id ?? null, noticeId } as const;
    await this.transactions.write(councilId, (tx) => this.marks.mark(tx, addressOf(notice, channel), mark, this.clock.now()));
  }

  private async record(
    tx: Tx,
    messageId: string,
    { live, dropped }: Checked,
    ending: Ending | null,
    tried: readonly Channel[],
    now: Date,
  ): Promise<void> {
    const passage = { channel: null, tried, providerId: null, address: null, hasLeft: ending?.kind === 'sent' };
    if (dropped.length > 0) await this.messages.settle(tx, dropped, passage, now);
    if (ending === null) return;
    const broken = new Set(ending.kind === 'sent' ? ending.broken.map(({ id }) => id) : []);
    const ids = live.map(({ id }) => id).filter((id) => !broken.has(id));
    if (ending.kind === 'put_off') return this.putOff(tx, ids, ending.until, tried, null);
    const waitsFor = await this.waitsFor(tx, ending);
    if (waitsFor.length > 0) {
      const until = await this.states.nextChance(tx, waitsFor, now);
      const refusedBy = tried.filter((channel) => !waitsFor.some((each) => each === channel));
      return this.putOff(tx, ids, until, refusedBy, CHANNEL_PAUSED);
    }
    if (ending.kind === 'told') {
      const told = ids.map((id) => ({ id, state: 'dropped', reason: 'NOT_NEEDED' }) as const);
      return this.messages.settle(tx, told, passage, now);
    }
    if (ending.kind === 'sent') {
      if (broken.size > 0) await this.messages.settle(tx, settled([...broken], 'failed', TEXT_FAULT), passage, now);
      const left = { ...passage, channel: ending.channel, providerId: ending.providerId };
      await this.recordLeft(tx, messageId, live[0] as NoticeToSend, ids, left, now);
      if (ending.message !== null) {
        const { language, text } = ending.message;
        const told = { noticeId: messageId, language, subject: text.subject, body: text.body };
        await this.texts.keep(tx, ending.channel, [told], now);
      }
    }
    if (ending.kind === 'failed') await this.messages.settle(tx, settled(ids, 'failed', ending.problem), passage, now);
    await this.offers.follow(tx, live, ending.kind === 'sent' ? ending.channel : null, now);
  }

  /** The channels whose settings may be to blame; also those that are in doubt only since the message was refused. */
  private async waitsFor(tx: Tx, ending: Ending): Promise<readonly SendingChannel[]> {
    if (ending.kind === 'wait_for_channel') return ending.channels;
    return ending.kind === 'failed' ? this.states.paused(tx, ending.refusedBy) : [];
  }

  private async putOff(tx: Tx, ids: readonly string[], until: Date, tried: readonly Channel[], problem: string | null): Promise<void> {
    await this.messages.putOff(tx, ids, until, tried, problem);
    await this.sweeps.wakeAt(tx, [until]);
  }

  private async recordLeft(
    tx: Tx,
    messageId: string,
    first: NoticeToSend,
    ids: readonly string[],
    passage: DeliveryRecord,
    now: Date,
  ): Promise<void> {
    const state = passage.channel === 'letter' ? 'to_print' : 'sent';
    if (passage.channel === null || passage.channel === 'letter') return this.messages.settle(tx, settled(ids, state, null), passage, now);
    const address = addressOf(first, passage.channel);
    // The report of an e-mail takes longer than our record of it.
    if (passage.channel === 'email') return this.messages.settle(tx, settled(ids, state, null), { ...passage, address }, now);
    await this.receipts.recording(tx, [messageId, ...(passage.providerId === null ? [] : [passage.providerId])], () =>
      this.messages.settle(tx, settled(ids, state, null), { ...passage, address }, now),
    );
  }
}

/** What has left would leave again if that were not recorded: a database that is away for a moment is waited for. */
async function untilRecorded(complete: () => Promise<void>): Promise<void> {
  const end = performance.now() + RECORDING_MS;
  for (;;) {
    try {
      await complete();
      return;
    } catch (error) {
      if (!isDatabaseAway(error) || performance.now() > end) throw error;
      await pause(PAUSE_MS);
    }
  }
}

function addressOf({ contact }: NoticeToSend, channel: 'sms' | 'email'): string {
  const address = channel === 'sms' ? contact?.phone : contact?.email;
  if (!address) throw new Error('a channel without an address');
  return address;
}

/** Each notice of a message is true for itself. */
function check(notices: readonly NoticeToSend[], now: Date): Checked {
  const live: NoticeToSend[] = [];
  const dropped: NoticeOutcome[] = [];
  for (const notice of notices) {
    const reason = reasonAgainst(notice, now);
    if (reason === null) live.push(notice);
    else dropped.push({ id: notice.id, state: 'dropped', reason });
  }
  return { live, dropped };
}

function settled(ids: readonly string[], state: NoticeOutcome['state'], reason: string | null): NoticeOutcome[] {
  return ids.map((id) => ({ id, state, reason }));
}
