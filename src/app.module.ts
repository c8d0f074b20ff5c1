import { type DynamicModule, Module } from '@nestjs/common';
import { AllocationModule } from './modules/allocation/allocation.module.js';
import { CouncilsModule } from './modules/councils/councils.module.js';
import { HelpModule } from './modules/help/help.module.js';
import { HouseholdsModule } from './modules/households/households.module.js';
import { IdentityModule } from './modules/identity/identity.module.js';
import { IntegrationModule } from './modules/integration/integration.module.js';
import { InventoryModule } from './modules/inventory/inventory.module.js';
import { LoansModule } from './modules/loans/loans.module.js';
import { NeedsModule } from './modules/needs/needs.module.js';
import { NoticesModule } from './modules/notices/notices.module.js';
import { ReportingModule } from './modules/reporting/reporting.module.js';
import { RequestsModule } from './modules/requests/requests.module.js';
import { PlatformModule, type PlatformOptions } from './platform/platform.module.js';
import { WebModule } from './web/web.module.js';

/** The only place that knows every module. */
@Module({})
export class AppModule {
  static with(platform: PlatformOptions): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.forRoot(platform),
        CouncilsModule,
        IdentityModule,
        InventoryModule,
        HouseholdsModule,
        NeedsModule,
        RequestsModule,
        AllocationModule,
        LoansModule,
        NoticesModule,
        HelpModule,
        IntegrationModule,
        ReportingModule,
        WebModule,
      ],
    };
  }
}
