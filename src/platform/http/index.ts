// What controllers and the classes of bodies and answers use. Services, repositories and jobs know nothing of HTTP, so that what needs no
// HTTP, such as a command, does not load it: they use ../index.ts, which exports nothing of this room but problems.
export { About } from './about.js';
export { Accepts, Answers, AnswersNothing, AnswersOrShows, AnswersPage, Creates } from './answers.js';
export { callerNetworkOf } from './caller-network.js';
export { encodingFor } from './compression.js';
export { controllerMethods } from './controller-methods.js';
export { FrenchPostalCode } from './field-rules.js';
export { Field, orNull, Parameter } from './field.js';
export { Example } from './openapi-examples.js';
export { Cursors, type Page, PageQuery } from './page.js';
export { IdPath } from './paths.js';
export { ProblemFilter } from './problem.filter.js';
export { PhoneField } from './phone-field.js';
export { Public, PUBLIC, type PublicAccess } from './public.js';
export { RateLimiter } from './rate-limiter.js';
export { AlsoAnswers, Conflicts, Refuses } from './refusals.js';
export { routeOf } from './request-context.js';
export { showPage } from './show-page.js';
export { receiveForm, TakesForm, UPLOAD_PIECE } from './upload.js';
export { IfMatch } from './version.js';
export { VersionedView } from './versioned.view.js';
export { Changes, HasNoEffect, idempotencyKeyOf, IgnoresIdempotencyKey, Makes, OneTimeSecrets, Shows } from '../idempotency/index.js';
