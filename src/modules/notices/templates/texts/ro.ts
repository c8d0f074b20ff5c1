import { type LanguageTexts, lines, paragraphs } from './texts.js';

const DEVICES = '{items, plural, one {# aparat} few {# aparate} other {# de aparate}}';

/** How the family answers: online and, where somebody can be called, by phone. */
const REACH = 'online ({pages}){hasPhone, select, yes { sau la telefon ({phone})} other {}}';
const REACH_BY_SMS = '{pages}{hasPhone, select, yes {, {phone}} other {}}';
/** For what is better said than written, where somebody can be called. */
const CALL = '{hasPhone, select, yes {Sunați-ne: {phone}} other {Spuneți-ne online: {pages}}}';
const CALL_WITHIN = '{hasPhone, select, yes {sunați-ne: {phone}} other {spuneți-ne online: {pages}}}';
const CALL_BY_SMS = '{hasPhone, select, yes {Tel. {phone}} other {{pages}}}';

export const romanian: LanguageTexts = {
  file: 'Dosar',
  words: {
    deviceClass: { computer: 'un calculator sau o tabletă', connectivity: 'o conexiune la internet', accessory: 'un accesoriu' },
    device: {
      desktop: 'un calculator de birou',
      laptop: 'un laptop',
      tablet: 'o tabletă',
      router: 'un router de internet',
      sim: 'o cartelă SIM',
      smartphone: 'un smartphone',
      headset: 'o pereche de căști',
      webcam: 'o cameră web',
      printer: 'o imprimantă',
      charger: 'un încărcător',
    },
    incidentKind: { lost: 'o pierdere', stolen: 'un furt', broken: 'o defecțiune', claimed_returned: 'un aparat deja returnat' },
    pickupDay: { today: 'astăzi', tomorrow: 'mâine', later: 'în curând' },
    decision: { upheld: 'cerere din nou în așteptare', dismissed: 'decizie neschimbată' },
    outcome: {
      found: 'aparat găsit',
      not_found: 'aparat negăsit',
      repaired: 'aparat reparat',
      written_off: 'aparat scos din împrumut',
    },
  },
  frames: {
    sms: { subject: null, body: '{councilName}, dosar {reference}: {text}' },
    email: {
      subject: 'Noutăți despre dosarul dumneavoastră',
      body: paragraphs('Bună ziua, {contactName},', '{text}', lines('Dosarul dumneavoastră: {reference}', '{councilName}')),
    },
    letter: {
      subject: 'Noutăți despre dosarul dumneavoastră',
      body: paragraphs('Bună ziua, {contactName},', '{text}', '{councilName}'),
    },
  },
  notices: {
    request_received: {
      sms: 'Am primit cererea dumneavoastră. Nu trebuie să faceți nimic: vă vom scrie.',
      subject: 'Am primit cererea dumneavoastră',
      body: paragraphs(
        'Am primit cererea dumneavoastră: {deviceClass}.',
        `Nu trebuie să faceți nimic. Vă vom scrie când avem ceva pentru dumneavoastră. Dacă situația se schimbă, vă rugăm să ne spuneți ${REACH}.`,
      ),
    },
    request_refused: {
      sms: `Nu putem accepta cererea dumneavoastră. Pentru a afla de ce, sau dacă nu sunteți de acord: ${REACH_BY_SMS}.`,
      subject: 'Răspuns la cererea dumneavoastră',
      body: paragraphs(
        'Nu putem accepta cererea dumneavoastră: {deviceClass}.',
        '{hasReason, select, yes {Motivul: {reason}} other {}}',
        'Dacă nu sunteți de acord, puteți cere o nouă analiză, online ({pages}){hasPhone, select, yes {, la telefon ({phone})} other {}} sau prin scrisoare. O persoană o va citi și vă va răspunde.',
      ),
    },
    appeal_decided: {
      sms: `{decision, select, upheld {Am analizat din nou cererea dumneavoastră: este iar în așteptare. Nu trebuie să faceți nimic.} other {Am analizat din nou cererea: decizia rămâne aceeași. Pentru a afla de ce: ${REACH_BY_SMS}.}}`,
      subject: 'Răspuns la cererea de nouă analiză',
      body: paragraphs(
        'O persoană a analizat din nou cererea dumneavoastră: {deviceClass}.',
        '{decision, select, upheld {Cererea este din nou în așteptare. Timpul de așteptare se păstrează.} other {Decizia rămâne aceeași: nu putem accepta cererea dumneavoastră.}}',
        '{hasReason, select, yes {Motivul: {reason}} other {}}',
        `{decision, select, upheld {Nu trebuie să faceți nimic. Vă vom scrie când avem ceva pentru dumneavoastră.} other {O întrebare? ${CALL}.}}`,
      ),
    },
    request_suspended: {
      sms: `Cererea este în pauză{hasUntil, select, yes { până la {until, date, short}} other {}}. Timpul de așteptare se păstrează. Pentru a continua: ${REACH_BY_SMS}.`,
      subject: 'Cererea dumneavoastră este în pauză',
      body: paragraphs(
        'Cererea dumneavoastră este în pauză: {deviceClass}.',
        '{missed, plural, =0 {} one {Nu ați răspuns sau nu ați venit o dată.} few {Nu ați răspuns sau nu ați venit de # ori.} other {Nu ați răspuns sau nu ați venit de # de ori.}}',
        `{hasUntil, select, yes {Va continua singură din {until, date, long}. } other {}}Timpul de așteptare se păstrează. Pentru a continua acum, vă rugăm să ne spuneți ${REACH}.`,
      ),
    },
    offer_made: {
      sms: `Avem pentru dumneavoastră {device}. Vă rugăm să răspundeți până la {expiresOn, date, short}, ${REACH_BY_SMS}.`,
      subject: 'Avem pentru dumneavoastră {device}',
      body: paragraphs(
        'Avem pentru dumneavoastră {device}.',
        lines('Unde: {siteName}', 'Ultima zi pentru răspuns: {expiresOn, date, long}'),
        `Vă rugăm să spuneți da sau nu și să alegeți o programare, ${REACH}. După această dată, vom propune aparatul altei familii.`,
      ),
    },
    offer_expiring: {
      sms: `Avem pentru dumneavoastră {device}. {days, plural, =0 {Astăzi este ultima zi pentru răspuns} one {Mai aveți # zi pentru a răspunde} few {Mai aveți # zile pentru a răspunde} other {Mai aveți # de zile pentru a răspunde}}, ${REACH_BY_SMS}.`,
      subject: 'Vă reamintim: avem pentru dumneavoastră {device}',
      body: paragraphs(
        'Avem pentru dumneavoastră {device} și așteptăm răspunsul. {days, plural, =0 {Astăzi este ultima zi pentru răspuns.} one {Mai aveți # zi pentru a răspunde.} few {Mai aveți # zile pentru a răspunde.} other {Mai aveți # de zile pentru a răspunde.}}',
        lines('Unde: {siteName}', 'Ultima zi pentru răspuns: {expiresOn, date, long}'),
        `Vă rugăm să spuneți da sau nu, ${REACH}. După această dată, vom propune aparatul altei familii.`,
      ),
    },
    offer_expired: {
      sms: `Nu am primit răspuns, așa că propunem aparatul altei familii. Mai aveți nevoie? Spuneți-ne: ${REACH_BY_SMS}.`,
      subject: 'Propunerea noastră s-a încheiat',
      body: paragraphs(
        'Păstram pentru dumneavoastră {device}, dar data a trecut. Acum propunem aparatul altei familii.',
        '{missed, plural, =0 {} one {Este prima propunere ratată.} few {Sunt acum # propuneri ratate.} other {Sunt acum # de propuneri ratate.}} Timpul de așteptare se păstrează.',
        `Dacă mai aveți nevoie, sau dacă nu mai aveți nevoie, vă rugăm să ne spuneți ${REACH}.`,
      ),
    },
    offer_withdrawn: {
      sms: 'Aparatul păstrat pentru dumneavoastră nu mai este disponibil. Cererea își păstrează locul. Nu trebuie să faceți nimic.',
      subject: 'Aparatul nu mai este disponibil',
      body: paragraphs(
        'Nu vă mai putem da aparatul pe care îl păstram pentru dumneavoastră: {device}. Ne pare rău.',
        'Nu este vina dumneavoastră. Cererea este din nou în așteptare și își păstrează timpul de așteptare.',
        `Nu trebuie să faceți nimic: vă vom scrie imediat ce avem ceva pentru dumneavoastră. O întrebare? ${CALL}.`,
      ),
    },
    pickup_booked: {
      sms: `Programarea dumneavoastră: {pickupAt}, {siteName}. Schimbare: ${REACH_BY_SMS}.`,
      subject: 'Programarea dumneavoastră: {pickupAt}',
      body: paragraphs(
        'Programarea este notată. Veți ridica: {device}.',
        lines('Când: {pickupAt}', 'Unde: {siteName}'),
        `La sosire, vă rugăm să spuneți numărul dosarului: {reference}. Dacă nu puteți veni, schimbați programarea ${REACH}.`,
      ),
    },
    pickup_tomorrow: {
      sms: `Programarea este {pickupDay}: {pickupAt}, {siteName}. Schimbare: ${REACH_BY_SMS}.`,
      subject: 'Programarea dumneavoastră este {pickupDay}',
      body: paragraphs(
        'Programarea dumneavoastră este {pickupDay}. Veți ridica: {device}.',
        lines('Când: {pickupAt}', 'Unde: {siteName}'),
        `La sosire, vă rugăm să spuneți numărul dosarului: {reference}. Dacă nu puteți veni, schimbați programarea ${REACH}.`,
      ),
    },
    pickup_cancelled: {
      sms: `Programare anulată: {pickupAt}, {siteName}. Nu veniți. Ce urmează: ${REACH_BY_SMS}.`,
      subject: 'Programarea dumneavoastră este anulată: {pickupAt}',
      body: paragraphs(
        'Programarea dumneavoastră este anulată: vă rugăm să nu veniți. Ne pare rău, nu este vina dumneavoastră.',
        lines('Programare anulată: {pickupAt}', 'Unde: {siteName}'),
        `{hasExpiresOn, select, yes {Păstrăm în continuare pentru dumneavoastră: {device}. Alegeți altă programare până la {expiresOn, date, long}, ${REACH}.} other {Nu vă mai putem da: {device}. Cererea este din nou în așteptare și își păstrează timpul de așteptare. Nu trebuie să faceți nimic: vă vom scrie.}}`,
      ),
    },
    loan_handed_over: {
      sms: `Aveți în împrumut ${DEVICES}, de returnat până la {dueOn, date, short}. O problemă? ${REACH_BY_SMS}.`,
      subject: 'Împrumutul dumneavoastră {loanReference}',
      body: paragraphs(
        lines('V-am împrumutat:', '{devices}'),
        lines('De returnat până la: {dueOn, date, long}', 'Unde: {siteName}', 'Împrumut: {loanReference}'),
        `Înainte de această dată puteți cere mai mult timp. Dacă un aparat se strică, se pierde sau este furat, vă rugăm să ne spuneți imediat, ${REACH}.`,
      ),
    },
    loan_due: {
      sms: `De returnat până la {dueOn, date, short}, {siteName}: ${DEVICES}. Mai mult timp? ${CALL_BY_SMS}.`,
      subject: 'De returnat până la {dueOn}',
      body: paragraphs(
        '{days, plural, =0 {Împrumutul se încheie astăzi.} one {Împrumutul se încheie peste # zi.} few {Împrumutul se încheie peste # zile.} other {Împrumutul se încheie peste # de zile.}}',
        lines('De returnat:', '{devices}'),
        lines('Până la: {dueOn, date, long}', 'Unde: {siteName}', 'Împrumut: {loanReference}'),
        `Puteți veni și mai devreme. Dacă aveți nevoie de mai mult timp, vă rugăm să cereți prelungirea împrumutului înainte de această dată, ${REACH}.`,
      ),
    },
    loan_overdue: {
      sms: `Împrumutul s-a încheiat pe {dueOn, date, short}. De returnat, {siteName}: ${DEVICES}. Returnat? Pierdut? ${CALL_BY_SMS}.`,
      subject: 'Împrumutul dumneavoastră este întârziat',
      body: paragraphs(
        'Împrumutul trebuia să se încheie pe {dueOn, date, long}. {days, plural, =0 {} one {Întârzierea este de # zi.} few {Întârzierea este de # zile.} other {Întârzierea este de # de zile.}}',
        lines('De returnat:', '{devices}'),
        lines('Unde: {siteName}', 'Împrumut: {loanReference}'),
        `Alte familii așteaptă. Dacă ați returnat deja sau ați pierdut un aparat, sau dacă aveți nevoie de timp, vă rugăm să ne spuneți ${REACH}. Vom găsi împreună o soluție.`,
      ),
    },
    loan_renewed: {
      sms: `Împrumut prelungit până la {dueOn, date, short}: ${DEVICES}. Nu trebuie să faceți nimic înainte.`,
      subject: 'Împrumutul dumneavoastră este prelungit',
      body: paragraphs(
        'Împrumutul {loanReference} este prelungit până la {dueOn, date, long}.',
        lines('Păstrați:', '{devices}'),
        `Nu trebuie să faceți nimic înainte de această dată. O problemă? Spuneți-ne ${REACH}.`,
      ),
    },
    loan_recalled: {
      sms: `Avem nevoie de ce v-am împrumutat. De returnat până la {dueOn, date, short}, {siteName}: ${DEVICES}. ${CALL_BY_SMS}.`,
      subject: 'Avem nevoie de aparatele împrumutate',
      body: paragraphs(
        'Avem nevoie de aparatele împrumutate mai devreme decât era prevăzut. Ne pare rău.',
        lines('De returnat:', '{devices}'),
        lines('Până la: {dueOn, date, long}', 'Unde: {siteName}', 'Împrumut: {loanReference}'),
        `Dacă vă este greu, sau dacă mai aveți nevoie de ele, ${CALL_WITHIN}. Vom căuta o soluție.`,
      ),
    },
    loan_returned: {
      sms: `Mulțumim! Am primit ${DEVICES}. {remaining, plural, =0 {Împrumutul s-a încheiat.} one {Mai este de returnat # aparat.} few {Mai sunt de returnat # aparate.} other {Mai sunt de returnat # de aparate.}}`,
      subject: 'Vă mulțumim pentru returnare',
      body: paragraphs(
        lines('Vă mulțumim. Am primit:', '{devices}'),
        '{remaining, plural, =0 {Împrumutul {loanReference} s-a încheiat. Nu mai trebuie să faceți nimic.} one {Mai este de returnat # aparat (împrumutul {loanReference}).} few {Mai sunt de returnat # aparate (împrumutul {loanReference}).} other {Mai sunt de returnat # de aparate (împrumutul {loanReference}).}}',
        `Dacă nu este corect, vă rugăm să ne spuneți ${REACH}.`,
      ),
    },
    incident_opened: {
      sms: `Am notat o problemă cu un aparat împrumutat. O întrebare sau o greșeală? ${CALL_BY_SMS}.`,
      subject: 'Am notat o problemă cu un aparat împrumutat',
      body: paragraphs(
        'Am notat o problemă cu un aparat împrumutat: {incidentKind}.',
        lines('Aparat: {device}', 'Împrumut: {loanReference}'),
        '{incidentKind, select, lost {Dacă îl găsiți, vă rugăm să ni-l aduceți.} stolen {Vă rugăm să anunțați furtul la poliție și să păstrați documentul. Dați-ne numărul lui când îl aveți.} broken {Nu încercați să îl reparați. Aduceți-l la noi: îl vom vedea împreună.} claimed_returned {Îl căutăm la noi. Între timp nu primiți mesaje de reamintire pentru acest aparat.} other {}}',
        `Dacă nu este corect, ${CALL_WITHIN}.`,
      ),
    },
    incident_closed: {
      sms: `{outcome, select, not_found {Nu am găsit aparatul la noi. Vă rugăm să mai căutați. ${CALL_BY_SMS}.} other {Problema cu aparatul împrumutat este rezolvată. O întrebare? ${CALL_BY_SMS}.}}`,
      subject: 'Despre problema cu un aparat împrumutat',
      body: paragraphs(
        lines('Am notat: {incidentKind}.', 'Aparat: {device}', 'Împrumut: {loanReference}'),
        `{outcome, select, found {Aparatul a fost găsit. Vă mulțumim.} not_found {Nu am găsit aparatul la noi. Vă rugăm să mai căutați acasă, apoi să îl aduceți sau ${CALL_WITHIN}.} repaired {Aparatul este reparat.} written_off {Aparatul a fost scos din împrumut. Nu mai trebuie să îl returnați.} other {}}`,
        `O întrebare? ${CALL}.`,
      ),
    },
    agreement_unsigned: {
      sms: 'Contractul de împrumut nu este semnat încă. Semnați-l: {pages}, sau veniți la: {siteName}.',
      subject: 'Contractul de împrumut trebuie semnat',
      body: paragraphs(
        'Contractul pentru împrumutul {loanReference} nu este semnat încă.',
        lines('V-am împrumutat:', '{devices}'),
        `Vă rugăm să îl semnați online ({pages}), sau să veniți să îl semnați aici: {siteName}. O întrebare? ${CALL}.`,
      ),
    },
    need_review_due: {
      sms: `Dosarul dumneavoastră mai este corect? Vă rugăm să îl verificați: ${REACH_BY_SMS}.`,
      subject: 'Dosarul dumneavoastră mai este corect?',
      body: paragraphs(
        'Cu ceva timp în urmă ne-ați spus ce aveți acasă. S-a schimbat ceva: calculatoare, telefoane, internet, numărul de elevi?',
        `Vă rugăm să verificați dosarul și să îl confirmați sau să îl corectați, ${REACH}. Așa vă putem propune ceea ce vă trebuie.`,
      ),
    },
  },
};
