import { Platform1790000000000 } from './0001-platform.js';
import { Councils1790000000100 } from './0002-councils.js';
import { Identity1790000000200 } from './0003-identity.js';
import { Inventory1790000000300 } from './0004-inventory.js';
import { Households1790000000400 } from './0005-households.js';
import { Requests1790000000500 } from './0006-requests.js';
import { Loans1790000000600 } from './0007-loans.js';
import { Notices1790000000700 } from './0008-notices.js';
import { Integration1790000000800 } from './0009-integration.js';
import { OutboxRunning1790000000900 } from './0010-outbox-running.js';
import { DeviceHolder1790000001000 } from './0011-device-holder.js';
import { LentStreams1790000001050 } from './0012-lent-streams.js';
import { Needs1790000001100 } from './0013-needs.js';
import { PriorityPolicies1790000001300 } from './0014-priority-policies.js';
import { Ranking1790000001400 } from './0015-ranking.js';
import { Lottery1790000001450 } from './0016-lottery.js';
import { Offers1790000001500 } from './0017-offers.js';
import { OutboxLanes1790000001600 } from './0018-outbox-lanes.js';
import { ServedSchools1790000001610 } from './0019-served-schools.js';
import { AllocationPolicies1790000001615 } from './0020-allocation-policies.js';
import { PassedOver1790000001620 } from './0021-passed-over.js';
import { Reachability1790000001625 } from './0022-reachability.js';
import { StandingDecisions1790000001630 } from './0023-standing-decisions.js';
import { ReviewOrder1790000001635 } from './0024-review-order.js';
import { Rounds1790000001650 } from './0025-rounds.js';
import { ReviewOrderOfClass1790000001660 } from './0026-review-order-of-class.js';
import { NoticeSchedule1790000001700 } from './0027-notice-schedule.js';
import { OfferNotice1790000001710 } from './0028-offer-notice.js';
import { NoticeList1790000001720 } from './0029-notice-list.js';
import { SmsGateway1790000001730 } from './0030-sms-gateway.js';
import { NoticeTemplates1790000001740 } from './0031-notice-templates.js';
import { PrintBatches1790000001750 } from './0032-print-batches.js';
import { PlatformApart1790000001760 } from './0033-platform-apart.js';
import { StaffDigest1790000001770 } from './0034-staff-digest.js';
import { ErasableExclusions1790000001780 } from './0035-erasable-exclusions.js';
import { UndeliveredOffers1790000001790 } from './0036-undelivered-offers.js';
import { AgreementAsked1790000001800 } from './0037-agreement-asked.js';
import { ShownMessages1790000001810 } from './0038-shown-messages.js';
import { LeftMessages1790000001820 } from './0039-left-messages.js';
import { ReranksAsked1790000001840 } from './0040-reranks-asked.js';
import { OfferExplanations1790000001850 } from './0041-offer-explanations.js';
import { IdempotencyClaims1790000002050 } from './0042-idempotency-claims.js';
import { InvitationSpent1790000002055 } from './0043-invitation-spent.js';
import { OrderOfEvents1790000002100 } from './0044-order-of-events.js';
import { DeviceHistory1790000002105 } from './0045-device-history.js';
import { LineHistory1790000002110 } from './0046-line-history.js';
import { OrderOfOffers1790000002115 } from './0047-order-of-offers.js';
import { LoanHistory1790000002120 } from './0048-loan-history.js';
import { OrderOfReceipts1790000002125 } from './0049-order-of-receipts.js';
import { OrderOfImports1790000002130 } from './0050-order-of-imports.js';
import { OrderOfIncidents1790000002135 } from './0051-order-of-incidents.js';
import { OrderOfInvitations1790000002140 } from './0052-order-of-invitations.js';
import { ListsByState1790000002200 } from './0053-lists-by-state.js';
import { NeedsLock1790000002250 } from './0054-needs-lock.js';
import { ScoresChecked1790000002255 } from './0055-scores-checked.js';
import { HouseholdOverdue1790000002300 } from './0056-household-overdue.js';
import { PromiseReasons1790000002301 } from './0057-promise-reasons.js';
import { OfferZone1790000002350 } from './0058-offer-zone.js';
import { TakenAway1790000002360 } from './0059-taken-away.js';
import { KeysOfNotices1790000002370 } from './0060-keys-of-notices.js';
import { FoldedText1790000002400 } from './0061-folded-text.js';
import { DeviceKeys1790000002405 } from './0062-device-keys.js';
import { PlaceNames1790000002410 } from './0063-place-names.js';
import { HouseholdKeys1790000002415 } from './0064-household-keys.js';
import { RowNotes1790000002420 } from './0065-row-notes.js';
import { SignInFailures1790000002450 } from './0066-sign-in-failures.js';
import { Pickups1790000002460 } from './0067-pickups.js';
import { ReturnedItems1790000002470 } from './0068-returned-items.js';
import { ChannelHealth1790000002480 } from './0069-channel-health.js';
import { OverdueAfterLock1790000002530 } from './0070-overdue-after-lock.js';
import { LoansByKind1790000002535 } from './0071-loans-by-kind.js';
import { UndirectedDuplicates1790000002540 } from './0072-undirected-duplicates.js';
import { ReservedAtSite1790000002545 } from './0073-reserved-at-site.js';
import { DeviceSearch1790000002550 } from './0074-device-search.js';
import { HouseholdSearch1790000002555 } from './0075-household-search.js';
import { LineOrdinals1790000002560 } from './0076-line-ordinals.js';
import { PassedOverBlocks1790000002565 } from './0077-passed-over-blocks.js';
import { UnsealedInOrder1790000002570 } from './0078-unsealed-in-order.js';

/** What is done to a database, in order: each once, and never changed after a release. */
export const MIGRATIONS = [
  Platform1790000000000,
  Councils1790000000100,
  Identity1790000000200,
  Inventory1790000000300,
  Households1790000000400,
  Requests1790000000500,
  Loans1790000000600,
  Notices1790000000700,
  Integration1790000000800,
  OutboxRunning1790000000900,
  DeviceHolder1790000001000,
  LentStreams1790000001050,
  Needs1790000001100,
  PriorityPolicies1790000001300,
  Ranking1790000001400,
  Lottery1790000001450,
  Offers1790000001500,
  OutboxLanes1790000001600,
  ServedSchools1790000001610,
  AllocationPolicies1790000001615,
  PassedOver1790000001620,
  Reachability1790000001625,
  StandingDecisions1790000001630,
  ReviewOrder1790000001635,
  Rounds1790000001650,
  ReviewOrderOfClass1790000001660,
  NoticeSchedule1790000001700,
  OfferNotice1790000001710,
  NoticeList1790000001720,
  SmsGateway1790000001730,
  NoticeTemplates1790000001740,
  PrintBatches1790000001750,
  PlatformApart1790000001760,
  StaffDigest1790000001770,
  ErasableExclusions1790000001780,
  UndeliveredOffers1790000001790,
  AgreementAsked1790000001800,
  ShownMessages1790000001810,
  LeftMessages1790000001820,
  ReranksAsked1790000001840,
  OfferExplanations1790000001850,
  IdempotencyClaims1790000002050,
  InvitationSpent1790000002055,
  OrderOfEvents1790000002100,
  DeviceHistory1790000002105,
  LineHistory1790000002110,
  OrderOfOffers1790000002115,
  LoanHistory1790000002120,
  OrderOfReceipts1790000002125,
  OrderOfImports1790000002130,
  OrderOfIncidents1790000002135,
  OrderOfInvitations1790000002140,
  ListsByState1790000002200,
  NeedsLock1790000002250,
  ScoresChecked1790000002255,
  HouseholdOverdue1790000002300,
  PromiseReasons1790000002301,
  OfferZone1790000002350,
  TakenAway1790000002360,
  KeysOfNotices1790000002370,
  FoldedText1790000002400,
  DeviceKeys1790000002405,
  PlaceNames1790000002410,
  HouseholdKeys1790000002415,
  RowNotes1790000002420,
  SignInFailures1790000002450,
  Pickups1790000002460,
  ReturnedItems1790000002470,
  ChannelHealth1790000002480,
  OverdueAfterLock1790000002530,
  LoansByKind1790000002535,
  UndirectedDuplicates1790000002540,
  ReservedAtSite1790000002545,
  DeviceSearch1790000002550,
  HouseholdSearch1790000002555,
  LineOrdinals1790000002560,
  PassedOverBlocks1790000002565,
  UnsealedInOrder1790000002570,
];
