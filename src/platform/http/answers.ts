import { applyDecorators, HttpCode, type Type } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';

/** The operation answers 200 with this view, or with nothing. */
export const Answers = (view: Type, about = 'as it stands now') => applyDecorators(HttpCode(200), ApiResponse({ status: 200, description: about, type: view }));

/** The operation makes something: 201 with its view. */
export const Creates = (view: Type, about = 'made') => applyDecorators(HttpCode(201), ApiResponse({ status: 201, description: about, type: view }));

/** The operation answers a page of these views. */
export const AnswersPage = (view: Type, { truncates = false } = {}) =>
  applyDecorators(
    HttpCode(200),
    ApiExtraModels(view),
    ApiResponse({
      status: 200,
      description: 'a page; `Link: <…>; rel="next"` where there are more',
      schema: {
        type: 'object',
        required: ['data', 'nextCursor'],
        properties: {
          data: { type: 'array', items: { $ref: getSchemaPath(view) } },
          nextCursor: { type: 'string', nullable: true },
          ...(truncates && { truncated: { type: 'boolean', description: 'the search looked at its first 1,000 hits only: type more' } }),
        },
      },
    }),
  );

/** The operation answers 204, without a body. */
export const AnswersNothing = () => applyDecorators(HttpCode(204), ApiResponse({ status: 204, description: 'done' }));
