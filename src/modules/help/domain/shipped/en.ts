import { type HelpTextsOfLanguage, paragraphs } from '../help-topics.js';

export const english: HelpTextsOfLanguage = {
  bring_it_back: paragraphs(
    'Bring back everything that you received: the device, the charger, the case.',
    'Before you come, save your photos and your homework somewhere else. We erase everything once it is back.',
    'Sign out of your accounts, such as Google or Apple. On a tablet, take the screen code away too.',
    'Come on the agreed day or before, to the place where you got it. Is a part missing? Come anyway and tell us.',
  ),
  does_not_start: paragraphs(
    'Plug the device in with its charger. Wait 30 minutes, even if the screen stays black.',
    'Press the power button for 15 seconds. Let go, wait a little, then press once.',
    'Computer: unplug the mouse, the USB stick and the printer. Then try again.',
    '4G internet box: check that the cable is pushed in well and that the socket works.',
    'Nothing happens? Do not open it. Tell us: it is no problem, we repair it or give you another one.',
  ),
  no_network: paragraphs(
    'Switch the device off, wait one minute, then switch it on again.',
    'Computer or tablet: look whether Wi-Fi is on. Check that flight mode is off.',
    '4G internet box: put it near a window, high up. The name and the code of the Wi-Fi are on its label, often underneath.',
    'Stay in the same room as the box. Close videos on the other devices.',
    'Is the internet slow at the end of the month? Maybe you have used all the data. Tell us.',
  ),
  charging: paragraphs(
    'Use the charger that we gave you. Another charger can damage the device.',
    'Plug it in in the evening. In the morning it is ready for school.',
    'A small light or a flash sign shows that it is charging. Nothing? Try another socket.',
    'Put the device on a table while it charges, never on a bed. Keep it away from water.',
    'Is the charger broken, or very hot? Unplug it and tell us.',
  ),
};
