import {
  AllocationPolicies1790000001615,
  ErasableExclusions1790000001780,
  OfferExplanations1790000001850,
  OfferNotice1790000001710,
  Offers1790000001500,
  PassedOver1790000001620,
  Rounds1790000001650,
  StandingDecisions1790000001630,
  UndeliveredOffers1790000001790,
} from './modules/allocation/index.js';
import {
  Councils1790000000100,
  Fund,
  LentStreams1790000001050,
  School,
  ServedSchools1790000001610,
  Site,
} from './modules/councils/index.js';
import { Households1790000000400, Reachability1790000001625 } from './modules/households/index.js';
import { ApiClient, Identity1790000000200, StaffDigest1790000001770, User } from './modules/identity/index.js';
import { Integration1790000000800 } from './modules/integration/index.js';
import { DeviceModel, Inventory1790000000300 } from './modules/inventory/index.js';
import { AgreementAsked1790000001800, DeviceHolder1790000001000, Loans1790000000600 } from './modules/loans/index.js';
import { Kit, Needs1790000001100, SchoolProfileRow } from './modules/needs/index.js';
import {
  LeftMessages1790000001820,
  NoticeList1790000001720,
  Notices1790000000700,
  NoticeSchedule1790000001700,
  NoticeTemplates1790000001740,
  PlatformApart1790000001760,
  PrintBatches1790000001750,
  SmsGateway1790000001730,
} from './modules/notices/index.js';
import {
  Lottery1790000001450,
  PriorityPolicies1790000001300,
  Ranking1790000001400,
  Requests1790000000500,
  ReranksAsked1790000001840,
  ReviewOrder1790000001635,
  ReviewOrderOfClass1790000001660,
} from './modules/requests/index.js';
import {
  OutboxLanes1790000001600,
  OutboxRunning1790000000900,
  Platform1790000000000,
  type Schema,
  ShownMessages1790000001810,
} from './platform/database/index.js';

/** What every module adds to the database, in the order of the migrations. */
export const schema: Schema = {
  entities: [ApiClient, DeviceModel, Fund, Kit, School, SchoolProfileRow, Site, User],
  migrations: [
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
  ],
};
