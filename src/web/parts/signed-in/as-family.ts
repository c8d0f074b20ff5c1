import { applyDecorators, Get, Post, UseFilters, UseGuards } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { IgnoresIdempotencyKey, Public } from '../../../platform/http/index.js';
import { FORM } from '../forms.js';
import { FamilyPageFilter } from './family-page.filter.js';
import { FamilyPageGuard } from './family-page.guard.js';

/** Who may ask for such a page, beside the words of the table of rights. Its guard checks it. */
export const OF_A_FAMILY = { but: 'to families that are signed in, by their pages' } as const;

/** A page of a family that is signed in. Whoever is not comes to the page of sign-in, and from there back to this one. */
export const GetAsFamily = (path = ''): MethodDecorator =>
  applyDecorators(Get(path), Public(OF_A_FAMILY), UseGuards(FamilyPageGuard), UseFilters(FamilyPageFilter));

/**
 * A form of a family that is signed in, sent by one of its pages with the token of its session. What was typed is not lost where the session
 * has ended, nor when there is too much to do.
 */
export const PostAsFamily = (path = ''): MethodDecorator =>
  applyDecorators(
    Post(path),
    Public(OF_A_FAMILY),
    IgnoresIdempotencyKey(),
    RouteConfig({ consumes: FORM }),
    UseGuards(FamilyPageGuard),
    UseFilters(FamilyPageFilter),
  );
