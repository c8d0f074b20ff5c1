import { test } from '@fast-check/jest';
import { expect } from '@jest/globals';
import fc from 'fast-check';
import { pointed, type SmsGateway, smsOutcome, smsReceipt, smsRequest } from './sms-gateway.rules.js';

const gateway: SmsGateway = {
  method: 'POST',
  url: 'https://sms.example.org/send',
  headers: [],
  contentType: 'application/json',
  body: '{"to":"{to}","text":"{text}"}',
  success: null,
  messageIdPointer: null,
  receipts: null,
};
const values = fc.record({ to: fc.string(), text: fc.string({ unit: 'binary' }), id: fc.uuid() });

test.prop([values])('no text can add to a JSON body, a form or an address', (sms) => {
  expect(JSON.parse(smsRequest(gateway, sms).body ?? '')).toEqual({ to: sms.to, text: sms.text });
});

test.prop([fc.record({ to: fc.string(), text: fc.string(), id: fc.uuid() })])('nor to a form, nor to the query of an address', (sms) => {
  const form = smsRequest({ ...gateway, contentType: 'application/x-www-form-urlencoded', body: 'to={to}&text={text}' }, sms).body ?? '';
  expect([...new URLSearchParams(form)]).toEqual([['to', sms.to], ['text', sms.text]]); // prettier-ignore
  const { url } = smsRequest({ ...gateway, method: 'GET', url: 'https://sms.example.org/?to={to}&text={text}', body: null }, sms);
  expect([...new URL(url).searchParams]).toEqual([['to', sms.to], ['text', sms.text]]); // prettier-ignore
});

test('a 2xx is a yes, unless it must say more', () => {
  const checked = { ...gateway, success: { pointer: '/status', values: ['0'] }, messageIdPointer: '/messages/0/id' };
  expect(smsOutcome(gateway, { status: 204, text: '' })).toEqual({ kind: 'taken', providerId: null });
  expect(smsOutcome(checked, { status: 200, text: '{"status":0,"messages":[{"id":7}]}' })).toEqual({ kind: 'taken', providerId: '7' });
  for (const text of ['{"status":1}', 'OK', '', '[]'])
    expect(smsOutcome(checked, { status: 200, text })).toEqual({ kind: 'refused', problem: 'SMS_REFUSED' });
});

test('what the request is blamed for stays refused, anything else may succeed later', () => {
  const kind = (status: number) => smsOutcome(gateway, { status, text: '' }).kind;
  expect([400, 404, 422].map(kind)).toEqual(Array(3).fill('refused'));
  expect([301, 401, 403, 408, 429, 500, 502, 503].map(kind)).toEqual(Array(8).fill('not_now'));
});

test('a receipt says what became of a message, a reply who wants no more', () => {
  const receipts = {
    secret: '',
    idPointer: '/id',
    statusPointer: '/status',
    delivered: ['1'],
    failed: ['2'],
    fromPointer: '/from',
    textPointer: '/text',
    stopWords: ['STOP'],
  };
  expect(smsReceipt(receipts, { id: 'a', status: 1 })).toEqual({ kind: 'delivered', messageId: 'a' });
  expect(smsReceipt(receipts, { id: 'a', status: '2' })).toEqual({ kind: 'failed', messageId: 'a' });
  expect(smsReceipt(receipts, { id: 'a', status: '3' })).toEqual({ kind: 'nothing' });
  expect(smsReceipt(receipts, { from: '+336', text: 'Stop' })).toEqual({ kind: 'stop', from: '+336' });
  for (const text of ['STOP.', ' stop !', '« Stop »']) expect(smsReceipt(receipts, { from: '+336', text }).kind).toBe('stop');
  const french = { ...receipts, stopWords: ['ARRET'] };
  for (const text of ['arrêt', 'Arrêt !']) expect(smsReceipt(french, { from: '+336', text }).kind).toBe('stop');
  // Some gateways quote the message in its receipt.
  expect(smsReceipt(receipts, { id: 'a', status: '2', from: 'Mairie', text: 'Bonjour' })).toEqual({ kind: 'failed', messageId: 'a' });
  expect(smsReceipt(receipts, { from: '+336', text: 'stop it' })).toEqual({ kind: 'nothing' });
  for (const nonsense of [null, [], 'x', 7]) expect(smsReceipt(receipts, nonsense)).toEqual({ kind: 'nothing' });
});

test('a pointer finds nothing that is not there', () => {
  expect(pointed({ a: [{ 'b/c': true }] }, '/a/0/b~1c')).toBe('true');
  expect([pointed({}, '/constructor'), pointed({ a: {} }, '/a'), pointed(null, '/a')]).toEqual([null, null, null]);
});
