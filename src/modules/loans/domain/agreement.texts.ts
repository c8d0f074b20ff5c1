import type { TextLanguage } from '../../../shared/language.js';

/** The text that the shipped loan policy names. */
export const SHIPPED_TERMS = '2026-09';

const paragraphs = (...each: string[]): string => each.join('\n\n');

/** The shipped agreement, in plain words; `we` is the council. */
export const SHIPPED_AGREEMENT: Readonly<Record<TextLanguage, string>> = {
  fr: paragraphs(
    'Nous vous prêtons ce matériel. Il est à nous, et le prêt ne vous coûte rien.',
    'Il sert d’abord à apprendre. Toute la famille peut s’en servir.',
    'Prenez-en soin. Ne le vendez pas, ne le donnez pas et ne le prêtez à personne.',
    'Rapportez-le au plus tard le jour écrit sur le prêt, avec son chargeur. Si vous en avez encore besoin, demandez avant ce jour à le garder plus longtemps.',
    'S’il est perdu, volé ou cassé, dites-le-nous tout de suite. S’il est volé, allez aussi à la police.',
    'Quand il revient, nous effaçons tout ce qu’il contient. Gardez avant une copie de vos photos et de vos devoirs.',
  ),
  en: paragraphs(
    'We lend you this equipment. It belongs to us, and the loan costs you nothing.',
    'It is for learning first. The whole family may use it.',
    'Take care of it. Do not sell it, give it away or lend it to anybody.',
    'Bring it back by the day that is written on the loan, with its charger. If you still need it, ask before that day to keep it longer.',
    'If it is lost, stolen or broken, tell us at once. If it is stolen, go to the police as well.',
    'When it comes back, we erase everything on it. Keep a copy of your photos and homework before.',
  ),
  ar: paragraphs(
    'نعيركم هذا الجهاز. هو ملك لنا، والإعارة لا تكلفكم شيئا.',
    'هو للتعلم أولا. ويمكن لكل العائلة أن تستعمله.',
    'اعتنوا به. لا تبيعوه ولا تعطوه ولا تعيروه لأحد.',
    'أعيدوه في اليوم المكتوب في الإعارة أو قبله، مع الشاحن. إن كنتم ما زلتم بحاجة إليه، فاطلبوا قبل ذلك اليوم أن يبقى عندكم مدة أطول.',
    'إن ضاع أو سُرق أو انكسر، فأخبرونا فورا. وإن سُرق، فاذهبوا أيضا إلى الشرطة.',
    'عندما يعود، نمحو كل ما فيه. احتفظوا قبل ذلك بنسخة من صوركم وواجباتكم.',
  ),
  tr: paragraphs(
    'Size bu cihazı ödünç veriyoruz. Cihaz bizimdir, ödünç almak size hiçbir şeye mal olmaz.',
    'Önce öğrenmek içindir. Bütün aile kullanabilir.',
    'Ona iyi bakın. Satmayın, kimseye vermeyin, kimseye ödünç vermeyin.',
    'En geç ödünç kâğıdında yazan günde, şarj aletiyle birlikte geri getirin. Hâlâ gerekiyorsa, o günden önce daha uzun süre isteyin.',
    'Kaybolursa, çalınırsa ya da bozulursa hemen bize söyleyin. Çalınırsa polise de gidin.',
    'Geri geldiğinde içindeki her şeyi sileriz. Önce fotoğraflarınızın ve ödevlerinizin bir kopyasını saklayın.',
  ),
  pt: paragraphs(
    'Emprestamos-lhe este equipamento. É nosso, e o empréstimo não lhe custa nada.',
    'Serve primeiro para aprender. Toda a família o pode usar.',
    'Cuide dele. Não o venda, não o dê e não o empreste a ninguém.',
    'Traga-o até ao dia escrito no empréstimo, com o carregador. Se ainda precisar dele, peça antes desse dia para ficar mais tempo.',
    'Se se perder, for roubado ou se partir, diga-nos logo. Se for roubado, vá também à polícia.',
    'Quando voltar, apagamos tudo o que tem dentro. Guarde antes uma cópia das suas fotografias e dos trabalhos da escola.',
  ),
  uk: paragraphs(
    'Ми позичаємо вам цей пристрій. Він наш, і позика для вас безкоштовна.',
    'Він насамперед для навчання. Ним може користуватися вся родина.',
    'Бережіть його. Не продавайте, не віддавайте і не позичайте нікому.',
    'Поверніть його не пізніше дня, записаного в позиці, разом із зарядним пристроєм. Якщо він вам ще потрібен, попросіть до цього дня залишити його довше.',
    'Якщо його загублено, вкрадено або зламано, одразу скажіть нам. Якщо вкрадено, зверніться також до поліції.',
    'Коли він повернеться, ми зітремо все, що в ньому є. Спершу збережіть копію своїх фотографій і домашніх завдань.',
  ),
  ro: paragraphs(
    'Vă împrumutăm acest aparat. Este al nostru, iar împrumutul nu vă costă nimic.',
    'Este în primul rând pentru învățat. Toată familia îl poate folosi.',
    'Aveți grijă de el. Nu îl vindeți, nu îl dați și nu îl împrumutați nimănui.',
    'Aduceți-l înapoi cel târziu în ziua scrisă pe împrumut, cu încărcătorul lui. Dacă mai aveți nevoie de el, cereți înainte de acea zi să îl păstrați mai mult.',
    'Dacă se pierde, este furat sau se strică, spuneți-ne imediat. Dacă este furat, mergeți și la poliție.',
    'Când se întoarce, ștergem tot ce este pe el. Păstrați înainte o copie a fotografiilor și a temelor.',
  ),
  es: paragraphs(
    'Le prestamos este equipo. Es nuestro, y el préstamo no le cuesta nada.',
    'Sirve primero para aprender. Toda la familia puede usarlo.',
    'Cuídelo. No lo venda, no lo regale y no lo preste a nadie.',
    'Devuélvalo a más tardar el día escrito en el préstamo, con su cargador. Si todavía lo necesita, pida antes de ese día quedárselo más tiempo.',
    'Si se pierde, se lo roban o se rompe, díganoslo enseguida. Si se lo roban, vaya también a la policía.',
    'Cuando vuelva, borramos todo lo que tiene. Guarde antes una copia de sus fotos y de sus deberes.',
  ),
};
