import { Module } from '@nestjs/common';
import { AllocationModule } from '../allocation/allocation.module.js';
import { CouncilsModule } from '../councils/councils.module.js';
import { HouseholdsModule } from '../households/households.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { AccessCodesController } from './access-codes/access-codes.controller.js';
import { AccessCodesRepository } from './access-codes/access-codes.repository.js';
import { AccessCodesService } from './access-codes/access-codes.service.js';
import { BouncesService } from './receipts/bounces.service.js';
import { ChannelHealthRepository } from './channels/channel-health.repository.js';
import { ChannelHealthService } from './channels/channel-health.service.js';
import { AvailableChannelsReader } from './channels/available-channels-reader.js';
import { EmailChannel } from './channels/email.channel.js';
import { SmsChannel } from './channels/sms.channel.js';
import { ContactMarksController } from './receipts/contact-marks.controller.js';
import { ContactMarksRepository } from './receipts/contact-marks.repository.js';
import { ContactMarksService } from './receipts/contact-marks.service.js';
import { DeliverNoticeService } from './sending/deliver-notice.service.js';
import { DeliveryRecorder } from './sending/delivery-recorder.js';
import { DigestJobs } from './digest/digest.jobs.js';
import { DigestRepository } from './digest/digest.repository.js';
import { DigestService } from './digest/digest.service.js';
import { TellPausedChannelsService } from './digest/tell-paused-channels.service.js';
import { GatheringRepository } from './sending/gathering.repository.js';
import { MessageReceiptsService } from './receipts/message-receipts.service.js';
import { MessageTextsRepository } from './sending/message-texts.repository.js';
import { MessagesRepository } from './sending/messages.repository.js';
import { NoticePoliciesController } from './policies/notice-policies.controller.js';
import { NoticePoliciesRepository } from './policies/notice-policies.repository.js';
import { NoticePoliciesService } from './policies/notice-policies.service.js';
import { NoticeTemplatesController } from './templates/notice-templates.controller.js';
import { NoticeTemplatesRepository } from './templates/notice-templates.repository.js';
import { NoticeTemplatesService } from './templates/notice-templates.service.js';
import { NoticesController } from './list/notices.controller.js';
import { NoticesJobs } from './notices.jobs.js';
import { NoticesRepository } from './list/notices.repository.js';
import { NoticesService } from './list/notices.service.js';
import { LetterRenderer } from './letters/letter-renderer.js';
import { NoticePlanner } from './planning/notice-planner.js';
import { PlanAgainService } from './planning/plan-again.service.js';
import { PlanLoansService } from './planning/plan-loans.service.js';
import { PlanOffersService } from './planning/plan-offers.service.js';
import { PlanRequestsService } from './planning/plan-requests.service.js';
import { PlannedNoticesRepository } from './planning/planned-notices.repository.js';
import { PlanningJobs } from './planning/planning.jobs.js';
import { PlanningRepository } from './planning/planning.repository.js';
import { BatchLetterWriter } from './printing/batch-letter-writer.js';
import { PrintBatchesController } from './printing/print-batches.controller.js';
import { PrintBatchesRepository } from './printing/print-batches.repository.js';
import { PrintBatchesService } from './printing/print-batches.service.js';
import { PrintingJobs } from './printing/printing.jobs.js';
import { ReceiptsRepository } from './receipts/receipts.repository.js';
import { RunNoticesService } from './sending/run-notices.service.js';
import { SmsGatewayController } from './channels/sms-gateway.controller.js';
import { SmsGatewaysRepository } from './channels/sms-gateways.repository.js';
import { SmsGatewaysService } from './channels/sms-gateways.service.js';
import { SmsReceiptsService } from './receipts/sms-receipts.service.js';
import { CodeRecipientsRepository } from './sign-in-codes/code-recipients.repository.js';
import { SendSignInCodeService } from './sign-in-codes/send-sign-in-code.service.js';
import { SweepNoticesService } from './sending/sweep-notices.service.js';
import { SweepScheduler } from './sending/sweep-scheduler.js';
import { SharedAddressesRepository } from './sending/shared-addresses.repository.js';
import { OfferNoticeReporter } from './sending/offer-notice-reporter.js';

@Module({
  imports: [AllocationModule, CouncilsModule, HouseholdsModule, IdentityModule],
  controllers: [
    AccessCodesController,
    NoticePoliciesController,
    NoticesController,
    NoticeTemplatesController,
    ContactMarksController,
    PrintBatchesController,
    SmsGatewayController,
  ],
  providers: [
    AccessCodesRepository,
    AccessCodesService,
    BatchLetterWriter,
    LetterRenderer,
    BouncesService,
    ChannelHealthRepository,
    ChannelHealthService,
    AvailableChannelsReader,
    CodeRecipientsRepository,
    ContactMarksRepository,
    ContactMarksService,
    DeliverNoticeService,
    DeliveryRecorder,
    DigestJobs,
    DigestRepository,
    DigestService,
    EmailChannel,
    GatheringRepository,
    MessageReceiptsService,
    MessageTextsRepository,
    MessagesRepository,
    NoticePlanner,
    NoticePoliciesRepository,
    NoticePoliciesService,
    NoticeTemplatesRepository,
    NoticeTemplatesService,
    NoticesJobs,
    NoticesRepository,
    NoticesService,
    PlanAgainService,
    PlanLoansService,
    PlanOffersService,
    PlanRequestsService,
    PlannedNoticesRepository,
    PlanningJobs,
    PlanningRepository,
    PrintBatchesRepository,
    PrintBatchesService,
    PrintingJobs,
    ReceiptsRepository,
    RunNoticesService,
    SmsChannel,
    SmsGatewaysRepository,
    SmsGatewaysService,
    SmsReceiptsService,
    SweepNoticesService,
    SweepScheduler,
    SharedAddressesRepository,
    SendSignInCodeService,
    OfferNoticeReporter,
    TellPausedChannelsService,
  ],
})
export class NoticesModule {}
