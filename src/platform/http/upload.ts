import { createHash } from 'node:crypto';
import type { Multipart } from '@fastify/multipart';
import { applyDecorators, type Type } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import { unsupportedMediaType } from './bodies.js';
import { Problem } from './problem.js';
import { BodyChunks } from './body-chunks.js';
import { StrictValidation } from './validation.js';

const MULTIPART = 'multipart/form-data';
/** The name of the one file of a form, and of the property of the form's class that stands for it (`Field.file`). */
const FILE = 'file';

/** How often it is checked whether the form is still being read, and after how many checks without progress it counts as stuck. */
const LOOK_MS = 500;
const STUCK_LOOKS = 4;

/** A file is handed on in chunks of this many bytes; only the last may be smaller. */
export const UPLOAD_PIECE = 256 * 1024;

/**
 * The limits of every form with a file. A file that is too large is read to its end and then refused, so that the sender receives the
 * answer.
 */
export const UPLOADS = {
  throwFileSizeLimit: false,
  limits: { fileSize: 64 * 1024 * 1024, files: 10, fields: 50, fieldSize: 64 * 1024, parts: 60, headerPairs: 50 },
};

/** The operation takes a form of this class with one file instead of JSON; the handler reads it with `receiveForm`. */
export const TakesForm = (form: Type) =>
  applyDecorators(RouteConfig({ consumes: MULTIPART }), ApiConsumes(MULTIPART), ApiBody({ type: form }));

/**
 * Reads a form, whose fields may come before or after the file. The file is handed on chunk by chunk, and never more than one is held.
 * @throws Problem for everything that is wrong with the form; the caller must undo what `store` did until then
 */
export async function receiveForm<Form extends object>(
  request: FastifyRequest,
  form: new () => Form,
  store: (piece: Buffer) => Promise<void>,
): Promise<Form> {
  const { fields, digest } = await readForm(request, store);
  request.formDigest = digest;
  return (await new StrictValidation().transform(Object.fromEntries(fields), { type: 'body', metatype: form })) as Form;
}

/** Reads a form to its end and keeps only its digest. */
export async function digestForm(request: FastifyRequest): Promise<string> {
  return (await readForm(request, () => Promise.resolve())).digest;
}

interface ReadForm {
  readonly fields: ReadonlyMap<string, unknown>;
  /** Two forms with the same fields and the same file have the same digest, whatever their order and boundary. */
  readonly digest: string;
}

async function readForm(request: FastifyRequest, store: (piece: Buffer) => Promise<void>): Promise<ReadForm> {
  if (!request.isMultipart()) throw unsupportedMediaType(request);
  const fields = new Map<string, unknown>();
  const digests: string[] = [];
  for await (const part of partsOf(request)) {
    if (fields.has(part.fieldname)) throw malformed(`${part.fieldname} is there twice`);
    const isFile = part.type === 'file' && part.fieldname === FILE;
    fields.set(part.fieldname, part.type === 'file' ? isFile : part.value);
    if (part.type === 'field' && part.valueTruncated) throw Problem.of('BODY_TOO_LARGE');
    const content = createHash('sha256');
    if (part.type === 'field') content.update(JSON.stringify(part.value));
    else
      await handOn(part.file, async (piece) => {
        content.update(piece);
        if (isFile) await store(piece);
      });
    digests.push(JSON.stringify([part.fieldname, part.type, content.digest('base64url')]));
  }
  return { fields, digest: createHash('sha256').update(digests.sort().join()).digest('base64url') };
}

/** The parts of a form. If they cannot be read as a form, the sender is told so. */
async function* partsOf(request: FastifyRequest): AsyncGenerator<Multipart> {
  const chunked = Object.create(request, { raw: { value: new BodyChunks(request.raw) } }) as FastifyRequest;
  const parts = chunked.parts();
  try {
    for (;;) {
      const next = await unlessStuck(
        request,
        parts.next().catch((error: unknown) => {
          throw (error as { statusCode?: number }).statusCode === 413 ? error : malformed('the body is not a readable form');
        }),
      );
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    // The rest of the request is read and thrown away, so that the answer reaches a sender that is still sending.
    request.raw.unpipe();
    request.raw.resume();
  }
}

/**
 * Stops waiting when the form parser is stuck. It takes no more of a long part without a name, and does not say so; the bytes then stay in
 * the request.
 */
async function unlessStuck<T>({ raw }: FastifyRequest, reading: Promise<T>): Promise<T> {
  let looks = 0;
  let timer: NodeJS.Timeout | undefined;
  const stuck = new Promise<never>((_, reject) => {
    let before = raw.socket.bytesRead;
    timer = setInterval(() => {
      const isStill = (raw.complete || raw.readableLength > 0) && raw.socket.bytesRead === before;
      before = raw.socket.bytesRead;
      looks = isStill ? looks + 1 : 0;
      if (looks === STUCK_LOOKS) reject(malformed('the body is not a readable form'));
    }, LOOK_MS);
  });
  // Only the first of the two outcomes counts; the error of the other must not become an unhandled rejection.
  reading.catch(() => undefined);
  try {
    return await Promise.race([reading, stuck]);
  } finally {
    clearInterval(timer);
  }
}

async function handOn(file: Extract<Multipart, { type: 'file' }>['file'], store: (piece: Buffer) => Promise<void>): Promise<void> {
  let held: Buffer[] = [];
  let size = 0;
  for await (const chunk of read(file)) {
    let rest = chunk;
    while (size + rest.length >= UPLOAD_PIECE) {
      const fits = UPLOAD_PIECE - size;
      await store(Buffer.concat([...held, rest.subarray(0, fits)]));
      rest = rest.subarray(fits);
      held = [];
      size = 0;
    }
    if (rest.length > 0) held.push(rest);
    size += rest.length;
  }
  if (file.truncated) throw Problem.of('BODY_TOO_LARGE', { detail: `a file may have ${UPLOADS.limits.fileSize} bytes` });
  if (size > 0) await store(Buffer.concat(held));
}

async function* read(file: Readable): AsyncGenerator<Buffer> {
  try {
    yield* file as AsyncIterable<Buffer>;
  } catch {
    throw malformed('the body ends before the form does');
  }
}

const malformed = (detail: string): Problem => Problem.of('MALFORMED_BODY', { detail });
