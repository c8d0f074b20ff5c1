import { type LanguageTexts, lines, paragraphs } from './texts.js';

const DEVICES = '{items, plural, zero {# جهاز} one {جهاز واحد} two {جهازان} few {# أجهزة} many {# جهازًا} other {# جهاز}}';
const DAYS = '{days, plural, =0 {اليوم فقط} zero {# يوم} one {يوم واحد} two {يومان} few {# أيام} many {# يومًا} other {# يوم}}';
const REMAINING = 'بقي للإرجاع: {remaining, plural, =0 {لا شيء} one {جهاز واحد} two {جهازان} few {# أجهزة} many {# جهازًا} other {# جهاز}}';
const MISSED =
  '{missed, plural, =0 {} one {المرات الفائتة: #.} two {المرات الفائتة: #.} few {المرات الفائتة: #.} many {المرات الفائتة: #.} other {المرات الفائتة: #.}}';

// People are addressed in the plural, which is polite and says neither man nor woman.
export const arabic: LanguageTexts = {
  file: 'الملف',
  words: {
    deviceClass: { computer: 'حاسوب أو جهاز لوحي', connectivity: 'اتصال بالإنترنت', accessory: 'ملحق' },
    device: {
      desktop: 'حاسوب مكتبي',
      laptop: 'حاسوب محمول',
      tablet: 'جهاز لوحي',
      router: 'جهاز إنترنت منزلي',
      sim: 'شريحة هاتف',
      smartphone: 'هاتف ذكي',
      headset: 'سماعة رأس',
      webcam: 'كاميرا حاسوب',
      printer: 'طابعة',
      charger: 'شاحن',
    },
    incidentKind: { lost: 'ضياع', stolen: 'سرقة', broken: 'عطل أو كسر', claimed_returned: 'جهاز تم إرجاعه من قبل' },
    pickupDay: { today: 'اليوم', tomorrow: 'غدًا', later: 'قريبًا' },
    decision: { upheld: 'عاد الطلب إلى قائمة الانتظار', dismissed: 'القرار لم يتغير' },
    outcome: {
      found: 'تم العثور على الجهاز',
      not_found: 'لم يتم العثور على الجهاز',
      repaired: 'تم إصلاح الجهاز',
      written_off: 'تم حذف الجهاز من الإعارة',
    },
  },
  frames: {
    // It begins in Arabic, as phones run a text in the direction of its first letter.
    sms: { subject: null, body: 'من {councilName}، ملف {reference}: {text}' },
    email: {
      subject: 'أخبار عن ملفكم',
      body: paragraphs('مرحبًا {contactName}،', '{text}', lines('ملفكم: {reference}', '{councilName}')),
    },
    letter: { subject: 'أخبار عن ملفكم', body: paragraphs('مرحبًا {contactName}،', '{text}', '{councilName}') },
  },
  notices: {
    request_received: {
      sms: 'وصلنا طلبكم. ليس عليكم فعل أي شيء: سنكتب إليكم.',
      subject: 'وصلنا طلبكم',
      body: paragraphs(
        'وصلنا طلبكم: {deviceClass}.',
        'ليس عليكم فعل أي شيء الآن. سنكتب إليكم عندما يتوفر لنا شيء لكم. إذا تغير وضعكم، يرجى إخبارنا عبر الإنترنت أو بالهاتف.',
      ),
    },
    request_refused: {
      sms: 'لا يمكننا قبول طلبكم. لمعرفة السبب أو للاعتراض: عبر الإنترنت أو بالهاتف.',
      subject: 'الجواب عن طلبكم',
      body: paragraphs(
        'لا يمكننا قبول طلبكم: {deviceClass}.',
        '{hasReason, select, yes {السبب: {reason}} other {}}',
        'إذا كنتم غير موافقين، يمكنكم أن تطلبوا منا النظر فيه مرة أخرى، عبر الإنترنت أو بالهاتف أو برسالة. سيقرؤه موظف ويجيبكم.',
      ),
    },
    appeal_decided: {
      sms: '{decision, select, upheld {أعدنا النظر في طلبكم: عاد إلى قائمة الانتظار. ليس عليكم فعل أي شيء.} other {أعدنا النظر في طلبكم: القرار لم يتغير. لمعرفة السبب: عبر الإنترنت أو بالهاتف.}}',
      subject: 'الجواب عن اعتراضكم',
      body: paragraphs(
        'أعاد موظف النظر في طلبكم: {deviceClass}.',
        '{decision, select, upheld {عاد طلبكم إلى قائمة الانتظار. مدة انتظاركم محفوظة.} other {القرار لم يتغير: لا يمكننا قبول طلبكم.}}',
        '{hasReason, select, yes {السبب: {reason}} other {}}',
        '{decision, select, upheld {ليس عليكم فعل أي شيء الآن. سنكتب إليكم عندما يتوفر لنا شيء لكم.} other {هل لديكم سؤال؟ اتصلوا بنا.}}',
      ),
    },
    request_suspended: {
      sms: 'طلبكم متوقف{hasUntil, select, yes { حتى {until, date, short}} other {}}. مدة انتظاركم محفوظة. للمتابعة: عبر الإنترنت أو بالهاتف.',
      subject: 'طلبكم متوقف مؤقتًا',
      body: paragraphs(
        'طلبكم متوقف مؤقتًا: {deviceClass}.',
        MISSED,
        '{hasUntil, select, yes {سيستمر وحده يوم {until, date, long}. } other {}}مدة انتظاركم محفوظة. للمتابعة الآن، يرجى إخبارنا عبر الإنترنت أو بالهاتف.',
      ),
    },
    offer_made: {
      sms: 'لدينا لكم: {device}. يرجى الرد حتى {expiresOn, date, short}، عبر الإنترنت أو بالهاتف.',
      subject: 'لدينا لكم: {device}',
      body: paragraphs(
        'لدينا لكم: {device}.',
        lines('المكان: {siteName}', 'آخر يوم للرد: {expiresOn, date, long}'),
        'يرجى أن تقولوا لنا نعم أو لا وأن تختاروا موعدًا، عبر الإنترنت أو بالهاتف. بعد هذا اليوم سنعرضه على عائلة أخرى.',
      ),
    },
    offer_expiring: {
      sms: `تذكير: لدينا لكم: {device}. المدة الباقية للرد: ${DAYS}، عبر الإنترنت أو بالهاتف.`,
      subject: 'تذكير: لدينا لكم: {device}',
      body: paragraphs(
        `لدينا لكم: {device}. نحن ننتظر ردكم. المدة الباقية للرد: ${DAYS}.`,
        lines('المكان: {siteName}', 'آخر يوم للرد: {expiresOn, date, long}'),
        'يرجى أن تقولوا لنا نعم أو لا، عبر الإنترنت أو بالهاتف. بعد هذا اليوم سنعرضه على عائلة أخرى.',
      ),
    },
    offer_expired: {
      sms: 'لم يصلنا رد، لذلك نعرض الجهاز على عائلة أخرى. هل ما زلتم تحتاجونه؟ أخبرونا بالهاتف.',
      subject: 'انتهت مدة عرضنا',
      body: paragraphs(
        'احتفظنا لكم بما يلي: {device}، لكن المدة انتهت. نعرض الجهاز الآن على عائلة أخرى.',
        `${MISSED} مدة انتظاركم محفوظة.`,
        'إذا كنتم ما زلتم تحتاجونه، أو لم تعودوا تحتاجونه، يرجى إخبارنا عبر الإنترنت أو بالهاتف.',
      ),
    },
    offer_withdrawn: {
      sms: 'الجهاز الذي احتفظنا به لكم لم يعد متاحًا. يحتفظ طلبكم بمكانه. لا داعي لأن تفعلوا أي شيء.',
      subject: 'الجهاز لم يعد متاحًا',
      body: paragraphs(
        'لم نعد نستطيع إعطاءكم الجهاز الذي احتفظنا به لكم: {device}. نعتذر عن ذلك.',
        'ليس هذا خطأكم. طلبكم في الانتظار من جديد ومدة انتظاركم محفوظة.',
        'لا داعي لأن تفعلوا أي شيء: سنكتب إليكم عندما يكون لدينا شيء لكم. لديكم سؤال؟ اتصلوا بنا.',
      ),
    },
    pickup_booked: {
      sms: 'موعدكم: {pickupAt}، {siteName}. لتغييره: عبر الإنترنت أو بالهاتف.',
      subject: 'موعدكم: {pickupAt}',
      body: paragraphs(
        'تم تسجيل موعدكم. ستستلمون: {device}.',
        lines('الوقت: {pickupAt}', 'المكان: {siteName}'),
        'عند الوصول، يرجى ذكر رقم ملفكم: {reference}. إذا لم تستطيعوا الحضور، غيّروا الموعد عبر الإنترنت أو بالهاتف.',
      ),
    },
    pickup_tomorrow: {
      sms: 'موعدكم {pickupDay}: {pickupAt}، {siteName}. لتغييره: عبر الإنترنت أو بالهاتف.',
      subject: 'موعدكم {pickupDay}',
      body: paragraphs(
        'موعدكم {pickupDay}. ستستلمون: {device}.',
        lines('الوقت: {pickupAt}', 'المكان: {siteName}'),
        'عند الوصول، يرجى ذكر رقم ملفكم: {reference}. إذا لم تستطيعوا الحضور، غيّروا الموعد عبر الإنترنت أو بالهاتف.',
      ),
    },
    pickup_cancelled: {
      sms: 'أُلغي موعدكم: {pickupAt}، {siteName}. لا تحضروا. للمتابعة: بالهاتف.',
      subject: 'أُلغي موعدكم: {pickupAt}',
      body: paragraphs(
        'أُلغي موعدكم: يرجى عدم الحضور. نعتذر، فليس هذا خطأكم.',
        lines('الموعد الملغى: {pickupAt}', 'المكان: {siteName}'),
        '{hasExpiresOn, select, yes {ما زلنا نحتفظ لكم بما يلي: {device}. يرجى اختيار موعد آخر حتى {expiresOn, date, long}، عبر الإنترنت أو بالهاتف.} other {لم نعد نستطيع إعطاءكم: {device}. طلبكم في الانتظار من جديد ومدة انتظاركم محفوظة. لا داعي لأن تفعلوا أي شيء: سنكتب إليكم.}}',
      ),
    },
    loan_handed_over: {
      sms: `أعرناكم: ${DEVICES}. آخر يوم للإرجاع: {dueOn, date, short}. عند أي مشكلة: عبر الإنترنت أو بالهاتف.`,
      subject: 'إعارتكم {loanReference}',
      body: paragraphs(
        lines('أعرناكم:', '{devices}'),
        lines('آخر يوم للإرجاع: {dueOn, date, long}', 'المكان: {siteName}', 'الإعارة: {loanReference}'),
        'قبل هذا اليوم يمكنكم طلب وقت إضافي. إذا تعطل جهاز أو ضاع أو سُرق، يرجى إخبارنا فورًا، عبر الإنترنت أو بالهاتف.',
      ),
    },
    loan_due: {
      sms: `للإرجاع حتى {dueOn, date, short}، {siteName}: ${DEVICES}. لوقت إضافي اتصلوا بنا.`,
      subject: 'آخر يوم للإرجاع: {dueOn}',
      body: paragraphs(
        `المدة الباقية للإعارة: ${DAYS}.`,
        lines('للإرجاع:', '{devices}'),
        lines('آخر يوم: {dueOn, date, long}', 'المكان: {siteName}', 'الإعارة: {loanReference}'),
        'يمكنكم الحضور قبل ذلك أيضًا. إذا احتجتم إلى وقت إضافي، يرجى طلب تمديد الإعارة قبل هذا اليوم، عبر الإنترنت أو بالهاتف.',
      ),
    },
    loan_overdue: {
      sms: `انتهت الإعارة في {dueOn, date, short}. للإرجاع، {siteName}: ${DEVICES}. أُرجع أو ضاع؟ اتصلوا بنا.`,
      subject: 'إعارتكم متأخرة',
      body: paragraphs(
        `انتهت إعارتكم يوم {dueOn, date, long}. مدة التأخير: ${DAYS}.`,
        lines('للإرجاع:', '{devices}'),
        lines('المكان: {siteName}', 'الإعارة: {loanReference}'),
        'عائلات أخرى تنتظر. إذا أرجعتم جهازًا أو ضاع منكم، أو احتجتم إلى وقت، يرجى إخبارنا عبر الإنترنت أو بالهاتف. سنجد حلًا معًا.',
      ),
    },
    loan_renewed: {
      sms: `تم تمديد الإعارة حتى {dueOn, date, short}: ${DEVICES}. ليس عليكم فعل أي شيء قبل ذلك.`,
      subject: 'تم تمديد إعارتكم',
      body: paragraphs(
        'تم تمديد إعارتكم {loanReference} حتى يوم {dueOn, date, long}.',
        lines('تحتفظون بما يلي:', '{devices}'),
        'ليس عليكم فعل أي شيء قبل هذا اليوم. عند أي مشكلة، أخبرونا عبر الإنترنت أو بالهاتف.',
      ),
    },
    loan_recalled: {
      sms: `نحتاج إلى ما أعرناكم. للإرجاع حتى {dueOn, date, short}، {siteName}: ${DEVICES}. لأي مشكلة اتصلوا بنا.`,
      subject: 'نحتاج إلى الأجهزة المعارة',
      body: paragraphs(
        'نحتاج إلى الأجهزة المعارة قبل الموعد المقرر. نعتذر عن ذلك.',
        lines('للإرجاع:', '{devices}'),
        lines('آخر يوم: {dueOn, date, long}', 'المكان: {siteName}', 'الإعارة: {loanReference}'),
        'إذا كان ذلك صعبًا عليكم، أو كنتم ما زلتم تحتاجونها، يرجى الاتصال بنا. سنبحث عن حل.',
      ),
    },
    loan_returned: {
      sms: `شكرًا! استلمنا: ${DEVICES}. ${REMAINING}.`,
      subject: 'شكرًا على الإرجاع',
      body: paragraphs(
        lines('شكرًا لكم. استلمنا:', '{devices}'),
        lines(`${REMAINING}.`, 'الإعارة: {loanReference}'),
        'إذا كان هذا غير صحيح، يرجى إخبارنا عبر الإنترنت أو بالهاتف.',
      ),
    },
    incident_opened: {
      sms: 'سجلنا مشكلة في جهاز معار. هل لديكم سؤال أو يوجد خطأ؟ اتصلوا بنا.',
      subject: 'سجلنا مشكلة في جهاز معار',
      body: paragraphs(
        'سجلنا مشكلة في جهاز معار: {incidentKind}.',
        lines('الجهاز: {device}', 'الإعارة: {loanReference}'),
        '{incidentKind, select, lost {إذا وجدتموه، يرجى إحضاره إلينا.} stolen {يرجى إبلاغ الشرطة بالسرقة والاحتفاظ بالورقة. أعطونا رقمها عندما تحصلون عليه.} broken {يرجى عدم محاولة إصلاحه. أحضروه إلينا وسننظر فيه معًا.} claimed_returned {نحن نبحث عنه عندنا. خلال ذلك لن تصلكم تذكيرات بهذا الجهاز.} other {}}',
        'إذا كان هذا غير صحيح، يرجى الاتصال بنا.',
      ),
    },
    incident_closed: {
      sms: '{outcome, select, not_found {لم نجد الجهاز عندنا. يرجى البحث مرة أخرى والاتصال بنا.} other {انتهت مشكلة الجهاز المعار. هل لديكم سؤال؟ اتصلوا بنا.}}',
      subject: 'بخصوص مشكلة الجهاز المعار',
      body: paragraphs(
        lines('سجلنا ما يلي: {incidentKind}.', 'الجهاز: {device}', 'الإعارة: {loanReference}'),
        '{outcome, select, found {تم العثور على الجهاز. شكرًا لكم.} not_found {لم نجد الجهاز عندنا. يرجى البحث مرة أخرى في البيت، ثم إحضاره أو الاتصال بنا.} repaired {تم إصلاح الجهاز.} written_off {تم حذف الجهاز من إعارتكم. لم يعد عليكم إرجاعه.} other {}}',
        'هل لديكم سؤال؟ اتصلوا بنا.',
      ),
    },
    agreement_unsigned: {
      sms: 'عقد الإعارة غير موقّع بعد. وقّعوه عبر الإنترنت أو احضروا إلى: {siteName}.',
      subject: 'عقد الإعارة ينتظر توقيعكم',
      body: paragraphs(
        lines('عقد الإعارة غير موقّع بعد.', 'الإعارة: {loanReference}'),
        lines('أعرناكم:', '{devices}'),
        'يرجى توقيعه عبر الإنترنت، أو الحضور لتوقيعه هنا: {siteName}. هل لديكم سؤال؟ اتصلوا بنا.',
      ),
    },
    need_review_due: {
      sms: 'هل ما زال ملفكم صحيحًا؟ يرجى التحقق منه عبر الإنترنت أو بالهاتف.',
      subject: 'هل ما زال ملفكم صحيحًا؟',
      body: paragraphs(
        'قبل مدة أخبرتمونا بما لديكم في البيت. هل تغير شيء: الحواسيب أو الهواتف أو الإنترنت أو عدد التلاميذ؟',
        'يرجى التحقق من ملفكم وتأكيده أو تصحيحه، عبر الإنترنت أو بالهاتف. هذا يساعدنا على أن نعرض عليكم ما تحتاجونه.',
      ),
    },
  },
};
