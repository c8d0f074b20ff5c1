import { type LanguageTexts, lines, paragraphs } from './texts.js';

const DEVICES = '{items, plural, one {# пристрій} few {# пристрої} many {# пристроїв} other {# пристрою}}';
const DAYS_LEFT =
  '{days, plural, =0 {Відповісти можна до кінця дня} one {Лишився # день} few {Лишилося # дні} many {Лишилося # днів} other {Лишилося # дня}}';

/** How the family answers: online and, where somebody can be called, by phone. */
const REACH = 'онлайн ({pages}){hasPhone, select, yes { або телефоном ({phone})} other {}}';
const REACH_BY_SMS = '{pages}{hasPhone, select, yes {, {phone}} other {}}';
/** For what is better said than written, where somebody can be called. */
const CALL = '{hasPhone, select, yes {Телефонуйте: {phone}} other {Повідомте онлайн: {pages}}}';
const CALL_WITHIN = '{hasPhone, select, yes {телефонуйте: {phone}} other {повідомте онлайн: {pages}}}';
const CALL_BY_SMS = '{hasPhone, select, yes {{phone}} other {{pages}}}';

export const ukrainian: LanguageTexts = {
  file: 'Справа',
  words: {
    deviceClass: { computer: 'комп’ютер або планшет', connectivity: 'підключення до інтернету', accessory: 'аксесуар' },
    device: {
      desktop: 'настільний комп’ютер',
      laptop: 'ноутбук',
      tablet: 'планшет',
      router: 'роутер',
      sim: 'SIM-картка',
      smartphone: 'смартфон',
      headset: 'навушники',
      webcam: 'вебкамера',
      printer: 'принтер',
      charger: 'зарядний пристрій',
    },
    incidentKind: { lost: 'втрата', stolen: 'крадіжка', broken: 'поломка', claimed_returned: 'пристрій уже повернуто' },
    pickupDay: { today: 'сьогодні', tomorrow: 'завтра', later: 'незабаром' },
    decision: { upheld: 'запит знову в черзі', dismissed: 'рішення не змінилося' },
    outcome: {
      found: 'пристрій знайдено',
      not_found: 'пристрій не знайдено',
      repaired: 'пристрій відремонтовано',
      written_off: 'пристрій знято з позики',
    },
  },
  frames: {
    sms: { subject: null, body: '{councilName}, справа {reference}: {text}' },
    email: {
      subject: 'Новини про вашу справу',
      body: paragraphs('Добрий день, {contactName}!', '{text}', lines('Ваша справа: {reference}', '{councilName}')),
    },
    letter: { subject: 'Новини про вашу справу', body: paragraphs('Добрий день, {contactName}!', '{text}', '{councilName}') },
  },
  notices: {
    request_received: {
      sms: 'Ми отримали ваш запит. Робити нічого не треба: ми вам напишемо.',
      subject: 'Ми отримали ваш запит',
      body: paragraphs(
        'Ми отримали ваш запит: {deviceClass}.',
        `Робити нічого не треба. Ми напишемо, коли матимемо щось для вас. Якщо щось зміниться, повідомте нас ${REACH}.`,
      ),
    },
    request_refused: {
      sms: `Ми не можемо прийняти ваш запит. Дізнатися чому або оскаржити: ${REACH_BY_SMS}.`,
      subject: 'Відповідь на ваш запит',
      body: paragraphs(
        'Ми не можемо прийняти ваш запит: {deviceClass}.',
        '{hasReason, select, yes {Причина: {reason}} other {}}',
        'Якщо ви не згодні, попросіть розглянути запит ще раз: онлайн ({pages}){hasPhone, select, yes {, телефоном ({phone})} other {}} або листом. Людина прочитає його і відповість вам.',
      ),
    },
    appeal_decided: {
      sms: `{decision, select, upheld {Ми ще раз розглянули ваш запит: він знову в черзі. Робити нічого не треба.} other {Ми ще раз розглянули ваш запит: рішення те саме. Дізнатися чому: ${REACH_BY_SMS}.}}`,
      subject: 'Відповідь на ваше оскарження',
      body: paragraphs(
        'Людина ще раз розглянула ваш запит: {deviceClass}.',
        '{decision, select, upheld {Ваш запит знову в черзі. Ваш час очікування зберігається.} other {Рішення не змінилося: ми не можемо прийняти ваш запит.}}',
        '{hasReason, select, yes {Причина: {reason}} other {}}',
        `{decision, select, upheld {Робити нічого не треба. Ми напишемо, коли матимемо щось для вас.} other {Є питання? ${CALL}.}}`,
      ),
    },
    request_suspended: {
      sms: `Ваш запит на паузі{hasUntil, select, yes { до {until, date, short}} other {}}. Час очікування збережено. Продовжити: ${REACH_BY_SMS}.`,
      subject: 'Ваш запит на паузі',
      body: paragraphs(
        'Ваш запит на паузі: {deviceClass}.',
        '{missed, plural, =0 {} one {Пропущено # пропозицію або візит.} few {Пропущено # пропозиції або візити.} many {Пропущено # пропозицій або візитів.} other {Пропущено # пропозиції або візиту.}}',
        `{hasUntil, select, yes {Він продовжиться сам: {until, date, long}. } other {}}Ваш час очікування зберігається. Щоб продовжити зараз, повідомте нас ${REACH}.`,
      ),
    },
    offer_made: {
      sms: `Для вас є {device}. Дайте відповідь до {expiresOn, date, short} включно, ${REACH_BY_SMS}.`,
      subject: 'Для вас є {device}',
      body: paragraphs(
        'Для вас є {device}.',
        lines('Де: {siteName}', 'Останній день для відповіді: {expiresOn, date, long}'),
        `Скажіть нам так або ні й оберіть час візиту, ${REACH}. Після цього дня ми запропонуємо пристрій іншій родині.`,
      ),
    },
    offer_expiring: {
      sms: `Для вас є {device}. ${DAYS_LEFT}: ${REACH_BY_SMS}.`,
      subject: 'Нагадування: для вас є {device}',
      body: paragraphs(
        `Для вас є {device}. Ми чекаємо на вашу відповідь. ${DAYS_LEFT}.`,
        lines('Де: {siteName}', 'Останній день для відповіді: {expiresOn, date, long}'),
        `Скажіть нам так або ні, ${REACH}. Після цього дня ми запропонуємо пристрій іншій родині.`,
      ),
    },
    offer_expired: {
      sms: `Відповіді не було, тому пристрій отримає інша родина. Ще потрібен? ${REACH_BY_SMS}.`,
      subject: 'Термін нашої пропозиції минув',
      body: paragraphs(
        'Ми тримали для вас: {device}. Термін минув, і ми пропонуємо пристрій іншій родині.',
        '{missed, plural, =0 {} one {Пропущено # пропозицію.} few {Пропущено # пропозиції.} many {Пропущено # пропозицій.} other {Пропущено # пропозиції.}} Ваш час очікування зберігається.',
        `Якщо пристрій вам ще потрібен або вже не потрібен, повідомте нас ${REACH}.`,
      ),
    },
    offer_withdrawn: {
      sms: 'Пристрій для вас більше не доступний. Запит зберігає місце, робити нічого не треба.',
      subject: 'Пристрій більше не доступний',
      body: paragraphs(
        'Ми більше не можемо дати вам пристрій, який тримали для вас: {device}. Нам дуже шкода.',
        'Це не ваша провина. Ваш запит знову чекає, а час очікування зберігається.',
        `Вам нічого не треба робити: ми напишемо, щойно матимемо щось для вас. Є запитання? ${CALL}.`,
      ),
    },
    pickup_booked: {
      sms: `Ваш візит: {pickupAt}, {siteName}. Змінити: ${REACH_BY_SMS}.`,
      subject: 'Ваш візит: {pickupAt}',
      body: paragraphs(
        'Ваш візит записано. Ви отримаєте: {device}.',
        lines('Коли: {pickupAt}', 'Де: {siteName}'),
        `Коли прийдете, назвіть номер справи: {reference}. Якщо не можете прийти, змініть час ${REACH}.`,
      ),
    },
    pickup_tomorrow: {
      sms: `Візит {pickupDay}: {pickupAt}, {siteName}. Див. ${REACH_BY_SMS}.`,
      subject: 'Ваш візит {pickupDay}',
      body: paragraphs(
        'Ваш візит {pickupDay}. Ви отримаєте: {device}.',
        lines('Коли: {pickupAt}', 'Де: {siteName}'),
        `Коли прийдете, назвіть номер справи: {reference}. Якщо не можете прийти, змініть час ${REACH}.`,
      ),
    },
    pickup_cancelled: {
      sms: `Візит скасовано: {pickupAt}, {siteName}. Далі: ${REACH_BY_SMS}.`,
      subject: 'Ваш візит скасовано: {pickupAt}',
      body: paragraphs(
        'Ваш візит скасовано: будь ласка, не приходьте. Нам дуже шкода, це не ваша провина.',
        lines('Скасований візит: {pickupAt}', 'Де: {siteName}'),
        `{hasExpiresOn, select, yes {Ми й далі тримаємо для вас: {device}. Оберіть інший час, останній день: {expiresOn, date, long}, ${REACH}.} other {Ми більше не можемо дати вам: {device}. Ваш запит знову чекає, а час очікування зберігається. Вам нічого не треба робити: ми напишемо.}}`,
      ),
    },
    loan_handed_over: {
      sms: `У вас у позиці ${DEVICES} до {dueOn, date, short}. Якщо є проблема: ${REACH_BY_SMS}.`,
      subject: 'Ваша позика {loanReference}',
      body: paragraphs(
        lines('Ми позичили вам:', '{devices}'),
        lines('Останній день повернення: {dueOn, date, long}', 'Де: {siteName}', 'Позика: {loanReference}'),
        `До цього дня можна попросити більше часу. Якщо пристрій зламався, загубився або його вкрали, одразу повідомте нас ${REACH}.`,
      ),
    },
    loan_due: {
      sms: `Поверніть до {dueOn, date, short}, {siteName}: ${DEVICES}. Потрібен час? ${CALL_BY_SMS}.`,
      subject: 'Поверніть до {dueOn, date, short}',
      body: paragraphs(
        '{days, plural, =0 {Ваша позика закінчується сьогодні.} one {Ваша позика закінчується через # день.} few {Ваша позика закінчується через # дні.} many {Ваша позика закінчується через # днів.} other {Ваша позика закінчується через # дня.}}',
        lines('Треба повернути:', '{devices}'),
        lines('Останній день: {dueOn, date, long}', 'Де: {siteName}', 'Позика: {loanReference}'),
        `Можна прийти й раніше. Якщо потрібно більше часу, попросіть продовжити позику до цього дня, ${REACH}.`,
      ),
    },
    loan_overdue: {
      sms: `Позика скінчилася {dueOn, date, short}. Поверніть, {siteName}: ${DEVICES}. Загубили? ${CALL_BY_SMS}.`,
      subject: 'Термін вашої позики минув',
      body: paragraphs(
        'Ваша позика закінчилася: {dueOn, date, long}. {days, plural, =0 {} one {Запізнення: # день.} few {Запізнення: # дні.} many {Запізнення: # днів.} other {Запізнення: # дня.}}',
        lines('Треба повернути:', '{devices}'),
        lines('Де: {siteName}', 'Позика: {loanReference}'),
        `Інші родини чекають. Якщо ви вже повернули чи загубили пристрій або вам потрібен час, повідомте нас ${REACH}. Ми разом знайдемо рішення.`,
      ),
    },
    loan_renewed: {
      sms: `Позику продовжено до {dueOn, date, short}: ${DEVICES}. До того робити нічого не треба.`,
      subject: 'Вашу позику продовжено',
      body: paragraphs(
        'Вашу позику {loanReference} продовжено. Останній день: {dueOn, date, long}.',
        lines('У вас лишаються:', '{devices}'),
        `До цього дня робити нічого не треба. Якщо є проблема, повідомте нас ${REACH}.`,
      ),
    },
    loan_recalled: {
      sms: `Нам потрібна позичена техніка. Поверніть до {dueOn, date, short}, {siteName}: ${DEVICES}.`,
      subject: 'Нам потрібна позичена техніка',
      body: paragraphs(
        'Нам потрібна позичена техніка раніше, ніж планувалося. Перепрошуємо.',
        lines('Треба повернути:', '{devices}'),
        lines('Останній день: {dueOn, date, long}', 'Де: {siteName}', 'Позика: {loanReference}'),
        `Якщо вам це важко або техніка вам ще потрібна, ${CALL_WITHIN}. Ми пошукаємо рішення.`,
      ),
    },
    loan_returned: {
      sms: `Дякуємо! Отримано ${DEVICES}. {remaining, plural, =0 {Позику закрито.} one {Лишився # пристрій.} few {Лишилося # пристрої.} many {Лишилося # пристроїв.} other {Лишилося # пристрою.}}`,
      subject: 'Дякуємо за повернення',
      body: paragraphs(
        lines('Дякуємо. Ми отримали:', '{devices}'),
        '{remaining, plural, =0 {Вашу позику {loanReference} закрито. Більше робити нічого не треба.} one {Ще треба повернути # пристрій (позика {loanReference}).} few {Ще треба повернути # пристрої (позика {loanReference}).} many {Ще треба повернути # пристроїв (позика {loanReference}).} other {Ще треба повернути # пристрою (позика {loanReference}).}}',
        `Якщо це не так, повідомте нас ${REACH}.`,
      ),
    },
    incident_opened: {
      sms: `Ми записали проблему з позиченим пристроєм. Питання чи помилка? ${CALL_BY_SMS}.`,
      subject: 'Ми записали проблему з позиченим пристроєм',
      body: paragraphs(
        'Ми записали проблему з позиченим пристроєм: {incidentKind}.',
        lines('Пристрій: {device}', 'Позика: {loanReference}'),
        '{incidentKind, select, lost {Якщо знайдете його, принесіть нам.} stolen {Повідомте поліцію про крадіжку і збережіть документ. Дайте нам його номер, коли матимете.} broken {Не ремонтуйте його самі. Принесіть нам: подивимося разом.} claimed_returned {Ми шукаємо його в себе. Тим часом ви не отримуватимете нагадувань про цей пристрій.} other {}}',
        `Якщо це не так, ${CALL_WITHIN}.`,
      ),
    },
    incident_closed: {
      sms: `{outcome, select, not_found {Ми не знайшли пристрій у себе. Пошукайте ще. ${CALL_BY_SMS}.} other {Проблему з позиченим пристроєм закрито. Є питання? ${CALL_BY_SMS}.}}`,
      subject: 'Про проблему з позиченим пристроєм',
      body: paragraphs(
        lines('Ми записали: {incidentKind}.', 'Пристрій: {device}', 'Позика: {loanReference}'),
        `{outcome, select, found {Пристрій знайдено. Дякуємо.} not_found {Ми не знайшли пристрій у себе. Пошукайте ще вдома, потім принесіть його або ${CALL_WITHIN}.} repaired {Пристрій відремонтовано.} written_off {Пристрій знято з вашої позики. Повертати його вже не треба.} other {}}`,
        `Є питання? ${CALL}.`,
      ),
    },
    agreement_unsigned: {
      sms: 'Договір позики ще не підписано. Підпишіть: {pages}, або прийдіть: {siteName}.',
      subject: 'Треба підписати договір позики',
      body: paragraphs(
        'Договір позики {loanReference} ще не підписано.',
        lines('Позичено вам:', '{devices}'),
        `Підпишіть його онлайн ({pages}) або прийдіть підписати сюди: {siteName}. Є питання? ${CALL}.`,
      ),
    },
    need_review_due: {
      sms: `Чи дані вашої справи ще правильні? Перевірте їх: ${REACH_BY_SMS}.`,
      subject: 'Чи дані вашої справи ще правильні?',
      body: paragraphs(
        'Якийсь час тому ви сказали нам, що маєте вдома. Чи щось змінилося: комп’ютери, телефони, інтернет, кількість учнів?',
        `Перевірте свою справу й підтвердьте або виправте її, ${REACH}. Так ми зможемо запропонувати вам те, що потрібно.`,
      ),
    },
  },
};
