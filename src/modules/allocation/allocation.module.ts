import { Module } from '@nestjs/common';
import { SolveController } from './solve.controller.js';

@Module({ controllers: [SolveController] })
export class AllocationModule {}
