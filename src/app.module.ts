import { type DynamicModule, Module } from '@nestjs/common';
import { AllocationModule } from './modules/allocation/index.js';
import { CouncilsModule } from './modules/councils/index.js';
import { HouseholdsModule } from './modules/households/index.js';
import { IdentityModule } from './modules/identity/index.js';
import { IntegrationModule } from './modules/integration/index.js';
import { InventoryModule } from './modules/inventory/index.js';
import { LoansModule } from './modules/loans/index.js';
import { NeedsModule } from './modules/needs/index.js';
import { NoticesModule } from './modules/notices/index.js';
import { ReportingModule } from './modules/reporting/index.js';
import { RequestsModule } from './modules/requests/index.js';
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
        IntegrationModule,
        ReportingModule,
        WebModule,
      ],
    };
  }
}
