/** Deeper than this, an expression is not followed: what is written so is not meant to be read. */
export const MAX_DEPTH = 12;

/** A file that needs more evaluation steps than this is generated data, not code. */
export const MAX_STEPS = 200_000;

/** A value that was cut off is remembered where evaluating it passed no more expressions than this. */
export const MAX_KEPT_STEPS = 300;

/** Of longer lists and objects the beginning says what they hold. */
export const MAX_ITEMS = 200;
export const MAX_PROPERTIES = 400;

/** How many later assignments to a variable, and to the members of one, are followed. */
export const MAX_ASSIGNMENTS = 4;
export const MAX_MEMBER_ASSIGNMENTS = 60;

/** How many merges into a variable are followed. */
export const MAX_MERGES = 12;
