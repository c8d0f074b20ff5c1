/** A request as a contact of a shared file sees it: another may have written the statement, or chosen the place. */
export function withoutChoices<Row extends { readonly statement: string | null; readonly pickupSiteId: string | null }>(request: Row): Row {
  return { ...request, statement: null, pickupSiteId: null };
}

/** The same of a line. */
export function withoutPlace<Row extends { readonly pickupSiteId: string | null }>(line: Row): Row {
  return { ...line, pickupSiteId: null };
}
