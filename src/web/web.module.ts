import { Module } from '@nestjs/common';
import { CouncilsModule } from '../modules/councils/councils.module.js';
import { HelpModule } from '../modules/help/help.module.js';
import { NeedsModule } from '../modules/needs/needs.module.js';
import { AssetsController } from './assets/assets.controller.js';
import { HelpPageController } from './families/help/help.controller.js';
import { VisitorPlanController } from './families/plan/plan.controller.js';
import { HomeController } from './home/home.controller.js';
import { CouncilAtDoor } from './parts/council-at-door.service.js';
import { LanguageController } from './parts/language.controller.js';

@Module({
  imports: [CouncilsModule, HelpModule, NeedsModule],
  controllers: [HomeController, HelpPageController, VisitorPlanController, LanguageController, AssetsController],
  providers: [CouncilAtDoor],
})
export class WebModule {}
