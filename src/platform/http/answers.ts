import { applyDecorators, HttpCode, type Type } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';

/** The operation answers 200 with this view. */
export const Answers = (view: Type, about = 'as it stands now') =>
  applyDecorators(HttpCode(200), ApiResponse({ status: 200, description: about, type: view }));

/** The operation makes something and answers 201 with its view. */
export const Creates = (view: Type, about = 'made') =>
  applyDecorators(HttpCode(201), ApiResponse({ status: 201, description: about, type: view }));

/** The operation is started and done later. It answers 202 with a view of the progress, and its Location. */
export const Accepts = (view: Type, about = 'begun; its Location tells how it goes') =>
  applyDecorators(HttpCode(202), ApiResponse({ status: 202, description: about, type: view }));

/** The operation answers a page of these views. If there are several, it depends on who asks which of them it is. */
export const AnswersPage = (view: Type | readonly Type[], { truncates = false } = {}) =>
  applyDecorators(
    HttpCode(200),
    ApiExtraModels(...viewsOf(view)),
    ApiResponse({
      status: 200,
      description: 'a page; `Link: <…>; rel="next"` where there are more',
      schema: {
        type: 'object',
        required: ['data', 'nextCursor'],
        properties: {
          data: { type: 'array', items: oneOf(viewsOf(view).map((each) => ({ $ref: getSchemaPath(each) }))) },
          nextCursor: { type: 'string', nullable: true },
          ...(truncates && { truncated: { type: 'boolean', description: 'the search looked at its first 1,000 hits only: type more' } }),
        },
      },
    }),
  );

/** The operation answers 204, without a body. */
export const AnswersNothing = () => applyDecorators(HttpCode(204), ApiResponse({ status: 204, description: 'done' }));

function viewsOf(view: Type | readonly Type[]): readonly Type[] {
  return typeof view === 'function' ? [view] : view;
}

function oneOf<Schema>(schemas: readonly Schema[]): Schema | { oneOf: Schema[] } {
  const [only, ...others] = schemas;
  return only !== undefined && others.length === 0 ? only : { oneOf: [...schemas] };
}

/** The operation answers 200 with this view, or with an HTML page when the client asks for one. */
export const AnswersOrShows = (view: Type, about = 'as it stands now') =>
  applyDecorators(
    HttpCode(200),
    ApiExtraModels(view),
    ApiResponse({
      status: 200,
      description: about,
      content: { 'application/json': { schema: { $ref: getSchemaPath(view) } }, 'text/html': { schema: { type: 'string' } } },
    }),
  );
