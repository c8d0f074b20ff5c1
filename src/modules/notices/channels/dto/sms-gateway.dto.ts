import { Example, Field, orNull, PhoneField } from '../../../../platform/http/index.js';
import { GATEWAY_CONTENT_TYPES, GATEWAY_METHODS, type GatewayContentType, type GatewayMethod } from '../../domain/sms-gateway.rules.js';
import type { GatewayDraft, GatewayInUse, GatewayTest } from '../sms-gateways.service.js';

const isPointer = (text: string) => /^(\/([^~/]|~[01])*)+$/.test(text);
const NOT_A_POINTER = 'must be a JSON pointer such as /message/id';
const pointer = (example: string, about: string, options: object = {}) =>
  Field.shaped('isJsonPointer', isPointer, NOT_A_POINTER, { max: 200, example, about, ...options });
const isHeaderName = (text: string) => /^[\w!#$%&'*+.^`|~-]+$/.test(text);
const word = { max: 20, maxLength: 60 } as const;

class GatewayHeaderBody {
  @Field.shaped('isHeaderName', isHeaderName, 'must be the name of a header', {
    max: 100,
    example: 'Authorization',
    about: 'name of an HTTP header',
  })
  name: string;

  @Field.secret({ ...orNull, max: 2000, example: 'Bearer …', about: 'left out: the value that is kept of this name' })
  value?: string | null;
}

class GatewaySuccess {
  @pointer('/status', 'into the answer')
  pointer: string;

  @Field.texts({ min: 1, ...word, example: ['OK'], about: 'any of which counts as a yes' })
  values: string[];
}

class ReceiptsShape {
  @pointer('/id', 'the id of the message: the gateway’s, where `messageIdPointer` names it, else ours')
  idPointer: string;

  @pointer('/status', 'what became of it')
  statusPointer: string;

  @Field.texts({ min: 1, ...word, example: ['DELIVRD'], about: 'statuses that mean: it arrived' })
  delivered: string[];

  @Field.texts({ min: 1, ...word, example: ['UNDELIV', 'EXPIRED'], about: 'statuses that mean: it will not arrive' })
  failed: string[];

  @pointer('/from', 'the number that a reply comes from, where replies are forwarded', orNull)
  fromPointer?: string | null;

  @pointer('/text', 'what the reply says', orNull)
  textPointer?: string | null;

  @Field.texts({
    optional: true,
    ...word,
    example: ['STOP', 'ARRET'],
    about: 'after which nothing is sent to the number; STOP when left out',
  })
  stopWords?: string[];
}

class ReceiptsBody extends ReceiptsShape {
  @Field.secret({
    ...orNull,
    min: 24,
    max: 200,
    example: 'a-secret-that-both-sides-know',
    about: 'with which receipts are signed; left out: the one that is kept',
  })
  secret?: string | null;
}

@Example({
  method: 'POST',
  url: 'https://sms.example.org/send',
  headers: [{ name: 'Authorization', value: 'Bearer …' }],
  body: '{"to":"{to}","text":"{text}","reference":"{id}"}',
})
export class SmsGatewayBody {
  @Field.oneOf(GATEWAY_METHODS, { example: 'POST', about: 'HTTP method with which it is called' })
  method: GatewayMethod;

  @Field.text({
    max: 1000,
    example: 'https://sms.example.org/send',
    about:
      'https; `{to}`, `{text}` and `{id}` are filled in, after the server’s name and in the body; both are shown: a key belongs in a header',
  })
  url: string;

  @Field.nestedList(() => GatewayHeaderBody, { optional: true, max: 20, about: 'sent with each call; their values are kept secret' })
  headers?: GatewayHeaderBody[];

  @Field.oneOf(GATEWAY_CONTENT_TYPES, { optional: true, example: 'application/json', about: 'of the body that is sent' })
  contentType?: GatewayContentType;

  @Field.label({ ...orNull, max: 4000, example: '{"to":"{to}","text":"{text}","reference":"{id}"}', about: 'not with GET' })
  body?: string | null;

  @Field.nested(() => GatewaySuccess, { ...orNull, about: 'what a 2xx answer must have to count as a yes' })
  success?: GatewaySuccess | null;

  @pointer('/message/id', 'where the answer has the gateway’s id of the message', orNull)
  messageIdPointer?: string | null;

  @Field.nested(() => ReceiptsBody, { ...orNull, about: 'how its receipts and the replies that it forwards are read' })
  receipts?: ReceiptsBody | null;

  static toDraft({ method, url, headers, contentType, body, success, messageIdPointer, receipts }: SmsGatewayBody): GatewayDraft {
    return {
      method,
      url,
      contentType: contentType ?? 'application/json',
      body: body ?? null,
      success: success ?? null,
      messageIdPointer: messageIdPointer ?? null,
      headers: (headers ?? []).map(({ name, value }) => ({ name, value: value ?? null })),
      receipts: receipts
        ? {
            ...receipts,
            secret: receipts.secret ?? null,
            fromPointer: receipts.fromPointer ?? null,
            textPointer: receipts.textPointer ?? null,
            stopWords: receipts.stopWords ?? ['STOP'],
          }
        : null,
    };
  }
}

class GatewayHeaderName {
  @Field.text({ max: 100, example: 'Authorization', about: 'its value is not shown' })
  name: string;
}

export class SmsGatewayView {
  @Field.oneOf(GATEWAY_METHODS, { example: 'POST', about: 'HTTP method with which it is called' })
  method: GatewayMethod;

  @Field.text({
    max: 1000,
    example: 'https://sms.example.org/send',
    about: 'where it is called; `{to}`, `{text}` and `{id}` are filled in',
  })
  url: string;

  @Field.nestedList(() => GatewayHeaderName, { max: 20, about: 'sent with each call' })
  headers: GatewayHeaderName[];

  @Field.oneOf(GATEWAY_CONTENT_TYPES, { example: 'application/json', about: 'of the body that is sent' })
  contentType: GatewayContentType;

  @Field.text({
    nullable: true,
    max: 4000,
    example: '{"to":"{to}","text":"{text}","reference":"{id}"}',
    about: 'the body that is sent, with `{to}`, `{text}` and `{id}`; null: none',
  })
  body: string | null;

  @Field.nested(() => GatewaySuccess, { nullable: true, about: 'what a 2xx answer must have to count as a yes; null: nothing more' })
  success: GatewaySuccess | null;

  @Field.text({ nullable: true, example: '/message/id', about: 'where the answer has the gateway’s id of the message; null: nowhere' })
  messageIdPointer: string | null;

  @Field.nested(() => ReceiptsShape, { nullable: true, about: 'the secret is not shown' })
  receipts: ReceiptsShape | null;

  @Field.integer({ min: 1, example: 1, about: 'the ETag names it' })
  version: number;

  @Field.instant()
  updatedAt: string;

  @Field.instant({
    nullable: true,
    about: 'since when nothing is sent but a trial every 15 minutes, as every message was refused; null: it works',
  })
  pausedSince: string | null;

  @Field.text({ nullable: true, example: null, about: 'what the last refusal said' })
  problem: string | null;

  static of({ gateway, version, updatedAt, pausedSince, problem }: GatewayInUse): SmsGatewayView {
    const { method, url, headers, contentType, body, success, messageIdPointer, receipts } = gateway;
    const { secret: _secret, ...shown } = receipts ?? { secret: '' };
    return {
      method,
      url,
      headers: headers.map(({ name }) => ({ name })),
      contentType,
      body,
      success: success && { pointer: success.pointer, values: [...success.values] },
      messageIdPointer,
      receipts: receipts ? (shown as ReceiptsShape) : null,
      version,
      updatedAt: updatedAt.toISOString(),
      pausedSince: pausedSince?.toISOString() ?? null,
      problem,
    };
  }
}

export class GatewayTestBody {
  @PhoneField({ about: 'a mobile phone that you can look at: it gets an SMS' })
  to: string;
}

export class GatewayTestView implements GatewayTest {
  @Field.oneOf(['taken', 'refused', 'not_now'], { example: 'taken', about: 'not_now: it could be taken at another time' })
  outcome: GatewayTest['outcome'];

  @Field.text({ nullable: true, example: null, about: 'as in the list of notices' })
  problem: string | null;

  @Field.text({ nullable: true, example: 'gw-1', about: 'the id that the gateway gave it' })
  providerId: string | null;

  @Field.integer({ nullable: true, example: 200, about: 'the HTTP status of its answer; null: nobody answered' })
  status: number | null;

  @Field.text({ nullable: true, min: 0, max: 1000, example: '{"status":"OK"}', about: 'the beginning of its answer' })
  answer: string | null;
}
