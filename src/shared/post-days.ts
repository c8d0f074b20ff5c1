/**
 * The days that a letter takes. A family that is told by letter has so many more days to answer, and a letter is not sent about something
 * that happens before it arrives.
 */
export const POST_DAYS = 3;
