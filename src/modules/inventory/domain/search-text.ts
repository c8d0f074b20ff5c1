import { foldForSearch } from '../../../shared/plain-text.js';

interface DeviceNumbers {
  readonly assetTag: string;
  readonly serialNumber: string | null;
  readonly imei: string | null;
  readonly iccid: string | null;
}

/** The text by which a device can be found. */
export function searchText(
  { assetTag, serialNumber, imei, iccid }: DeviceNumbers,
  { manufacturer, name }: { readonly manufacturer: string; readonly name: string },
): string {
  return foldForSearch([assetTag, serialNumber, imei, iccid, manufacturer, name].filter((part) => part !== null).join(' '));
}
