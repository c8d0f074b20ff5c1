import { Module } from '@nestjs/common';
import { CouncilsModule } from '../modules/councils/index.js';
import { DoorController } from './door/door.controller.js';

@Module({ imports: [CouncilsModule], controllers: [DoorController] })
export class WebModule {}
