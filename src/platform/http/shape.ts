import { DECORATORS } from '@nestjs/swagger';

export type Class<T extends object = object> = new () => T;

/** What a class that is read from outside says of one of its fields. */
export interface FieldShape {
  readonly name: string;
  readonly isNullable: boolean;
  readonly isOptional: boolean;
  /** Of an object, or of a list of objects, their class. */
  readonly type: Class | null;
  readonly isList: boolean;
  /** Of a list, how many elements it may have. */
  readonly least: number;
  readonly most: number;
  /** The most characters that its text may have, or each text of its list. */
  readonly longest: number;
}

/** A text whose field has a form of its own, such as an id or a day. */
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
 * The fields of a class, with the limits that the OpenAPI document states: one declaration serves both, and a class that is made from another
 * one (`PartialType`) has its limits too. @throws Error for a list without a limit
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

/** Swagger knows a class that is given later by the name of the function, `type`; so do we (`Field.nested`). */
function isLater(type: unknown): type is () => Class {
  return typeof type === 'function' && type.name === 'type';
}
