/** The standard rules. What is off is layout: a sheet has one rule a line, and blank lines between groups of rules. */
export default {
  extends: 'stylelint-config-standard',
  reportNeedlessDisables: true,
  rules: {
    'at-rule-empty-line-before': null,
    'comment-empty-line-before': null,
    'custom-property-empty-line-before': null,
    'declaration-block-single-line-max-declarations': null,
    'rule-empty-line-before': null,
    // It compares selectors by their last part, also those that never meet on one element.
    'no-descending-specificity': null,
    // Safari on iOS knows it with the prefix only.
    'property-no-vendor-prefix': [true, {ignoreProperties: ['text-size-adjust']}],
    // Families of fonts, which the tokens name, are written as their makers do.
    'value-keyword-case': ['lower', {ignoreProperties: ['/^--/']}],
  },
};
