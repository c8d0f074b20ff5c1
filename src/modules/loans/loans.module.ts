import { Module } from '@nestjs/common';
import { AllocationModule } from '../allocation/allocation.module.js';
import { CouncilsModule } from '../councils/councils.module.js';
import { HouseholdsModule } from '../households/households.module.js';
import { InventoryModule } from '../inventory/inventory.module.js';
import { RequestsModule } from '../requests/requests.module.js';
import { AgreementChecksService } from './agreements/agreement-checks.service.js';
import { AgreementService } from './agreements/agreement.service.js';
import { AgreementTextsController } from './agreements/agreement-texts.controller.js';
import { AgreementTextsRepository } from './agreements/agreement-texts.repository.js';
import { AgreementTextsService } from './agreements/agreement-texts.service.js';
import { AgreementsController } from './agreements/agreements.controller.js';
import { AgreementsRepository } from './agreements/agreements.repository.js';
import { IncidentClosureService } from './incidents/incident-closure.service.js';
import { DueDateService } from './renewals/due-date.service.js';
import { DueDatesController } from './renewals/due-dates.controller.js';
import { ExchangeService } from './returns/exchange.service.js';
import { FindLoansService } from './list/find-loans.service.js';
import { HandOverItemResolver } from './hand-over/hand-over-item-resolver.js';
import { HandOverRepository } from './hand-over/hand-over.repository.js';
import { HandOverService } from './hand-over/hand-over.service.js';
import { IncidentService } from './incidents/incident.service.js';
import { IncidentsController } from './incidents/incidents.controller.js';
import { IncidentsRepository } from './incidents/incidents.repository.js';
import { LedgerRepairRepository } from './ledger/ledger-repair.repository.js';
import { LedgerRepository } from './ledger/ledger.repository.js';
import { LedgerService } from './ledger/ledger.service.js';
import { LoanRecorder } from './record/loan-recorder.js';
import { LoanDepartureHandler } from './returns/loan-departure-handler.js';
import { LoanReadingsRepository } from './list/loan-readings.repository.js';
import { LoansController } from './list/loans.controller.js';
import { LoansJobs } from './loans.jobs.js';
import { LoansRepository } from './record/loans.repository.js';
import { LoanSignaturesRepository } from './agreements/loan-signatures.repository.js';
import { OnlineAgreementService } from './agreements/online-agreement.service.js';
import { PoolCounter } from './hand-over/pool-counter.js';
import { RenewalService } from './renewals/renewal.service.js';
import { ReturnService } from './returns/return.service.js';
import { ReturnsController } from './returns/returns.controller.js';

@Module({
  imports: [AllocationModule, CouncilsModule, HouseholdsModule, InventoryModule, RequestsModule],
  controllers: [
    LoansController,
    ReturnsController,
    DueDatesController,
    AgreementsController,
    AgreementTextsController,
    IncidentsController,
  ],
  providers: [
    AgreementChecksService,
    AgreementService,
    AgreementsRepository,
    AgreementTextsRepository,
    AgreementTextsService,
    IncidentClosureService,
    DueDateService,
    ExchangeService,
    FindLoansService,
    HandOverItemResolver,
    HandOverRepository,
    HandOverService,
    IncidentService,
    IncidentsRepository,
    LedgerService,
    LedgerRepairRepository,
    LedgerRepository,
    LoanRecorder,
    LoanDepartureHandler,
    LoanReadingsRepository,
    LoansJobs,
    LoanSignaturesRepository,
    LoansRepository,
    OnlineAgreementService,
    PoolCounter,
    RenewalService,
    ReturnService,
  ],
  exports: [FindLoansService, IncidentService, LedgerService, OnlineAgreementService, RenewalService],
})
export class LoansModule {}
