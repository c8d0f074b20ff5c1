import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AnnotatedMethodFinder } from './annotated-method-finder.js';
import { type Declaration, HandlerRegistry, JOB, type JobFunction } from './handlers.js';

/** Finds every job handler of the application by its decorator. The start fails when a kind of job has none, or two. */
@Injectable()
export class HandlerCollector implements OnModuleInit {
  constructor(
    private readonly methods: AnnotatedMethodFinder,
    private readonly handlers: HandlerRegistry,
  ) {}

  onModuleInit(): void {
    this.handlers.fill(this.methods.find<Declaration, JobFunction>(JOB));
  }
}
