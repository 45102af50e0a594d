/** What is done to material; which of them it was stands in the event. */
export const PROCESSING_STEPS = [
  'sorting', 'cleaning', 'washing', 'peeling', 'fresh-cutting', 'steaming', 'boiling', 'blanching', 'sweating', 'drying', 'slicing', 'paozhi',
  'grading', 'blending', 'splitting', 'crushing', 'extraction', 'concentration', 'formulation', 'rework', 'other',
] as const;

/** What each step is. */
export const PROCESSING_STEP_MEANINGS = {
  sorting: '净选 sorting', cleaning: '净制 cleaning', washing: '清洗 washing', peeling: '去皮 peeling', 'fresh-cutting': '趁鲜切制 cutting while fresh',
  steaming: '蒸制 steaming', boiling: '煮制 boiling', blanching: '燀制 blanching', sweating: '发汗 sweating', drying: '干燥 drying', slicing: '切片 slicing',
  paozhi: '炮制 processing by a prescribed method', grading: '分级 grading', blending: '拼配 blending', splitting: '分装分批 splitting',
  crushing: '粉碎 crushing', extraction: '提取 extraction', concentration: '浓缩 concentration', formulation: '配制 formulation', rework: '返工 rework',
  other: '其他 other',
} as const;
