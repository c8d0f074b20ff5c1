import { Module } from '@nestjs/common';
import { CouncilsModule } from '../modules/councils/index.js';
import { DoorController } from './door/door.controller.js';

/** The pages for people. */
@Module({ imports: [CouncilsModule], controllers: [DoorController] })
export class WebModule {}
