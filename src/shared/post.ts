/** Days that a letter takes: who is told by one has as many more to answer, and it tells nobody of what comes before them. */
export const POST_DAYS = 3;
