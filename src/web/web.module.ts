import { Module } from '@nestjs/common';
import { CouncilsModule } from '../modules/councils/councils.module.js';
import { HomeController } from './home/home.controller.js';

@Module({ imports: [CouncilsModule], controllers: [HomeController] })
export class WebModule {}
