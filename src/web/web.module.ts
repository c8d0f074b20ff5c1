import { Module } from '@nestjs/common';
import { CouncilsModule } from '../modules/councils/councils.module.js';
import { IdentityModule } from '../modules/identity/identity.module.js';
import { LoansModule } from '../modules/loans/loans.module.js';
import { NeedsModule } from '../modules/needs/needs.module.js';
import { AssetsController } from './assets/assets.controller.js';
import { AgreementPageController } from './families/agreement/agreement.controller.js';
import { SignInController } from './families/door/sign-in.controller.js';
import { VisitorPlanController } from './families/plan/plan.controller.js';
import { HomeController } from './home/home.controller.js';
import { CouncilAtDoor } from './parts/council-at-door.service.js';
import { LanguageController } from './parts/language.controller.js';

@Module({
  imports: [CouncilsModule, IdentityModule, LoansModule, NeedsModule],
  controllers: [HomeController, SignInController, AgreementPageController, VisitorPlanController, LanguageController, AssetsController],
  providers: [CouncilAtDoor],
})
export class WebModule {}
