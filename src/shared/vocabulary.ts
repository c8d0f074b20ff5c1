// Words of product.md that several modules use. A word that one module uses is defined in that module.

/** What Passerelle lends, by class. A request asks for a class; a device has a category. */
export const DEVICE_CLASSES = {
  computer: ['desktop', 'laptop', 'tablet'],
  connectivity: ['router', 'sim', 'smartphone'],
  accessory: ['headset', 'webcam', 'printer', 'charger'],
} as const;

export type DeviceClass = keyof typeof DEVICE_CLASSES;
export type DeviceCategory = (typeof DEVICE_CLASSES)[DeviceClass][number];

export const DEVICE_CATEGORIES: readonly DeviceCategory[] = Object.values(DEVICE_CLASSES).flat();

const CLASS_OF = new Map(
  Object.entries(DEVICE_CLASSES).flatMap(([name, categories]) => categories.map((category) => [category, name as DeviceClass] as const)),
);

export function classOf(category: DeviceCategory): DeviceClass {
  return CLASS_OF.get(category) as DeviceClass;
}

/** From best to worst. */
export const DEVICE_CONDITIONS = ['new', 'good', 'worn', 'damaged', 'unusable'] as const;
export type DeviceCondition = (typeof DEVICE_CONDITIONS)[number];

/** Who may have a device: pupils by the level of their school, and members of staff. */
export const BORROWER_CATEGORIES = ['primary', 'college', 'lycee', 'staff'] as const;
export type BorrowerCategory = (typeof BORROWER_CATEGORIES)[number];
