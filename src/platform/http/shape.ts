import { DECORATORS } from '@nestjs/swagger';

export type Class<T extends object = object> = new () => T;

/** What a class for input says about one of its fields. */
export interface FieldShape {
  readonly name: string;
  readonly isNullable: boolean;
  readonly isOptional: boolean;
  /** The class of the object, or of the objects of the list; null when the field has plain values. */
  readonly type: Class | null;
  readonly isList: boolean;
  /** The least number of elements of a list. */
  readonly least: number;
  readonly most: number;
  /** The most characters of the text, or of each text of the list. */
  readonly longest: number;
}

/** The most characters of a text in a fixed form, such as an id or a day. */
const LONGEST_WORD = 200;

interface Documented {
  readonly type?: unknown;
  readonly isArray?: boolean;
  readonly nullable?: boolean;
  readonly required?: boolean;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly maxLength?: number;
  readonly items?: { readonly maxLength?: number };
}

const known = new WeakMap<Class, readonly FieldShape[]>();

/**
 * The fields of a class with the limits that the OpenAPI document states. So one declaration serves both, and a class that is made from
 * another one (`PartialType`) has its limits too. @throws Error for a list without a limit
 */
export function shapeOf(type: Class): readonly FieldShape[] {
  let shape = known.get(type);
  if (!shape) {
    const prototype = type.prototype as object;
    const names = (Reflect.getMetadata(DECORATORS.API_MODEL_PROPERTIES_ARRAY, prototype) as string[] | undefined) ?? [];
    shape = [...new Set(names)].map((name) => fieldOf(type, prototype, name.slice(1)));
    known.set(type, shape);
  }
  return shape;
}

function fieldOf(type: Class, prototype: object, name: string): FieldShape {
  const documented = Reflect.getMetadata(DECORATORS.API_MODEL_PROPERTIES, prototype, name) as Documented;
  const isList = documented.isArray === true || documented.type === 'array';
  if (isList && documented.maxItems === undefined) throw new Error(`${type.name}.${name} is a list without a limit`);
  return {
    name,
    isNullable: documented.nullable === true,
    isOptional: documented.required === false,
    type: isLater(documented.type) ? documented.type() : null,
    isList,
    least: documented.minItems ?? 0,
    most: documented.maxItems ?? 0,
    longest: documented.maxLength ?? documented.items?.maxLength ?? LONGEST_WORD,
  };
}

/**
 * Whether this is a function that returns the class later. Swagger recognises it by its name, `type`, and so does this (`Field.nested`).
 */
function isLater(type: unknown): type is () => Class {
  return typeof type === 'function' && type.name === 'type';
}
