/** Reasons of importance by what the bundled catalog says in English; a catalog of somebody's own is shown as it is. */
export type ImportanceReasons = Readonly<Record<string, string>>;
