import type { JSX } from 'preact';
import type { FamilySession } from '../../../modules/identity/index.js';
import { sayIn } from '../../parts/messages.js';
import { momentInWords } from '../../parts/moments.js';
import { FamilyForm } from '../../parts/signed-in/family-form.js';
import type { FamilyVisit } from '../../parts/signed-in/family-visit.js';
import { SignedInPage } from '../../parts/signed-in/signed-in-page.js';
import { SESSIONS_TEXTS } from './sessions.texts.js';

interface SessionsFacts {
  readonly visit: FamilyVisit;
  readonly sessions: readonly FamilySession[];
  /** Where the list goes on; null at its end. */
  readonly nextCursor: string | null;
}

/** Where a contact is signed in. Each can be ended: a phone that was lost, or one of somebody else. */
export function sessionsPage({ visit, sessions, nextCursor }: SessionsFacts): JSX.Element {
  const { language, council, token, actor } = visit;
  const say = sayIn(SESSIONS_TEXTS, language);
  const when = (at: Date) => ({ when: momentInWords(at, language, council.timeZone) });
  return (
    <SignedInPage visit={visit} title={say('title')}>
      <h1>{say('title')}</h1>
      <p>{say('what')}</p>
      {sessions.map(({ id, openedAt, seenAt, expiresAt, ownPhone }) => (
        <section key={id} class="card">
          <h2>{say(id === actor.sessionId ? 'here' : 'another')}</h2>
          <p>
            {say('seen', when(seenAt))}
            <br />
            <span class="soft">{say('opened', when(openedAt))}</span>
            {ownPhone && (
              <>
                <br />
                <span class="soft">{say('until', when(expiresAt))}</span>
              </>
            )}
          </p>
          <FamilyForm token={token} action={`/f/sessions/${id}/end`}>
            <button class="button quiet">{say('end')}</button>
          </FamilyForm>
        </section>
      ))}
      {nextCursor !== null && (
        <a class="button quiet" href={`/f/sessions?cursor=${encodeURIComponent(nextCursor)}`}>
          {say('more')}
        </a>
      )}
    </SignedInPage>
  );
}
