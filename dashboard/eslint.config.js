/** What is wrong in JavaScript whatever its types; the types are tsconfig.json's. */
import js from '@eslint/js';
import globals from 'globals';

const rules = {
  ...js.configs.recommended.rules,
  'array-callback-return': 'error',
  eqeqeq: 'error',
  'no-alert': 'error',
  'no-console': ['error', {allow: ['error']}],
  'no-else-return': 'error',
  'no-eval': 'error',
  'no-implicit-coercion': 'error',
  'no-implied-eval': 'error',
  'no-param-reassign': 'error',
  'no-script-url': 'error',
  'no-self-compare': 'error',
  'no-template-curly-in-string': 'error',
  'no-throw-literal': 'error',
  'no-unneeded-ternary': 'error',
  'no-useless-return': 'error',
  'no-var': 'error',
  'object-shorthand': 'error',
  'prefer-const': 'error',
};

const page = 'src/main/resources/dashboard/js/**/*.js';

export default [
  {linterOptions: {reportUnusedDisableDirectives: 'error'}},
  {ignores: ['target/']},
  {files: ['**/*.js'], ignores: [page], languageOptions: {globals: globals.nodeBuiltin}, rules},
  {files: [page], languageOptions: {globals: globals.browser}, rules},
];
