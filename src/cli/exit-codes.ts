/** Whose numbers the program ends with. */
export type ExitCodes = 'wayclear' | 'nagios';

/** Where wayclear could not do its work, or somebody asked for what there is not. A plugin knows nothing then. */
export const troubleCode = (exitCodes: ExitCodes): 2 | 3 => (exitCodes === 'nagios' ? 3 : 2);
