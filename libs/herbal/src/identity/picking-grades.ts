/**
 * Grades a herb has from when it was picked: what is done to it later neither gives nor changes them. 连翘: 青翘 is picked
 * green and steamed or boiled, 老翘 is picked when it has ripened on the branch (药典 连翘 【来源】, read in second hand and not
 * compared with the printed text). Grades of size or look, which sorting gives, are none of these.
 */
export const PICKING_GRADES: Readonly<Record<string, readonly string[]>> = { lianqiao: ['青翘', '老翘'] };

/** Whether a grade of a herb comes from its picking. */
export const isPickingGrade = (herb: string | undefined, grade: string | undefined): boolean =>
  herb !== undefined && grade !== undefined && (PICKING_GRADES[herb] ?? []).includes(grade);
