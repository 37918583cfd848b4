/** The types that the checker reads, from an OpenAPI document. */
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {apiTypes} from '../../../tools/api-types.js';

const documentOf = schema => ({
  components: {
    parameters: {limit: {name: 'limit', in: 'query', schema: {type: 'integer'}}},
    schemas: {Thing: schema},
  },
  paths: {
    '/things/{t}': {
      get: {
        parameters: [{$ref: '#/components/parameters/limit'}, {name: 't', in: 'path'}, {name: 'q', in: 'query'}],
        responses: {200: {content: {'application/json': {schema: {$ref: '#/components/schemas/Thing'}}}}},
      },
    },
  },
});

test('fields, enumerations, lists, alternatives and what may be null', () => {
  const text = apiTypes(documentOf({
    type: 'object',
    required: ['id', 'kind', 'list', 'one'],
    properties: {
      id: {type: ['string', 'null'], description: 'An id.'},
      kind: {type: ['string', 'null'], enum: ['A', null]},
      list: {type: 'array', items: {$ref: '#/components/schemas/Thing'}},
      one: {oneOf: [{$ref: '#/components/schemas/Thing'}, {type: 'null'}]},
      counts: {type: 'object', additionalProperties: {type: 'integer', format: 'int64'}},
    },
  }));
  assert.match(text, /type Thing = \{id: string \| null; kind: "A" \| null; list: Array<Thing>; one: Thing \| null; counts\?: \{\[name: string\]: number\}\};/);
  assert.match(text, /"\/things\/\{t\}": \{query: "limit" \| "q"; answer: Thing\};/);
});

test('a keyword that is not known is refused, not taken for anything', () => {
  assert.throws(() => apiTypes(documentOf({allOf: []})), /Thing: no type for allOf/);
  assert.throws(() => apiTypes(documentOf({type: 'object', properties: {x: {type: 'date'}}})), /Thing\.x: no type for date/);
});

test('types are those of the libraries that the page loads', () => {
  const pom = readFileSync(new URL('../../../../pom.xml', import.meta.url), 'utf8');
  const {devDependencies} = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));
  assert.equal(devDependencies['lit-html'], pom.match(/<lit-html\.version>(.*)</)[1]);
  assert.equal(devDependencies['@lit/reactive-element'], pom.match(/<reactive-element\.version>(.*)</)[1]);
});
