import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Clock, isDatabaseAway, type JobOf, Log, Settings, Transactions } from '../../../platform/index.js';
import { ChannelHealthRepository, type SendingChannel, type StoredHealth } from '../channels/channel-health.repository.js';
import { ChannelHealthService } from '../channels/channel-health.service.js';
import { AvailableChannelsReader } from '../channels/available-channels-reader.js';
import { EmailChannel } from '../channels/email.channel.js';
import { type SendingOutcome, TransientFailure } from '../channels/sending.js';
import { SmsChannel } from '../channels/sms.channel.js';
import { ContactMarksRepository } from '../receipts/contact-marks.repository.js';
import { passesOver } from '../domain/channel-health.rules.js';
import type { Channel } from '../domain/channels.js';
import { addressOf, DeliveryRecorder, type DeliveryResult, TEXT_FAULT } from './delivery-recorder.js';
import { MessagesRepository, type NoticeOutcome, type NoticeToSend } from './messages.repository.js';
import { isUrgent, nextStep, reasonAgainst } from './next-step.js';
import { SharedAddressesRepository } from './shared-addresses.repository.js';
import { SmsGatewaysRepository } from '../channels/sms-gateways.repository.js';
import type { DELIVERY } from './sweep-notices.service.js';
import { type MessageAttempt, tryToWriteMessage, type WrittenMessage } from './write-message.js';

/** A provider that does not answer for longer than this counts as having refused the message. */
const LONGEST_RETRY_MS = 24 * 3600 * 1000;
/** When two persons share an address, a message that goes on to that channel waits so long for the other person's. */
const SHARED_ADDRESS_WAIT_MS = 60_000;
/** A database that restarts is back within this time; longer would delay the stop of the program. */
const RECORDING_MS = 10_000;
const PAUSE_MS = 250;
/** The problem of a message for which the program itself failed. */
const FAULT = 'FAULT';
/** The problem of a message that waits because another person of the household with the same address is being told. */
const TOLD_BESIDE = 'TOLD_BESIDE';

type DeliveryJob = JobOf<typeof DELIVERY>;

/** The notices of a message that are to be sent, and those that are no longer true. */
interface CheckedNotices {
  readonly live: readonly NoticeToSend[];
  readonly dropped: readonly NoticeOutcome[];
}

interface MessageForChannel {
  readonly channel: 'sms' | 'email';
  readonly message: WrittenMessage;
}

/** Sends one message: checks once more whether its notices are true, writes it, tries the channels in their order, and records the result. */
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
    private readonly recorder: DeliveryRecorder,
    private readonly marks: ContactMarksRepository,
    private readonly places: SharedAddressesRepository,
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly log: Log,
  ) {}

  /** Sends the message of a job. It leaves outside of any transaction. @throws TransientFailure when it is to be tried again */
  async deliver(job: DeliveryJob): Promise<void> {
    const now = this.clock.now();
    const { notices, health } = await this.transactions.read(job.councilId, async (tx) => ({
      notices: await this.messages.noticesOfMessage(tx, job.ids.noticeId, now),
      health: new Map((await this.health.read(tx)).map((each) => [each.channel, each])),
    }));
    if (notices.length === 0) return;
    const checked = checkedNotices(notices, now);
    const tried = new Set(checked.live.flatMap((notice) => notice.tried));
    const result = checked.live.length === 0 ? null : await this.tryChannels(job, checked.live, tried, health, now);
    const taken = result?.kind === 'sent' && result.channel !== 'letter' ? result.channel : null;
    await untilRecorded(() =>
      job.complete(async (tx) => {
        if (taken !== null) await this.states.recordTaken(tx, taken, health.get(taken));
        await this.recorder.record(tx, { messageId: job.ids.noticeId, ...checked, result, tried: [...tried], now });
      }),
    );
  }

  /**
   * Tries one channel after the other; channels that refused the message for good are added to `tried`. A channel that is paused, or whose
   * settings may be the cause of a refusal, is left out when another channel reaches the person; otherwise the message waits for it.
   */
  private async tryChannels(
    job: DeliveryJob,
    live: readonly NoticeToSend[],
    tried: Set<Channel>,
    health: ReadonlyMap<SendingChannel, StoredHealth>,
    now: Date,
  ): Promise<DeliveryResult> {
    const available = this.channels.of(live[0] as NoticeToSend);
    const doubted = new Set<SendingChannel>();
    const refused = new Map<SendingChannel, number>();
    let problem = live[0]?.problem ?? 'NO_CHANNEL';
    for (;;) {
      const step = nextStep(live, available, [...tried, ...doubted], now);
      if (step.kind === 'fail')
        return doubted.size > 0
          ? { kind: 'wait_for_channel', channels: [...doubted], refusedBy: refused }
          : { kind: 'failed', problem, refusedBy: refused };
      if (step.kind === 'put_off') return { kind: 'put_off', until: step.until };
      const { channel } = step;
      const { message, broken, fault } = tryToWriteMessage(live, channel, now, this.settings.publicAddress);
      this.logBroken(broken, channel, fault);
      if (message === null) {
        problem = TEXT_FAULT;
        tried.add(channel);
        continue;
      }
      if (channel === 'letter') {
        for (const each of refused.keys()) tried.add(each);
        return { kind: 'sent', channel, message: null, providerId: null, broken };
      }
      const known = health.get(channel);
      if (known && !(await this.states.mayTry(job.councilId, known))) {
        if (!passesOver(known, isUrgent(live), now)) return { kind: 'wait_for_channel', channels: [channel], refusedBy: refused };
        doubted.add(channel);
        continue;
      }
      const isFallback = tried.size + refused.size > 0;
      if (isFallback && (await this.isToldThere(job, live, channel, tried, now))) return { kind: 'told' };
      const outcome = await this.trySending(job, live, { channel, message }, tried, now);
      if (outcome.taken) {
        for (const each of refused.keys()) tried.add(each);
        return { kind: 'sent', channel, message, providerId: outcome.providerId, broken };
      }
      problem = outcome.problem;
      if (outcome.addressDead) {
        tried.add(channel);
        await this.markBounced(job.councilId, live[0] as NoticeToSend, channel);
      } else {
        const { isForGood, pauseCount } = await this.states.recordRefused(job.councilId, channel, outcome.problem);
        refused.set(channel, pauseCount);
        (isForGood ? tried : doubted).add(channel);
      }
    }
  }

  /**
   * Returns whether another person of the household has been told at the same address. Persons who share the address of their first channel
   * get one message from the start; here they share that of a later channel.
   * @throws TransientFailure while that is not known
   */
  private async isToldThere(
    job: DeliveryJob,
    live: readonly NoticeToSend[],
    channel: 'sms' | 'email',
    tried: Set<Channel>,
    now: Date,
  ): Promise<boolean> {
    const [first] = live as readonly [NoticeToSend];
    const ids = live.map(({ id }) => id);
    const sharing = await this.transactions.read(job.councilId, (tx) => this.places.sharing(tx, ids, channel, addressOf(first, channel)));
    const isOpen = sharing.isAhead && now.getTime() - (first.handedOverAt ?? now).getTime() < SHARED_ADDRESS_WAIT_MS;
    if (sharing.isTold || !isOpen) return sharing.isTold;
    await this.transactions.write(job.councilId, (tx) => this.messages.recordTry(tx, ids, TOLD_BESIDE, [...tried]));
    throw new TransientFailure(TOLD_BESIDE);
  }

  /**
   * Sends the message. When the provider does not answer, the message is tried again with growing pauses; after a day it counts as refused.
   */
  private async trySending(
    job: DeliveryJob,
    live: readonly NoticeToSend[],
    written: MessageForChannel,
    tried: Set<Channel>,
    now: Date,
  ): Promise<SendingOutcome> {
    const [first] = live as readonly [NoticeToSend];
    try {
      return await this.send(job, first, written);
    } catch (error) {
      const problem = error instanceof TransientFailure ? error.code : FAULT;
      const since = first.handedOverAt ?? now;
      if (now.getTime() - since.getTime() >= LONGEST_RETRY_MS) return { taken: false, addressDead: false, problem };
      const ids = live.map(({ id }) => id);
      await this.transactions.write(job.councilId, (tx) => this.messages.recordTry(tx, ids, problem, [...tried]));
      throw error;
    }
  }

  private async send(
    job: DeliveryJob,
    first: NoticeToSend,
    { channel, message: { language, text } }: MessageForChannel,
  ): Promise<SendingOutcome> {
    const { councilId } = job;
    const outgoing = { councilId, id: job.ids.noticeId, to: addressOf(first, channel), language, text };
    if (channel === 'email') return this.email.send(outgoing);
    const { smsGateway } = first.council;
    return this.sms.send(smsGateway === null ? null : this.gateways.openFor(councilId, smsGateway), outgoing);
  }

  /** Logged for whoever runs the program, since staff cannot mend it. */
  private logBroken(broken: MessageAttempt['broken'], channel: Channel, fault: unknown): void {
    for (const { id: noticeId, trigger } of broken)
      this.log.error('a text could not be written', { noticeId, trigger, channel, error: (fault as Error).name });
  }

  /** Marks the address; staff see the mark, and a new address has none. */
  private async markBounced(councilId: string, notice: NoticeToSend, channel: 'sms' | 'email'): Promise<void> {
    const { id: noticeId, householdId, contact } = notice;
    const mark = { channel, reason: 'bounced', householdId, contactId: contact?.id ?? null, noticeId } as const;
    await this.transactions.write(councilId, (tx) => this.marks.mark(tx, addressOf(notice, channel), mark, this.clock.now()));
  }
}

/** A message whose sending is not recorded would be sent again, so a database that is away for a moment is waited for. */
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

/** Divides the notices of a message into those that are true and those that are not. */
function checkedNotices(notices: readonly NoticeToSend[], now: Date): CheckedNotices {
  const live: NoticeToSend[] = [];
  const dropped: NoticeOutcome[] = [];
  for (const notice of notices) {
    const reason = reasonAgainst(notice, now);
    if (reason === null) live.push(notice);
    else dropped.push({ id: notice.id, state: 'dropped', reason });
  }
  return { live, dropped };
}
