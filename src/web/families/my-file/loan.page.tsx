import type { JSX } from 'preact';
import type { Site } from '../../../modules/councils/index.js';
import type { LoanItemRecord } from '../../../modules/loans/index.js';
import { dayInWords } from '../../parts/days.js';
import { ChoiceField, TextField, WrongSummary } from '../../parts/fields.js';
import { type Fields, textIn } from '../../parts/forms.js';
import { LAYOUT_TEXTS } from '../../parts/layout.texts.js';
import { HiddenFields } from '../../parts/signed-in/family-form.js';
import type { FamilyVisit } from '../../parts/signed-in/family-visit.js';
import { SignedInPage } from '../../parts/signed-in/signed-in-page.js';
import type { FileLoan } from './family-file.service.js';
import { Action, Back, deviceName, Place, type SayOfFile, sayOfFile, Telling, type Told, wrongWords } from './parts.js';
import type { WrongKey } from './said-text.js';

/** What a family reports of a device other than that it came back. */
export const TROUBLES = ['lost', 'stolen', 'broken'] as const;

export interface LoanPageFacts extends FileLoan {
  readonly visit: FamilyVisit;
  /** Where it was handed over, and can be brought back. */
  readonly site: Site;
  readonly told: Told;
  /** What was typed in the form about this device. */
  readonly typed?: { readonly itemId: string; readonly fields: Fields; readonly wrong: Readonly<Record<string, WrongKey | undefined>> };
}

/** The page of one loan: its day first, then what the family can do about it. */
export function loanPage(facts: LoanPageFacts): JSX.Element {
  const { visit, loan, isLate, site, told, typed } = facts;
  const { language, token } = visit;
  const say = sayOfFile(language);
  const at = `/f/loans/${loan.id}`;
  return (
    <SignedInPage visit={visit} title={say('loan', { reference: loan.reference })} at={at}>
      <WrongSummary title={LAYOUT_TEXTS[language].wrong} wrongs={wrongWords(typed?.wrong ?? {}, say)} />
      <div>
        <h1>{loan.state === 'open' ? say('dueOn', { day: dayInWords(loan.dueOn, language) }) : say('item_returned')}</h1>
        <p class="soft">
          {say('loan', { reference: loan.reference })} {isLate && <span class="tag stop">{say('late')}</span>}
        </p>
      </div>
      <Telling say={say} language={language} told={told} />
      {loan.recalledOn !== null && <p class="note">{say('recalled')}</p>}
      <section class="card">
        <Place site={site} say={say} language={language} />
      </section>
      {loan.state === 'open' && (
        <Action title={say('renew')} what={say('renewWhat')} token={token} action={`${at}/renew`} go={say('renew')}>
          <HiddenFields fields={{ version: String(loan.version), renewals: String(loan.renewals) }} />
        </Action>
      )}
      {loan.items.map((item) => (
        <Item key={item.id} {...facts} item={item} say={say} />
      ))}
      <Back say={say} />
    </SignedInPage>
  );
}

/** One device, with the two forms about it. Only the form that came back has names of fields to which a summary can lead. */
function Item({ visit: { language, token }, loan, item, site, typed, say }: LoanPageFacts & { item: LoanItemRecord; say: SayOfFile }) {
  const at = `/f/loans/${loan.id}/items/${item.id}`;
  const isTyped = typed?.itemId === item.id;
  const fields = isTyped ? typed.fields : undefined;
  const wrongs = isTyped ? wrongWords(typed.wrong, say) : {};
  const name = deviceName(item.category, language);
  return (
    <section class="device">
      <div class="apart">
        <h2>
          {name} <bdi class="soft">{item.assetTag}</bdi>
        </h2>
        {item.state !== 'on_loan' && <span class="tag">{say(`item_${item.state}`)}</span>}
      </div>
      {item.state === 'on_loan' && (
        <>
          <Action
            title={say('broughtBack')}
            what={say('backWhat')}
            token={token}
            action={`${at}/brought-back`}
            go={say('broughtBack')}
            isOpen={wrongs[`where-${item.id}`] !== undefined}
          >
            <TextField
              name={`where-${item.id}`}
              label={say('backWhere')}
              value={fields ? textIn(fields, `where-${item.id}`) : site.name}
              wrong={wrongs[`where-${item.id}`]}
            />
          </Action>
          <Action
            title={say('trouble')}
            token={token}
            action={`${at}/trouble`}
            go={say('send')}
            isOpen={fields !== undefined && wrongs[`where-${item.id}`] === undefined}
          >
            <ChoiceField
              name={`kind-${item.id}`}
              legend={say('kind')}
              options={TROUBLES.map((kind) => ({ value: kind, words: say(kind) }))}
              value={textIn(fields, `kind-${item.id}`)}
              wrong={wrongs[`kind-${item.id}`]}
            />
            <TextField
              name={`story-${item.id}`}
              label={say('story')}
              value={textIn(fields, `story-${item.id}`)}
              wrong={wrongs[`story-${item.id}`]}
            />
            <TextField
              name={`police-${item.id}`}
              label={say('police')}
              hint={say('optional')}
              value={textIn(fields, `police-${item.id}`)}
              wrong={wrongs[`police-${item.id}`]}
            />
          </Action>
        </>
      )}
    </section>
  );
}
