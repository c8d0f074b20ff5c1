import { Module } from '@nestjs/common';
import { AllocationModule } from '../allocation/index.js';
import { CouncilsModule } from '../councils/index.js';
import { HouseholdsModule } from '../households/index.js';
import { InventoryModule } from '../inventory/index.js';
import { RequestsModule } from '../requests/index.js';
import { AgreementChecksService } from './agreement-checks.service.js';
import { AgreementService } from './agreement.service.js';
import { AgreementsController } from './agreements.controller.js';
import { AgreementsRepository } from './agreements.repository.js';
import { ClosureService } from './closure.service.js';
import { DueDateService } from './due-date.service.js';
import { DueDatesController } from './due-dates.controller.js';
import { ExchangeService } from './exchange.service.js';
import { FindLoansService } from './find-loans.service.js';
import { HandOverItemResolver } from './hand-over-item-resolver.js';
import { HandOverRepository } from './hand-over.repository.js';
import { HandOverService } from './hand-over.service.js';
import { IncidentService } from './incident.service.js';
import { IncidentsController } from './incidents.controller.js';
import { IncidentsRepository } from './incidents.repository.js';
import { LedgerRepairRepository } from './ledger-repair.repository.js';
import { LedgerRepository } from './ledger.repository.js';
import { LedgerService } from './ledger.service.js';
import { LoanRecorder } from './loan-recorder.js';
import { LoanDepartureHandler } from './loan-departure-handler.js';
import { LoanReadingsRepository } from './loan-readings.repository.js';
import { LoansController } from './loans.controller.js';
import { LoansJobs } from './loans.jobs.js';
import { LoansRepository } from './loans.repository.js';
import { PoolCounter } from './pool-counter.js';
import { RenewalService } from './renewal.service.js';
import { ReturnService } from './return.service.js';
import { ReturnsController } from './returns.controller.js';

@Module({
  imports: [AllocationModule, CouncilsModule, HouseholdsModule, InventoryModule, RequestsModule],
  controllers: [LoansController, ReturnsController, DueDatesController, AgreementsController, IncidentsController],
  providers: [
    AgreementChecksService,
    AgreementService,
    AgreementsRepository,
    ClosureService,
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
    LoansRepository,
    PoolCounter,
    RenewalService,
    ReturnService,
  ],
  exports: [LedgerService],
})
export class LoansModule {}
