/**
 * The API's types, from its OpenAPI document: `node tools/api-types.js openapi.json api.d.ts`. Every schema becomes
 * `Api.Name`, every route an entry of `Api.Routes` with the names of its query parameters and its answer. A schema with a
 * keyword that is not known here is an error, never `any`.
 */
import {readFileSync, writeFileSync} from 'node:fs';
import {pathToFileURL} from 'node:url';

/** Keywords that say nothing about the type. */
const SILENT = ['description', 'format', 'minimum', 'maximum', 'minLength', 'maxLength', 'minItems', 'maxItems', 'pattern', 'default', 'example', 'examples', 'title'];
const SPOKEN = ['$ref', 'oneOf', 'enum', 'type', 'items', 'properties', 'required', 'additionalProperties'];
const SCALARS = {string: 'string', integer: 'number', number: 'number', boolean: 'boolean', null: 'null'};

const lastOf = ref => ref.split('/').at(-1);

function typeOf(schema, where) {
  const strange = Object.keys(schema).filter(key => !SILENT.includes(key) && !SPOKEN.includes(key));
  if (strange.length) throw new Error(`${where}: no type for ${strange.join(', ')}`);
  if (schema.$ref) return lastOf(schema.$ref);
  if (schema.oneOf) return schema.oneOf.map((one, index) => typeOf(one, `${where}/${index}`)).join(' | ');
  if (schema.enum) return schema.enum.map(value => JSON.stringify(value)).join(' | ');
  return [schema.type].flat().map(type => ofKind(type, schema, where)).join(' | ');
}

function ofKind(type, schema, where) {
  if (type === 'array') return `Array<${typeOf(schema.items, `${where}[]`)}>`;
  if (type === 'object') return objectOf(schema, where);
  if (SCALARS[type]) return SCALARS[type];
  throw new Error(`${where}: no type for ${type}`);
}

function objectOf({properties, required = [], additionalProperties}, where) {
  if (!properties) return `{[name: string]: ${typeOf(additionalProperties, `${where}{}`)}}`;
  const fields = Object.entries(properties).map(
    ([name, schema]) => `${name}${required.includes(name) ? '' : '?'}: ${typeOf(schema, `${where}.${name}`)}`,
  );
  return `{${fields.join('; ')}}`;
}

function routeOf(path, {get}, document) {
  const resolved = (get.parameters ?? []).map(one => (one.$ref ? document.components.parameters[lastOf(one.$ref)] : one));
  const names = resolved.filter(one => one.in === 'query').map(one => JSON.stringify(one.name));
  const answer = get.responses['200'].content['application/json'].schema;
  return `${JSON.stringify(path)}: {query: ${names.join(' | ') || 'never'}; answer: ${typeOf(answer, path)}}`;
}

/** @returns a declaration file, as text */
export function apiTypes(document) {
  const schemas = Object.entries(document.components.schemas).map(([name, schema]) => `type ${name} = ${typeOf(schema, name)};`);
  const routes = Object.entries(document.paths).map(([path, methods]) => `${routeOf(path, methods, document)};`);
  return `declare namespace Api {\n  ${[...schemas, 'interface Routes {', ...routes.map(route => '  ' + route), '}'].join('\n  ')}\n}\n`;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href)
  writeFileSync(process.argv[3], apiTypes(JSON.parse(readFileSync(process.argv[2], 'utf8'))));
