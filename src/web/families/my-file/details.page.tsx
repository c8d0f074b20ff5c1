import type { JSX } from 'preact';
import type { Household } from '../../../modules/households/index.js';
import type { FamilyVisit } from '../../parts/signed-in/family-visit.js';
import { SignedInPage } from '../../parts/signed-in/signed-in-page.js';
import { Back, deviceName, sayOfFile } from './parts.js';

/** What the file says of the contact who looks at it, of the learners, and of what is at home. */
export function detailsPage(visit: FamilyVisit, household: Household, schools: ReadonlyMap<string, string>): JSX.Element {
  const { language } = visit;
  const say = sayOfFile(language);
  const { contacts, learners, equipment, connectivity, homeAlone } = household;
  return (
    <SignedInPage visit={visit} title={say('details')}>
      <h1>{say('details')}</h1>
      {contacts.map(({ id, name, phone, email, address }) => (
        <section key={id} class="card">
          <h2>
            <bdi>{name}</bdi>
          </h2>
          <dl class="facts">
            <Fact name={say('phone')} value={phone} />
            <Fact name={say('email')} value={email} />
            <Fact name={say('address')} value={address && [address.line1, address.line2, `${address.postalCode} ${address.city}`]} />
          </dl>
        </section>
      ))}
      <section class="card">
        <h2>{say('learners')}</h2>
        <dl class="facts">
          {learners.map(({ id, givenName, familyName, schoolId, className, examYear }) => (
            <Fact
              key={id}
              name={`${givenName} ${familyName}`}
              value={[schoolId === null ? null : (schools.get(schoolId) ?? null), className, examYear ? say('exam') : null]}
            />
          ))}
        </dl>
      </section>
      <section class="card">
        <h2>{say('atHome')}</h2>
        <ul class="links">
          {equipment.map(({ id, label, category }) => (
            <li key={id}>
              <bdi>{label === null || label === '' ? deviceName(category, language) : label}</bdi>
            </li>
          ))}
          {equipment.length === 0 && <li>{say('none')}</li>}
        </ul>
        <dl class="facts">
          {connectivity && <Fact name={say('internet')} value={say(connectivity.kind)} />}
          {homeAlone !== null && <Fact name={say('alone')} value={say(homeAlone ? 'yes' : 'no')} />}
        </dl>
      </section>
      <p class="note">{say('correct')}</p>
      <Back say={say} />
    </SignedInPage>
  );
}

function Fact({ name, value }: { name: string; value: string | null | readonly (string | null)[] }) {
  const parts = (Array.isArray(value) ? value : [value]).filter((part) => part !== null && part !== '');
  return (
    <div>
      <dt>
        <bdi>{name}</bdi>
      </dt>
      <dd dir="auto">{parts.length === 0 ? '–' : parts.join(', ')}</dd>
    </div>
  );
}
