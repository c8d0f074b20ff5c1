import { Module } from '@nestjs/common';
import { CouncilsModule } from '../modules/councils/councils.module.js';
import { IdentityModule } from '../modules/identity/identity.module.js';
import { NeedsModule } from '../modules/needs/needs.module.js';
import { RequestsModule } from '../modules/requests/requests.module.js';
import { AssetsController } from './assets/assets.controller.js';
import { SignInController } from './families/door/sign-in.controller.js';
import { VisitorPlanController } from './families/plan/plan.controller.js';
import { AnswerForm } from './families/request/answer-form.js';
import { QuestionChoices } from './families/request/question-choices.js';
import { FamilyRequestController } from './families/request/request.controller.js';
import { HomeController } from './home/home.controller.js';
import { CouncilAtDoor } from './parts/council-at-door.service.js';
import { LanguageController } from './parts/language.controller.js';

@Module({
  imports: [CouncilsModule, IdentityModule, NeedsModule, RequestsModule],
  controllers: [FamilyRequestController, HomeController, SignInController, VisitorPlanController, LanguageController, AssetsController],
  providers: [AnswerForm, CouncilAtDoor, QuestionChoices],
})
export class WebModule {}
