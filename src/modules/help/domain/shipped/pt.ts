import { type HelpTextsOfLanguage, paragraphs } from '../help-topics.js';

export const portuguese: HelpTextsOfLanguage = {
  bring_it_back: paragraphs(
    'Traga tudo o que recebeu: o aparelho, o carregador, a capa.',
    'Antes de vir, guarde as suas fotos e os trabalhos da escola noutro sítio. Apagamos tudo depois da devolução.',
    'Saia das suas contas, como Google ou Apple. Num tablet, tire também o código do ecrã.',
    'Venha no dia combinado ou antes, ao lugar onde o recebeu. Falta uma peça? Venha na mesma e diga-nos.',
  ),
  does_not_start: paragraphs(
    'Ligue o aparelho à tomada com o seu carregador. Espere 30 minutos, mesmo que o ecrã fique preto.',
    'Carregue no botão de ligar durante 15 segundos. Largue, espere um pouco e carregue uma vez.',
    'Computador: desligue o rato, a pen USB e a impressora. Depois tente outra vez.',
    'Caixa de internet 4G: veja se o cabo está bem metido e se a tomada funciona.',
    'Não acontece nada? Não o abra. Diga-nos: não faz mal, reparamos ou trocamos.',
  ),
  no_network: paragraphs(
    'Desligue o aparelho, espere um minuto e ligue-o outra vez.',
    'Computador ou tablet: veja se o Wi-Fi está ligado. O modo de avião deve estar desligado.',
    'Caixa de internet 4G: ponha-a perto de uma janela, num sítio alto. O nome e o código do Wi-Fi estão na etiqueta, muitas vezes por baixo.',
    'Fique na mesma sala que a caixa. Feche os vídeos nos outros aparelhos.',
    'A internet está lenta no fim do mês? Talvez tenha gasto todos os dados. Diga-nos.',
  ),
  charging: paragraphs(
    'Use o carregador que lhe demos. Outro carregador pode estragar o aparelho.',
    'Ligue-o à noite. De manhã está pronto para a escola.',
    'Uma luz pequena ou um raio mostra que está a carregar. Nada? Tente outra tomada.',
    'Ponha o aparelho numa mesa enquanto carrega, nunca numa cama. Longe da água.',
    'O carregador está partido ou muito quente? Desligue-o e diga-nos.',
  ),
};
