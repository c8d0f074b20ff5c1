import { Module } from '@nestjs/common';
import { CouncilsModule } from '../modules/councils/councils.module.js';
import { HouseholdsModule } from '../modules/households/households.module.js';
import { IdentityModule } from '../modules/identity/identity.module.js';
import { NeedsModule } from '../modules/needs/needs.module.js';
import { AssetsController } from './assets/assets.controller.js';
import { CodeSignIn } from './families/door/code-sign-in.js';
import { SignInPages } from './families/door/sign-in-pages.js';
import { SignInController } from './families/door/sign-in.controller.js';
import { VisitorPlanController } from './families/plan/plan.controller.js';
import { SessionsPagesController } from './families/sessions/sessions.controller.js';
import { HomeController } from './home/home.controller.js';
import { CouncilAtDoor } from './parts/council-at-door.service.js';
import { LanguageController } from './parts/language.controller.js';
import { HelpModule } from '../modules/help/help.module.js';
import { HelpPageController } from './families/help/help.controller.js';
import { LoansModule } from '../modules/loans/loans.module.js';
import { AgreementPageController } from './families/agreement/agreement.controller.js';
import { AllocationModule } from '../modules/allocation/allocation.module.js';
import { RequestsModule } from '../modules/requests/requests.module.js';
import { FamilyFileService } from './families/my-file/family-file.service.js';
import { FamilyLinesController } from './families/my-file/lines.controller.js';
import { FamilyLoansController } from './families/my-file/loans.controller.js';
import { MyFileController } from './families/my-file/my-file.controller.js';
import { FamilyOffersController } from './families/my-file/offers.controller.js';
import { AnswerForm } from './families/request/answer-form.js';
import { QuestionChoices } from './families/request/question-choices.js';
import { FamilyRequestController } from './families/request/request.controller.js';

@Module({
  imports: [AllocationModule, CouncilsModule, HelpModule, HouseholdsModule, IdentityModule, LoansModule, NeedsModule, RequestsModule],
  controllers: [
    AgreementPageController,
    AssetsController,
    FamilyLinesController,
    FamilyLoansController,
    FamilyOffersController,
    FamilyRequestController,
    HelpPageController,
    HomeController,
    LanguageController,
    MyFileController,
    SessionsPagesController,
    SignInController,
    VisitorPlanController,
  ],
  providers: [AnswerForm, CodeSignIn, CouncilAtDoor, FamilyFileService, QuestionChoices, SignInPages],
})
export class WebModule {}
