import { createHash } from 'node:crypto';
import type { Multipart } from '@fastify/multipart';
import { applyDecorators, type Type } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import { unsupported } from './bodies.js';
import { Problem } from './problem.js';
import { BodyChunks } from './body-chunks.js';
import { StrictValidation } from './validation.js';

const MULTIPART = 'multipart/form-data';
/** The one file of a form, and the property of the form's class that stands for it (`Field.file`). */
const FILE = 'file';

/** How often it is looked whether a form is still read, and how often in a row it must not be. */
const LOOK_MS = 500;
const STUCK_LOOKS = 4;

/** A file is handed on in pieces of this many bytes, all but the last of them full. */
export const UPLOAD_PIECE = 256 * 1024;

/** What forms with a file may hold, everywhere. A file too large is read to its end and refused then, so that its sender hears the answer. */
export const UPLOADS = {
  throwFileSizeLimit: false,
  limits: { fileSize: 64 * 1024 * 1024, files: 10, fields: 50, fieldSize: 64 * 1024, parts: 60, headerPairs: 50 },
};

/** The operation takes a form of this class with one file, in JSON's place; the handler reads it with `receiveForm`. */
export const TakesForm = (form: Type) =>
  applyDecorators(RouteConfig({ consumes: MULTIPART }), ApiConsumes(MULTIPART), ApiBody({ type: form }));

/**
 * Reads a form, its fields before or after its file, handing the file on piece by piece and never holding more than one.
 * @throws Problem for whatever is wrong with the form: what `store` did until then must be taken back
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

/** Reads a form to its end and keeps nothing of it but its digest. */
export async function digestForm(request: FastifyRequest): Promise<string> {
  return (await readForm(request, () => Promise.resolve())).digest;
}

interface ReadForm {
  readonly fields: ReadonlyMap<string, unknown>;
  /** The same for two forms with the same fields and the same file, whatever their order and boundary. */
  readonly digest: string;
}

async function readForm(request: FastifyRequest, store: (piece: Buffer) => Promise<void>): Promise<ReadForm> {
  if (!request.isMultipart()) throw unsupported(request);
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

/** The form's parts; what cannot be read as a form is the sender's fault. */
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
    // Whatever was not read is read away, so that the answer reaches a sender that is still sending.
    request.raw.unpipe();
    request.raw.resume();
  }
}

/** The reader of forms takes no more of a long part that has no name, and says nothing: what came already then stays where it is. */
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
  // Whichever comes second is heard by nobody.
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
