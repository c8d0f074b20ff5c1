import { SetMetadata } from '@nestjs/common';

export const EVERY = 'platform:every';

/**
 * Calls the method of a provider every `seconds` seconds in each process that does jobs. The method takes a lock of its own if two calls
 * must not run at once.
 */
export const Every = (seconds: number) => SetMetadata(EVERY, seconds);
