import { type HelpTextsOfLanguage, paragraphs } from '../help-topics.js';

export const french: HelpTextsOfLanguage = {
  bring_it_back: paragraphs(
    'Rapportez tout ce que vous avez reçu : l’appareil, le chargeur, la housse.',
    'Avant de venir, enregistrez vos photos et vos devoirs ailleurs. Nous effaçons tout après le retour.',
    'Déconnectez vos comptes, comme Google ou Apple. Sur une tablette, retirez aussi le code de l’écran.',
    'Venez au plus tard le jour prévu, à l’endroit où vous l’avez reçu. Il manque une pièce ? Venez quand même et dites-le.',
  ),
  does_not_start: paragraphs(
    'Branchez l’appareil avec son chargeur. Attendez 30 minutes, même si l’écran reste noir.',
    'Appuyez sur le bouton de démarrage pendant 15 secondes. Lâchez, attendez un peu, puis appuyez une fois.',
    'Ordinateur : débranchez la souris, la clé USB et l’imprimante. Puis essayez encore.',
    'Boîtier internet 4G : vérifiez que le câble est bien enfoncé et que la prise marche.',
    'Rien ne se passe ? Ne l’ouvrez pas. Dites-le-nous : ce n’est pas grave, nous le réparons ou nous l’échangeons.',
  ),
  no_network: paragraphs(
    'Éteignez l’appareil, attendez une minute, puis rallumez-le.',
    'Ordinateur ou tablette : regardez si le Wi-Fi est allumé. Vérifiez que le mode avion est éteint.',
    'Boîtier internet 4G : posez-le près d’une fenêtre, en hauteur. Le nom et le code du Wi-Fi sont sur l’étiquette, souvent dessous.',
    'Restez dans la même pièce que le boîtier. Fermez les vidéos sur les autres appareils.',
    'Internet est lent à la fin du mois ? Vous avez peut-être utilisé toutes les données. Dites-le-nous.',
  ),
  charging: paragraphs(
    'Prenez le chargeur que nous vous avons donné. Un autre chargeur peut abîmer l’appareil.',
    'Branchez-le le soir. Le matin, il est prêt pour l’école.',
    'Une petite lumière ou un éclair montre que ça charge. Rien ? Essayez une autre prise.',
    'Posez l’appareil sur une table pendant la charge, jamais sur un lit. Gardez-le loin de l’eau.',
    'Le chargeur est cassé, ou très chaud ? Débranchez-le et dites-le-nous.',
  ),
};
