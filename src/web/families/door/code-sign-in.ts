import { Injectable } from '@nestjs/common';
import { FamilyBrowser } from '../../../modules/identity/http.js';
import { isUuid } from '../../../shared/ids.js';
import { textIn } from '../../parts/forms.js';
import { fileChoicePage, sentCodePage } from './sent-code.page.js';
import { type Caller, onwardOf, SignInPages } from './sign-in-pages.js';

/** Signs a family in with its phone or mailbox: it asks for a code, types it, and where it stands in several files chooses one. */
@Injectable()
export class CodeSignIn {
  constructor(
    private readonly browser: FamilyBrowser,
    private readonly pages: SignInPages,
  ) {}

  /** Takes the form of whichever page it is: the first has no request yet, the last has the proof of the code. */
  answer(caller: Caller, body: unknown): Promise<string | undefined> {
    const request = textIn(body, 'request');
    if (!isUuid(request)) return this.ask(caller, body);
    return textIn(body, 'proof') === '' ? this.prove(caller, body) : this.choose(caller, body, textIn(body, 'proof'));
  }

  private async ask(caller: Caller, body: unknown): Promise<string> {
    const step = stepOf(body);
    if (caller.language) return this.pages.first(caller, { ...step, given: step });
    const asked = await this.browser.askForCode(step.identifier, caller.request);
    if (asked.ok) {
      void caller.reply.status(200);
      return this.pages.show(caller, (door) => sentCodePage({ ...door, ...step, request: asked.value }));
    }
    if (asked.reason.kind === 'wait') return this.pages.wait(caller, asked.reason.seconds, { ...step, given: step });
    void caller.reply.status(422);
    return this.pages.first(caller, { ...step, given: step, wrong: { identifier: 'identifierMissing' } });
  }

  private async prove(caller: Caller, body: unknown): Promise<string | undefined> {
    const step = stepOf(body);
    const code = textIn(body, 'code').trim();
    if (caller.language) return this.pages.show(caller, (door) => sentCodePage({ ...door, ...step }));
    const proven = code === '' ? null : await this.browser.proveCode(step.identifier, step.request, code, caller.request);
    if (!proven) {
      void caller.reply.status(422);
      const wrong = code === '' ? 'sentCodeMissing' : 'sentCodeWrong';
      return this.pages.show(caller, (door) => sentCodePage({ ...door, ...step, wrong }));
    }
    const { proof, contacts } = proven;
    const [only, another] = contacts;
    if (another === undefined) return this.open(caller, body, proof, only.contactId);
    void caller.reply.status(200);
    return this.pages.show(caller, (door) => fileChoicePage({ ...door, ...step, proof, contacts }));
  }

  private async choose(caller: Caller, body: unknown, proof: string): Promise<string | undefined> {
    const contactId = textIn(body, 'contact');
    if (isUuid(contactId) && !caller.language) return this.open(caller, body, proof, contactId);
    const step = stepOf(body);
    const contacts = await this.browser.provenContacts({ ...step, requestId: step.request, proof }, caller.request);
    if (!contacts) return this.outOfDate(caller, body);
    if (!caller.language) void caller.reply.status(422);
    const wrong = caller.language ? {} : { wrong: 'chooseMissing' as const };
    return this.pages.show(caller, (door) => fileChoicePage({ ...door, ...step, proof, contacts, ...wrong }));
  }

  private async open(caller: Caller, body: unknown, proof: string, contactId: string): Promise<string | undefined> {
    const { identifier, request: requestId, stay } = stepOf(body);
    const { request, reply } = caller;
    const actor = await this.browser.signInProven({ identifier, requestId, proof }, { contactId, ownPhone: stay }, request, reply);
    return actor ? this.pages.goOn(actor, caller, onwardOf(body)) : this.outOfDate(caller, body);
  }

  /** The code has opened a session already, or the contact has gone: another code is asked for. */
  private outOfDate(caller: Caller, body: unknown): Promise<string> {
    void caller.reply.status(422);
    return this.pages.show(caller, (door) => sentCodePage({ ...door, ...stepOf(body), wrong: 'sentCodeWrong' }));
  }
}

const stepOf = (body: unknown) => ({
  ...onwardOf(body),
  identifier: textIn(body, 'identifier').trim(),
  request: textIn(body, 'request'),
  stay: textIn(body, 'stay') !== '',
});
