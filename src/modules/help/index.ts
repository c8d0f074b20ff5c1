export { type HelpTextInUse, helpTextsIn, paragraphsOf } from './domain/help-texts.rules.js';
export type { HelpTopic } from './domain/help-topics.js';
export { HelpTextsService } from './texts/help-texts.service.js';
export type { NextSession } from './training/training-sessions.repository.js';
export { TrainingSessionsService } from './training/training-sessions.service.js';
